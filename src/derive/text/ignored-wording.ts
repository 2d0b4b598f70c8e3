import type { PageTextFinding } from '../domain/facts/text-facts.ts';
import type { CalendarDate } from '../lib/pure/dates.ts';
import type { TextIgnore } from './ignore-text.ts';

/** The findings that nobody decided to ignore. Pure, so that an ignore which has run out counts for nothing the day after. */
export function applyIgnores(
  findings: readonly PageTextFinding[],
  ignores: readonly TextIgnore[],
  today: CalendarDate,
): PageTextFinding[] {
  const inForce = ignores.filter((one) => isInForce(one, today));
  const byText = Map.groupBy(inForce, (one) => `${one.class}\n${one.text}`);
  return findings.filter((finding) => {
    const same = byText.get(`${finding.class}\n${finding.text}`) ?? [];
    return !same.some(
      (one) =>
        finding.url.startsWith(one.urlPrefix) &&
        // A veto needs two people, also where the wording was ordinary when one of them ignored it.
        (finding.severity !== 'veto' || one.confirmedBy !== null),
    );
  });
}

function isInForce(ignore: TextIgnore, today: CalendarDate): boolean {
  if (ignore.until !== null && ignore.until < today) return false;
  return ignore.severity !== 'veto' || ignore.confirmedBy !== null;
}
