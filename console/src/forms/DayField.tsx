import { useId } from 'react';

interface DayFieldProps {
  readonly label: string;
  readonly value: string;
  readonly min?: string;
  readonly max?: string;
  readonly onChange: (value: string) => void;
}

/** A date under its label: the browser's own field, which phones have a better one of than any script. */
export function DayField(props: DayFieldProps) {
  const { label, value, min = '2000-01-01', max = '2099-12-31', onChange } = props;
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        min={min}
        max={max}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  );
}
