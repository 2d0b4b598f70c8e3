import { Modal, Switch } from 'antd';
import { KEY_WORDS } from './review-queue.ts';

interface KeySheetProps {
  readonly isOpen: boolean;
  readonly areKeysOn: boolean;
  readonly onKeysOn: (isOn: boolean) => void;
  readonly onClose: () => void;
}

/** The keys of the queue. Single letters can be switched off, for who speaks to his computer (WCAG 2.1.4). */
export function KeySheet({ isOpen, areKeysOn, onKeysOn, onClose }: KeySheetProps) {
  return (
    <Modal open={isOpen} title="键盘快捷键" footer={null} onCancel={onClose} width={420}>
      <table className="plain-table">
        <tbody>
          {KEY_WORDS.map(({ key, words }) => (
            <tr key={key}>
              <th scope="row">
                <kbd>{key}</kbd>
              </th>
              <td>{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="key-switch">
        <Switch checked={areKeysOn} onChange={onKeysOn} id="keys-on" />
        <label htmlFor="keys-on">使用单键快捷键（语音输入时请关闭）</label>
      </div>
    </Modal>
  );
}
