import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { REGULATION_REFRESHES } from '../regulations/regulation-words.tsx';

/** Ends a regulation. */
export function Repeal({ id }: { readonly id: number }) {
  const [reason, setReason] = useState('');
  const repeal = useChange({
    change: () =>
      sendChange('post', '/api/v1/duty/regulations/{id}/repeal', {
        params: { path: { id } },
        body: { reason: reason.trim() },
      }),
    doneWords: '已废止',
    refreshes: REGULATION_REFRESHES,
    isErrorShownByCaller: true,
  });
  return (
    <details className="more case-more">
      <summary>废止…</summary>
      <div className="stack duty-form">
        <WordsField label="为什么废止：" value={reason} rows={2} max={500} onChange={setReason} />
        <FormProblem error={repeal.error} />
        <ConfirmButton
          danger
          whyNot={reason.trim() === '' ? '请先写明为什么废止。' : null}
          question="废止这项制度？"
          consequence="不能恢复；仍可查看，不再要人学习。"
          confirmWords="废止"
          onConfirm={() => repeal.mutateAsync()}
        >
          废止
        </ConfirmButton>
      </div>
    </details>
  );
}
