import { Input } from 'antd';
import { useId } from 'react';

interface WordsFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly max?: number;
  readonly rows?: number;
}

/** Several lines of words under their label. */
export function WordsField({ label, value, onChange, max = 2_000, rows = 3 }: WordsFieldProps) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        rows={rows}
        maxLength={max}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  );
}
