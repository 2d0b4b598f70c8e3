import { InputNumber } from 'antd';
import { useId } from 'react';
import { centipointsOf } from '../../util/points.ts';
import type { AssessedLine } from '../assessments/assessment-words.tsx';

const COUNT_MAX = 1_000_000;
const CENTI = 100;

interface ValueFieldProps {
  readonly rule: AssessedLine['rule'];
  readonly label: string;
  /** Cases, or hundredths of a point. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

/** A figure of a rule: a number of cases, or points where a person gives points. */
export function ValueField({ rule: { form, max }, label, value, onChange }: ValueFieldProps) {
  const id = useId();
  const isPoints = form.kind === 'points';
  return (
    <>
      <label htmlFor={id}>
        {label}
        {isPoints ? `（0 至 ${max ?? 0} 分）：` : '（个数）：'}
      </label>
      <InputNumber
        id={id}
        min={0}
        max={isPoints ? (max ?? 0) : COUNT_MAX}
        precision={isPoints ? 2 : 0}
        value={value !== null && isPoints ? value / CENTI : value}
        onChange={(next) => onChange(isPoints ? centipointsOf(next) : next)}
      />
    </>
  );
}
