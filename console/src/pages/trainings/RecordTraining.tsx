import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { UnitSelect } from '../../forms/UnitSelect.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useUser } from '../../hooks/use-session.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { EMPTY_TRAINING, TrainingForm, whyIncomplete } from './TrainingForm.tsx';
import { TRAINING_REFRESHES } from './training-words.ts';

/** Records a session that was held. */
export function RecordTraining() {
  const [organiserId, setOrganiserId] = useState(useUser()?.unit?.id ?? null);
  const [fields, setFields] = useState(EMPTY_TRAINING);
  const record = useChange({
    change: (unit: number) =>
      sendChange('post', '/api/v1/duty/trainings', {
        body: { ...fields, organiserId: unit, hours: Number(fields.hours) },
      }),
    doneWords: '已登记；签到表等附件请打开它附上',
    refreshes: TRAINING_REFRESHES,
    isErrorShownByCaller: true,
    onDone: () => setFields(EMPTY_TRAINING),
  });
  return (
    <details className="more case-more">
      <summary>登记培训…</summary>
      <div className="stack duty-form">
        <span>主办单位：</span>
        <UnitSelect label="主办单位" value={organiserId} onChange={setOrganiserId} />
        <TrainingForm fields={fields} onChange={setFields} />
        <FormProblem error={record.error} />
        <ReasonedButton
          type="primary"
          whyNot={organiserId === null ? '请先选主办单位。' : whyIncomplete(fields)}
          loading={record.isPending}
          onClick={() => organiserId !== null && record.mutate(organiserId)}
        >
          登记
        </ReasonedButton>
      </div>
    </details>
  );
}
