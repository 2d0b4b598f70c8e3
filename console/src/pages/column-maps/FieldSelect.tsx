import type { MapField } from './map-draft.ts';

interface FieldSelectProps {
  readonly label: string;
  /** The words of choosing none. */
  readonly none: string;
  readonly fields: readonly MapField[];
  readonly value: string;
  readonly onChange: (field: string) => void;
}

/** Which field a column stands for. */
export function FieldSelect({ label, none, fields, value, onChange }: FieldSelectProps) {
  return (
    <select aria-label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{none}</option>
      {fields.map(({ field, words, exportOnly }) => (
        <option key={field} value={field}>
          {words[0]}
          {exportOnly && '（只导出）'}
        </option>
      ))}
    </select>
  );
}
