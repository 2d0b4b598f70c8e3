import { Checkbox } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { AssessedLine, AssessedUnit } from '../assessments/assessment-words.tsx';
import { LineCard } from './LineCard.tsx';
import { EditLineFiles } from './LineFiles.tsx';
import { useUnitStep } from './use-unit-step.ts';
import { ValueField } from './ValueField.tsx';

const NOTE_MAX = 1_000;

interface Said {
  readonly value: number | null;
  readonly note: string;
  /** Of a figure of the platform: the unit contradicts it. */
  readonly objects: boolean;
}

const saidOf = ({ claimed, claimNote }: AssessedLine): Said => ({
  ...{ value: claimed, note: claimNote, objects: claimNote !== '' },
});

/** The unit's own report: what is asked, and figures of the platform that it contradicts, each with files. */
export function ReportForm({ given }: { readonly given: AssessedUnit }) {
  const [all, setAll] = useState<Readonly<Record<string, Said>>>(() =>
    Object.fromEntries(given.lines.map((line) => [line.rule.id, saidOf(line)])),
  );
  const report = useUnitStep(
    given,
    '/api/v1/assessments/{id}/units/{unitId}/report',
    '自评已报，等主管单位核定',
  );
  const claims = given.lines.flatMap(({ rule }) => {
    const { value, note, objects } = all[rule.id]!;
    const speaks = rule.measure === null ? note.trim() !== '' : objects;
    return speaks ? [{ ruleId: rule.id, value, note: note.trim() }] : [];
  });
  return (
    <>
      {given.lines.map((line) => (
        <LineCard key={line.rule.id} given={given} line={{ ...line, files: [] }}>
          <SayLine
            line={line}
            given={given}
            said={all[line.rule.id]!}
            onChange={(said) => setAll((before) => ({ ...before, [line.rule.id]: said }))}
          />
        </LineCard>
      ))}
      <Panel title="报送自评">
        <div className="stack">
          <p>报送以后，要改须请主管单位退回；附的材料一同报送。</p>
          <FormProblem error={report.error} />
          <ConfirmButton
            type="primary"
            whyNot={whyNot(given.lines, all)}
            question="报送自评？"
            consequence={`共写了 ${claims.length} 项。报送以后由主管单位逐项核定，要改须请主管单位退回。`}
            confirmWords="报送"
            onConfirm={() => report.mutateAsync({ claims })}
          >
            报送自评
          </ConfirmButton>
          {whyNot(given.lines, all) !== null && <p className="quiet">{whyNot(given.lines, all)}</p>}
        </div>
      </Panel>
    </>
  );
}

function whyNot(
  lines: readonly AssessedLine[],
  all: Readonly<Record<string, Said>>,
): string | null {
  const missing = lines.filter(({ rule }) => {
    const { note, objects } = all[rule.id]!;
    const isAsked = rule.measure === null ? rule.question !== undefined : objects;
    return isAsked && note.trim() === '';
  });
  return missing.length === 0
    ? null
    : `还要写说明：${missing.map(({ rule }) => rule.title).join('；')}。`;
}

interface SayLineProps {
  readonly given: AssessedUnit;
  readonly line: AssessedLine;
  readonly said: Said;
  readonly onChange: (said: Said) => void;
}

function SayLine({ given, line, said, onChange }: SayLineProps) {
  const { rule } = line;
  const isCounted = rule.measure !== null;
  const isShown = !isCounted || said.objects;
  return (
    <div className="stack">
      {isCounted && (
        <Checkbox
          checked={said.objects}
          onChange={({ target }) => onChange({ ...said, objects: target.checked })}
        >
          不同意平台数的：{rule.title}
        </Checkbox>
      )}
      {rule.question !== undefined && <p>{rule.question}</p>}
      {isShown && (
        <>
          <ValueField
            rule={rule}
            label={isCounted ? '本单位认为是' : '自评'}
            value={said.value}
            onChange={(value) => onChange({ ...said, value })}
          />
          <WordsField
            label={`${rule.title}：说明（写明依据和网址）：`}
            value={said.note}
            max={NOTE_MAX}
            onChange={(note) => onChange({ ...said, note })}
          />
          <EditLineFiles given={given} line={line} />
        </>
      )}
    </div>
  );
}
