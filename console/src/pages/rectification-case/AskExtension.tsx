import { useState } from 'react';
import { DayField } from '../../forms/DayField.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { todayOn } from '../../util/dates.ts';
import type { RectificationDetail } from '../rectification/rectification-words.tsx';
import { StepProblem } from './StepProblem.tsx';
import { useStep } from './use-step.ts';

/** The unit asks for more time; the clock goes on meanwhile. */
export function AskExtension({ given }: { readonly given: RectificationDetail }) {
  const [wishedOn, setDay] = useState('');
  const [note, setNote] = useState('');
  const ask = useStep(given, '延期申请已提交，等待主管单位决定', () => {
    setDay('');
    setNote('');
  });
  const pending = given.extensions.find(({ state }) => state === 'pending');
  if (pending !== undefined)
    return (
      <p className="case-next">
        已申请延到 {pending.wishedOn}，等主管单位决定；决定以前，期限仍是 {given.deadlineOn}。
      </p>
    );
  if (todayOn(new Date()) > given.deadlineOn) return null;
  const whyNot =
    wishedOn <= given.deadlineOn
      ? `请选一个 ${given.deadlineOn} 以后的日期。`
      : note.trim() === ''
        ? '请写明为什么要延期。'
        : null;
  return (
    <Panel title="申请延期">
      <div className="stack">
        <p className="quiet">在期限（{given.deadlineOn}）以前申请；主管单位决定以前，期限不变。</p>
        <DayField label="希望延到：" value={wishedOn} min={given.deadlineOn} onChange={setDay} />
        <WordsField label="延期的理由：" value={note} onChange={setNote} />
        <StepProblem error={ask.error} />
        <ReasonedButton
          whyNot={whyNot}
          loading={ask.isPending}
          onClick={() => ask.mutate({ step: 'askExtension', wishedOn, note: note.trim() })}
        >
          申请延期
        </ReasonedButton>
      </div>
    </Panel>
  );
}
