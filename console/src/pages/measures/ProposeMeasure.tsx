import { Select } from 'antd';
import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { DayField } from '../../forms/DayField.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { LineField } from '../../forms/LineField.tsx';
import { UnitSelect } from '../../forms/UnitSelect.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { optionsOf } from '../../table/filters.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { MEASURE_KIND_WORDS, MEASURE_REFRESHES, type MeasureItem } from './measure-words.tsx';

/** Case numbers as people write them: `3、5 8`. */
const idsOf = (text: string): number[] =>
  [...new Set(text.match(/\d+/g) ?? [])].map(Number).filter((id) => id > 0);

/** Proposes a measure against a unit that one supervises. */
export function ProposeMeasure() {
  const kindId = useId();
  const [unitId, setUnitId] = useState<number | null>(null);
  const [kind, setKind] = useState<MeasureItem['kind']>('remind');
  const [reason, setReason] = useState('');
  const [demand, setDemand] = useState('');
  const [people, setPeople] = useState('0');
  const [dueOn, setDueOn] = useState('');
  const [cases, setCases] = useState('');
  const propose = useChange({
    change: (unit: number) =>
      sendChange('post', '/api/v1/duty/measures', {
        body: {
          ...{ unitId: unit, kind, reason: reason.trim(), demand: demand.trim() },
          ...{ people: Number(people), dueOn: dueOn === '' ? null : dueOn, caseIds: idsOf(cases) },
        },
      }),
    doneWords: '已提出，等另一个人决定',
    refreshes: MEASURE_REFRESHES,
    isErrorShownByCaller: true,
    onDone: () => {
      setReason('');
      setDemand('');
      setCases('');
    },
  });
  const whyNot =
    unitId === null
      ? '请先选单位。'
      : reason.trim() === ''
        ? '请写明事由。'
        : /^\d{1,3}$/.test(people)
          ? null
          : '问责人次请写数字。';
  return (
    <details className="more case-more">
      <summary>提出措施…</summary>
      <div className="stack duty-form">
        <UnitSelect label="对哪个单位" value={unitId} onChange={setUnitId} />
        <label htmlFor={kindId}>种类：</label>
        <Select
          id={kindId}
          value={kind}
          style={{ width: 200 }}
          options={optionsOf(MEASURE_KIND_WORDS)}
          onChange={setKind}
        />
        <WordsField label="事由：" value={reason} rows={3} max={1_000} onChange={setReason} />
        <WordsField
          label="要求（可以不写）："
          value={demand}
          rows={2}
          max={1_000}
          onChange={setDemand}
        />
        <LineField label="问责人次（0 是对单位）：" value={people} max={3} onChange={setPeople} />
        <DayField label="落实期限（可以不写）：" value={dueOn} onChange={setDueOn} />
        <LineField
          label="有关整改事项的编号（可以不写，几个用“、”隔开）："
          value={cases}
          max={500}
          onChange={setCases}
        />
        <FormProblem error={propose.error} />
        <ReasonedButton
          type="primary"
          whyNot={whyNot}
          loading={propose.isPending}
          onClick={() => unitId !== null && propose.mutate(unitId)}
        >
          提出
        </ReasonedButton>
      </div>
    </details>
  );
}
