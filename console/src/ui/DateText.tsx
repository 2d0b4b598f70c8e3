import { agoText, dateText, instantText } from '../util/dates.ts';

interface DateTextProps {
  /** An instant (ISO, UTC) or a date; null = never. */
  readonly at: string | null;
  readonly as?: 'instant' | 'exact' | 'date' | 'ago';
  readonly never?: string;
}

/** A time in Asia/Shanghai; the exact one is in its title. */
export function DateText({ at, as = 'instant', never = '—' }: DateTextProps) {
  if (at === null) return <span className="quiet">{never}</span>;
  const words = {
    instant: () => instantText(at),
    exact: () => instantText(at, true),
    date: () => dateText(at),
    ago: () => agoText(at, new Date()),
  }[as]();
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(at);
  return (
    <time dateTime={at} {...(!isDate && { title: `${instantText(at, true)}（北京时间）` })}>
      {words}
    </time>
  );
}
