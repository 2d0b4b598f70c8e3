import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { ItemOf } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { SOURCE_KIND_WORDS } from '../../util/words.ts';

interface ChangeCredentialProps {
  readonly accountId: number;
  readonly source: ItemOf<'/api/v1/accounts/{id}/sources'>;
  readonly onClose: () => void;
}

/** A new secret in place of the old one, which nobody can read any more. */
export function ChangeCredential({ accountId, source, onClose }: ChangeCredentialProps) {
  const [secret, setSecret] = useState('');
  const change = useChange({
    change: () =>
      sendChange('put', '/api/v1/accounts/{id}/sources/{sourceId}/credential', {
        params: { path: { id: accountId, sourceId: source.id } },
        body: { secret },
      }),
    doneWords: '已更换',
    refreshes: ['/api/v1/accounts/{id}/sources'],
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  const title = `更换密钥：${SOURCE_KIND_WORDS[source.kind]}`;
  return (
    <Modal open title={title} onCancel={onClose} footer={null} destroyOnHidden>
      <Form layout="vertical" component="div">
        <Form.Item label="新的密钥（AppSecret 或令牌）" htmlFor="new-credential">
          <Input.Password
            id="new-credential"
            autoComplete="off"
            value={secret}
            onChange={({ target }) => setSecret(target.value)}
          />
        </Form.Item>
        <FormProblem error={change.error} />
        <ReasonedButton
          type="primary"
          whyNot={secret.trim() === '' ? '请写新的密钥' : null}
          loading={change.isPending}
          onClick={() => change.mutate()}
        >
          更换
        </ReasonedButton>
      </Form>
    </Modal>
  );
}
