import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { TrainingForm, whyIncomplete } from '../trainings/TrainingForm.tsx';
import { TRAINING_REFRESHES, type Training } from '../trainings/training-words.ts';

interface ChangeProps {
  readonly training: Training;
}

/** Corrects what was recorded, or takes it out of every count. */
export function ChangeTraining({ training }: ChangeProps) {
  return (
    <>
      <Correct training={training} />
      <Withdraw training={training} />
    </>
  );
}

function Correct({ training }: ChangeProps) {
  const { id, version, subject, heldOn, teacher, hours, kind, parts } = training;
  const [fields, setFields] = useState({
    ...{ subject, heldOn, teacher, hours: String(hours), kind },
    parts: parts.map(({ unitName: _name, ...part }) => part),
  });
  const change = useChange({
    change: () =>
      sendChange('put', '/api/v1/duty/trainings/{id}', {
        params: { path: { id } },
        body: { ...fields, version, hours: Number(fields.hours) },
      }),
    doneWords: '已更正',
    refreshes: TRAINING_REFRESHES,
    isErrorShownByCaller: true,
  });
  return (
    <details className="more case-more">
      <summary>更正…</summary>
      <div className="stack duty-form">
        <TrainingForm fields={fields} onChange={setFields} />
        <FormProblem error={change.error} />
        <ReasonedButton
          type="primary"
          whyNot={whyIncomplete(fields)}
          loading={change.isPending}
          onClick={() => change.mutate()}
        >
          保存更正
        </ReasonedButton>
      </div>
    </details>
  );
}

function Withdraw({ training: { id, version } }: ChangeProps) {
  const [reason, setReason] = useState('');
  const withdraw = useChange({
    change: () =>
      sendChange('post', '/api/v1/duty/trainings/{id}/withdrawal', {
        params: { path: { id } },
        body: { version, reason: reason.trim() },
      }),
    doneWords: '已撤销',
    refreshes: TRAINING_REFRESHES,
    isErrorShownByCaller: true,
  });
  return (
    <details className="more case-more">
      <summary>撤销登记…</summary>
      <div className="stack duty-form">
        <WordsField label="为什么撤销：" value={reason} rows={2} max={500} onChange={setReason} />
        <FormProblem error={withdraw.error} />
        <ConfirmButton
          danger
          whyNot={reason.trim() === '' ? '请先写明为什么撤销。' : null}
          question="撤销这次培训的登记？"
          consequence="不能恢复；仍可查看，不再计数。"
          confirmWords="撤销"
          onConfirm={() => withdraw.mutateAsync()}
        >
          撤销登记
        </ConfirmButton>
      </div>
    </details>
  );
}
