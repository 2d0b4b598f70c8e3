import { Input } from 'antd';
import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { CaseDetail } from '../account-cases/case-words.tsx';
import { STEP_REFRESHES, whyNotStep } from './case-steps.ts';

/** The end of an opening: the platform gave the account an id, and it runs. */
export function CompleteOpening({ given }: { readonly given: CaseDetail }) {
  const id = useId();
  const [accountId, setAccountId] = useState('');
  const complete = useChange({
    change: () =>
      sendChange('post', '/api/v1/account-cases/{id}/completion', {
        params: { path: { id: given.id } },
        body: { accountId: accountId.trim(), note: '' },
      }),
    doneWords: '已办结，账号转为正常运行',
    refreshes: STEP_REFRESHES,
    isErrorShownByCaller: true,
  });
  const whyNot =
    whyNotStep(given, 'complete') ?? (accountId.trim() === '' ? '请先填账号 ID。' : null);
  return (
    <Panel title="办结">
      <div className="stack">
        <label htmlFor={id}>账号已在平台开通，平台给的账号 ID：</label>
        <Input
          id={id}
          maxLength={200}
          value={accountId}
          autoComplete="off"
          onChange={(event) => setAccountId(event.target.value)}
        />
        <FormProblem error={complete.error} />
        <ConfirmButton
          type="primary"
          whyNot={whyNot}
          question={`“${given.name}”已经开通？`}
          consequence="名录里的状态改为正常运行，从此参加检查和每月维护。"
          confirmWords="办结"
          onConfirm={() => complete.mutateAsync()}
        >
          办结开设
        </ConfirmButton>
      </div>
    </Panel>
  );
}
