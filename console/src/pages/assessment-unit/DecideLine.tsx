import { useState } from 'react';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import {
  type AssessedLine,
  type AssessedUnit,
  isObjection,
} from '../assessments/assessment-words.tsx';
import { useUnitStep } from './use-unit-step.ts';
import { ValueField } from './ValueField.tsx';

/** The office's decision on one line; it may be changed until the review is closed. Open where something waits for it. */
export function DecideLine({
  given,
  line,
}: {
  readonly given: AssessedUnit;
  readonly line: AssessedLine;
}) {
  const { rule } = line;
  const waits = line.centipoints === null || (isObjection(line) && line.decided === null);
  const [isOpen, setOpen] = useState(waits);
  const [value, setValue] = useState(line.decided ?? line.claimed ?? line.measured);
  const [note, setNote] = useState(line.decisionNote);
  const decide = useUnitStep(
    given,
    '/api/v1/assessments/{id}/units/{unitId}/decision',
    `已核定：${rule.title}`,
  );
  const whyNot =
    value === null ? '请先写核定的数。' : note.trim() === '' ? '请先写明理由，单位会看到。' : null;
  return (
    <details className="more" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {line.decided === null ? '核定' : '改核定'}：{rule.title}
      </summary>
      <div className="stack">
        <ValueField rule={rule} label="核定为" value={value} onChange={setValue} />
        <WordsField
          label={`${rule.title}：核定的理由（单位会看到）：`}
          value={note}
          max={1_000}
          rows={2}
          onChange={setNote}
        />
        <FormProblem error={decide.error} />
        <ReasonedButton
          type="primary"
          whyNot={whyNot}
          loading={decide.isPending}
          onClick={() => decide.mutate({ ruleId: rule.id, value: value!, note: note.trim() })}
        >
          {line.decided === null ? '核定这一项' : '改成这样'}
        </ReasonedButton>
      </div>
    </details>
  );
}
