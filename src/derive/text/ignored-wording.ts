import type { PageTextFinding, TextSeverity } from '../../domain/facts/text-facts.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';

/** People's decision that a suspected wording is none, as far as it bears on the check. */
export interface IgnoredWording {
  readonly text: string;
  readonly class: string;
  /** Pages whose address begins so; '' = everywhere. */
  readonly urlPrefix: string;
  readonly severity: TextSeverity;
  /** Last day on which it counts, Asia/Shanghai; null = until lifted. */
  readonly until: CalendarDate | null;
  /** The second person, whom a veto-class ignore needs. */
  readonly confirmedBy: string | null;
}

/** Whether people decided that a finding of a page is none. */
export type IgnoreFilter = (
  finding: Pick<PageTextFinding, 'url' | 'text' | 'class' | 'severity'>,
) => boolean;

/** The decisions that count on a day. An ignore that has run out counts for nothing the day after. */
export function createIgnoreFilter(
  ignores: readonly IgnoredWording[],
  today: CalendarDate,
): IgnoreFilter {
  const inForce = ignores.filter((one) => isInForce(one, today));
  const byText = Map.groupBy(inForce, (one) => `${one.class}\n${one.text}`);
  return (finding) => {
    const same = byText.get(`${finding.class}\n${finding.text}`) ?? [];
    return same.some(
      (one) =>
        finding.url.startsWith(one.urlPrefix) &&
        // A veto needs two people, also where the wording was ordinary when one of them ignored it.
        (finding.severity !== 'veto' || one.confirmedBy !== null),
    );
  };
}

/** Whether an ignore counts on a day (Asia/Shanghai). */
export function isInForce(ignore: IgnoredWording, today: CalendarDate): boolean {
  if (ignore.until !== null && ignore.until < today) return false;
  return ignore.severity !== 'veto' || ignore.confirmedBy !== null;
}
