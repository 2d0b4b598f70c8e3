import { useNavigate } from '@tanstack/react-router';
import { Checkbox, InputNumber } from 'antd';
import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { DayField } from '../../forms/DayField.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { LoadingState } from '../../ui/LoadingState.tsx';
import { ASSESSMENT_REFRESHES } from './assessment-words.tsx';

/** Opens the assessment of a year: which units, and until when they report. */
export function NewAssessment() {
  const units = useGet('/api/v1/units', {}).data?.items;
  return (
    <details className="more case-more">
      <summary>开始一年的考核…</summary>
      {units === undefined ? <LoadingState rows={4} /> : <Form units={belowRoots(units)} />}
    </details>
  );
}

interface Unit {
  readonly id: number;
  readonly name: string;
  readonly parentId: number | null;
}

/** Those right below the topmost units that one sees: cities and departments. */
function belowRoots(units: readonly Unit[]): readonly Unit[] {
  const known = new Set(units.map(({ id }) => id));
  const roots = new Set(
    units.flatMap(({ id, parentId }) => (parentId === null || !known.has(parentId) ? [id] : [])),
  );
  return units.filter(({ parentId }) => parentId !== null && roots.has(parentId));
}

function Form({ units }: { readonly units: readonly Unit[] }) {
  const navigate = useNavigate();
  const yearId = useId();
  const [year, setYear] = useState<number | null>(new Date().getFullYear());
  const [reportBy, setReportBy] = useState('');
  const [chosen, setChosen] = useState<readonly number[]>(units.map(({ id }) => id));
  const open = useChange({
    change: (body: { year: number; reportBy: string; unitIds: number[] }) =>
      sendChange('post', '/api/v1/assessments', { body }),
    doneWords: '考核已开始，各单位会收到通知',
    refreshes: ASSESSMENT_REFRESHES,
    isErrorShownByCaller: true,
    onDone: ({ id }) => void navigate({ to: '/assessments/$id', params: { id: String(id) } }),
  });
  const whyNot =
    year === null || reportBy === ''
      ? '请先写年份和自评的期限。'
      : chosen.length === 0
        ? '请至少选一个单位。'
        : null;
  return (
    <div className="stack">
      <label htmlFor={yearId}>年份：</label>
      <InputNumber id={yearId} min={2017} max={2100} value={year} onChange={setYear} />
      <DayField label="自评的期限（当天也算）：" value={reportBy} onChange={setReportBy} />
      <fieldset className="assessment-units">
        <legend>考核的单位（各连同下级），选了 {chosen.length} 个：</legend>
        <div className="button-row">
          <button
            type="button"
            className="link-button"
            onClick={() => setChosen(units.map(({ id }) => id))}
          >
            全选
          </button>
          <button type="button" className="link-button" onClick={() => setChosen([])}>
            全不选
          </button>
        </div>
        <Checkbox.Group
          value={[...chosen]}
          onChange={(values) => setChosen(values)}
          options={units.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </fieldset>
      <FormProblem error={open.error} />
      <ConfirmButton
        type="primary"
        whyNot={whyNot}
        question={`开始 ${year} 年的考核？`}
        consequence={`平台现在数出各项数字，${chosen.length} 个单位收到通知，到期前后自动催报。开错了可以撤销。`}
        confirmWords="开始考核"
        onConfirm={() => open.mutateAsync({ year: year!, reportBy, unitIds: [...chosen] })}
      >
        开始考核
      </ConfirmButton>
    </div>
  );
}
