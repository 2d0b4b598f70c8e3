import { Input, Radio } from 'antd';
import { useId } from 'react';
import type { YearlyField } from '../yearly-forms/yearly-words.tsx';
import { Origin } from './Origin.tsx';

export interface Said {
  readonly value: string;
  /** Why it differs from what the platform knows. */
  readonly note: string;
}

interface FieldInputProps {
  readonly of: YearlyField;
  readonly said: Said;
  readonly isChanged: boolean;
  readonly onChange: (said: Said) => void;
}

const YES_NO = ['是', '否'] as const;
const NUMBERS: readonly string[] = ['count', 'decimal'];

/** One field to write, with what the platform knows of it; one that differs wants a reason. */
export function FieldInput({ of, said, isChanged, onChange }: FieldInputProps) {
  const { field, known, problem } = of;
  const [id, noteId] = [useId(), useId()];
  const label = `${field.title}${field.unit === undefined ? '' : `（${field.unit}）`}`;
  const differs = known !== null && said.value !== '' && said.value !== known.value;
  return (
    <div className="yearly-field">
      <label htmlFor={id} id={`${id}-label`}>
        {label}
        {field.required === false && <span className="quiet">（没有的不填）</span>}
      </label>
      {field.kind === 'yesNo' ? (
        <Radio.Group
          id={id}
          aria-labelledby={`${id}-label`}
          value={said.value}
          options={YES_NO.map((value) => ({ value, label: value }))}
          onChange={({ target }) => onChange({ ...said, value: target.value })}
        />
      ) : (
        <Input
          id={id}
          type={field.kind === 'date' ? 'date' : 'text'}
          inputMode={NUMBERS.includes(field.kind) ? 'decimal' : 'text'}
          maxLength={500}
          value={said.value}
          onChange={({ target }) => onChange({ ...said, value: target.value })}
        />
      )}
      {known !== null && (
        <p>
          <Origin of={of} />
        </p>
      )}
      {differs && (
        <>
          <label htmlFor={noteId}>{field.title}：为什么与平台不同：</label>
          <Input
            id={noteId}
            maxLength={500}
            value={said.note}
            onChange={({ target }) => onChange({ ...said, note: target.value })}
          />
        </>
      )}
      {problem !== null && !isChanged && <p className="yearly-problem">{problem}</p>}
      {field.note && <p className="quiet">{field.note}</p>}
    </div>
  );
}
