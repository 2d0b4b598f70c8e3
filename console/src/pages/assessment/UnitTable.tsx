import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useRef } from 'react';
import { moveBetweenRows } from '../../table/move-between-rows.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { TableHead } from '../../ui/TableHead.tsx';
import {
  type AssessmentItem,
  type AssessmentUnit,
  OutcomeText,
  UnitStateTag,
} from '../assessments/assessment-words.tsx';

const TITLES = ['单位', '名次', '得分', '状态', '异议', '下一步'];

interface UnitTableProps {
  readonly id: number;
  readonly state: AssessmentItem['state'];
  readonly units: readonly AssessmentUnit[];
  readonly onClear: () => void;
}

/** The units of an assessment; ↑ ↓ or j k walk their links. */
export function UnitTable({ id, state, units, onClear }: UnitTableProps) {
  const box = useRef<HTMLElement>(null);
  if (units.length === 0)
    return (
      <EmptyState
        title="没有符合条件的单位"
        action={
          <button type="button" className="link-button" onClick={onClear}>
            清除全部条件
          </button>
        }
      >
        放宽筛选条件，或换一个词再查。
      </EmptyState>
    );
  const onKeyDown = (event: KeyboardEvent): void => {
    if (box.current && moveBetweenRows(box.current, event.key, event.target))
      event.preventDefault();
  };
  return (
    <section ref={box} aria-label="参加考核的单位" onKeyDown={onKeyDown}>
      <ScrollBox name="参加考核的单位">
        <table className="plain-table stacks">
          <TableHead titles={TITLES} />
          <tbody>
            {units.map((unit) => (
              <Row key={unit.unitId} id={id} state={state} unit={unit} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}

interface RowProps extends Pick<UnitTableProps, 'id' | 'state'> {
  readonly unit: AssessmentUnit;
}

function Row({ id, state, unit }: RowProps) {
  const { unitId, unitName, rank, outcome, objections } = unit;
  return (
    <tr>
      <th scope="row">
        {unit.mayOpen ? (
          <Link
            to="/assessments/$id/units/$unitId"
            params={{ id: String(id), unitId: String(unitId) }}
          >
            {unitName}
          </Link>
        ) : (
          unitName
        )}
      </th>
      <td data-label="名次">{rank ?? '—'}</td>
      <td data-label="得分">
        <OutcomeText outcome={outcome} />
      </td>
      <td data-label="状态">
        <UnitStateTag state={unit.state} />
      </td>
      <td data-label="异议">{objections === 0 ? '—' : `${objections} 项`}</td>
      <td data-label="下一步">{nextOf(unit, state)}</td>
    </tr>
  );
}

function nextOf(unit: AssessmentUnit, state: AssessmentItem['state']): string {
  if (state !== 'open') return '—';
  if (unit.state === 'reporting')
    return unit.returnReason === '' ? '单位报自评' : `单位改后再报：${unit.returnReason}`;
  if (unit.state === 'reviewed') return '等公布';
  const { outcome } = unit;
  const open = outcome.kind === 'undetermined' ? outcome.missing.length : 0;
  return open > 0 ? `主管单位核定，还有 ${open} 项` : '主管单位结束核定';
}
