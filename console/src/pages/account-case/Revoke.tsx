import { Input } from 'antd';
import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { CaseDetail } from '../account-cases/case-words.tsx';
import { STEP_REFRESHES } from './case-steps.ts';

/** Takes a wrong approval back before the case is completed. */
export function Revoke({ given }: { readonly given: CaseDetail }) {
  const id = useId();
  const [note, setNote] = useState('');
  const revoke = useChange({
    change: () =>
      sendChange('post', '/api/v1/account-cases/{id}/revocation', {
        params: { path: { id: given.id } },
        body: { note: note.trim() },
      }),
    doneWords: '已撤销，名录已恢复',
    refreshes: STEP_REFRESHES,
  });
  return (
    <Panel title="撤销批准">
      <div className="stack">
        <label htmlFor={id}>批准有误、还没有办结的，可以撤销；理由：</label>
        <Input
          id={id}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <ConfirmButton
          danger
          whyNot={note.trim() === '' ? '请先写明理由。' : null}
          question="撤销这件事项的批准？"
          consequence={
            given.kind === 'close'
              ? '账号在名录里恢复关停以前的状态；要关停只能另办一件。'
              : '名录里没有开通的账号改为已关停；要开设只能另办一件。'
          }
          confirmWords="撤销"
          onConfirm={() => revoke.mutateAsync()}
        >
          撤销批准
        </ConfirmButton>
      </div>
    </Panel>
  );
}
