import { useState } from 'react';
import { DayField } from '../../forms/DayField.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { RectificationDetail } from '../rectification/rectification-words.tsx';
import { StepProblem } from './StepProblem.tsx';
import { useStep } from './use-step.ts';

/** A request for more time, and the supervisor's answer; nothing where none waits. */
export function DecideExtension({ given }: { readonly given: RectificationDetail }) {
  const pending = given.extensions.find(({ state }) => state === 'pending');
  if (pending === undefined) return null;
  return <Decide key={pending.id} given={given} pending={pending} />;
}

interface DecideProps {
  readonly given: RectificationDetail;
  readonly pending: RectificationDetail['extensions'][number];
}

function Decide({ given, pending }: DecideProps) {
  const [day, setDay] = useState(pending.wishedOn);
  const [note, setNote] = useState('');
  const grant = useStep(given, '已同意延期，单位会收到通知');
  const refuse = useStep(given, '已答复不同意，单位会收到通知');
  const words = note.trim();
  const notGrant =
    day > given.deadlineOn && day <= pending.wishedOn
      ? null
      : `新的期限应在 ${given.deadlineOn} 以后，不晚于申请的 ${pending.wishedOn}。`;
  return (
    <Panel title="延期申请">
      <div className="stack">
        <p>
          {pending.askedBy} 申请从 {pending.deadlineOn} 延到 <strong>{pending.wishedOn}</strong>：
        </p>
        <p className="keep-lines">{pending.reason}</p>
        <DayField
          label="同意延到（可以比申请的早）："
          value={day}
          min={given.deadlineOn}
          max={pending.wishedOn}
          onChange={setDay}
        />
        <WordsField label="意见（不同意必须写，单位会看到）：" value={note} onChange={setNote} />
        <StepProblem error={grant.error ?? refuse.error} />
        <div className="button-row">
          <ConfirmButton
            type="primary"
            whyNot={notGrant}
            question={`同意延到 ${day}？`}
            consequence="期限随之改动，催办按新的期限。"
            confirmWords="同意"
            onConfirm={() =>
              grant.mutateAsync({ step: 'grantExtension', deadlineOn: day, note: words })
            }
          >
            同意延期
          </ConfirmButton>
          <ConfirmButton
            whyNot={words === '' ? '请先写明不同意的理由。' : null}
            question="不同意延期？"
            consequence={`期限仍是 ${given.deadlineOn}。`}
            confirmWords="不同意"
            onConfirm={() => refuse.mutateAsync({ step: 'refuseExtension', note: words })}
          >
            不同意
          </ConfirmButton>
        </div>
      </div>
    </Panel>
  );
}
