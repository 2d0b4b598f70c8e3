import { Form, Input, type InputRef, Modal } from 'antd';
import { useRef, useState } from 'react';
import { DECISION_WORDS } from './decision-words.ts';
import type { FindingItem } from './finding-types.ts';

/** A confirmation needs a note only when it takes up what somebody had rejected. */
export type NotedDecision = 'confirm' | 'reject' | 'cannotJudge' | 'annotate';

interface NoteDialogProps {
  readonly decision: NotedDecision;
  readonly finding: FindingItem;
  readonly onCancel: () => void;
  readonly onDone: (note: string) => void;
}

const ASKS: Readonly<Record<NotedDecision, string>> = {
  confirm: '这条已被驳回或不能判定；为什么恢复？',
  reject: '为什么不成立？写明看到了什么，单位和审计都会看到。',
  cannotJudge: '为什么不能判定？写明还缺什么材料。',
  annotate: '批注不作决定，只留给其他审核人看。',
};

/** Asks for the reason. Ctrl+Enter sends, Esc gives up; the focus goes back to where it was. */
export function NoteDialog({ decision, finding, onCancel, onDone }: NoteDialogProps) {
  const [note, setNote] = useState('');
  const [isAsked, setAsked] = useState(false);
  const field = useRef<InputRef>(null);
  const isMissing = note.trim() === '';
  const send = (): void => {
    setAsked(true);
    if (isMissing) field.current?.focus();
    else onDone(note.trim());
  };
  return (
    <Modal
      open
      title={`${DECISION_WORDS[decision]}：${finding.subject.name}`}
      okText={DECISION_WORDS[decision]}
      cancelText="取消"
      onCancel={onCancel}
      onOk={send}
      afterOpenChange={(isOpen) => isOpen && field.current?.focus()}
      destroyOnHidden
    >
      <p className="quiet">{finding.rule.label}</p>
      <Form layout="vertical">
        <Form.Item
          label={ASKS[decision]}
          htmlFor="review-note"
          validateStatus={isAsked && isMissing ? 'error' : ''}
          help={isAsked && isMissing ? '请写明理由' : 'Ctrl + Enter 提交，Esc 取消'}
        >
          <Input.TextArea
            id="review-note"
            ref={field}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
            }}
            rows={3}
            maxLength={2000}
            showCount
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
