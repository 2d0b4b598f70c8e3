import { type CalendarDate, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import type { GivenFigure, Issue } from './bulletin.ts';
import type { Plan } from './compose-bulletin.ts';
import { GIVEN_FIELDS, GIVEN_RATES } from './template/fields.ts';

/** Days that are counted, both included, and the day on which somebody counts; dates in Asia/Shanghai. */
export interface CountedDays {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly today: CalendarDate;
}

/**
 * The counts of other work (找错留言, 问责) that the platform itself keeps, by the template's field. What it does not know is left out: it
 * is not nought.
 */
export type CountOwn = (days: CountedDays) => Promise<ReadonlyMap<string, number>>;

/** How the source of every count of the platform's own begins: such counts are computed anew at each build. */
const OWN_SOURCE = '平台记录';

interface Counted {
  readonly issue: Issue;
  readonly plan: Plan;
  readonly round: { readonly window: readonly [CalendarDate, CalendarDate] };
  readonly at: Instant;
}

/**
 * The issue with the platform's own counts of the round's window, for what the template names. Of one subject (找错留言) either the office
 * gives all figures or the platform does: one's whole and the other's part would be no share. The result is kept with the build, so that
 * it can be made again when the records say something else.
 */
export async function withOwnFigures(
  countOwn: CountOwn | undefined,
  { issue, plan, round, at }: Counted,
): Promise<Issue> {
  const given = (issue.figures ?? []).filter(({ source }) => !source.startsWith(OWN_SOURCE));
  const told = new Set(given.map(({ name }) => subjectOf(name)));
  const wanted = namesIn(plan).filter((name) => !told.has(subjectOf(name)));
  const [from, to] = round.window;
  const today = shanghaiDate(at);
  const counts = wanted.length === 0 ? undefined : await countOwn?.({ from, to, today });
  const source = `${OWN_SOURCE}：${from} 至 ${to}，${today} 统计`;
  const own = wanted.flatMap((name): GivenFigure[] => {
    const count = counts?.get(name);
    return count === undefined ? [] : [{ name, count, source }];
  });
  const figures = [...given, ...own];
  return figures.length === 0 && issue.figures === undefined ? issue : { ...issue, figures };
}

/** `findError` of `findError.received`. */
const subjectOf = (name: string): string => name.split('.')[0] ?? '';

/** The counts that a template prints or asks for, those behind its rates too. */
function namesIn({ template }: Plan): string[] {
  const text = JSON.stringify(template.file);
  const named = Object.keys(GIVEN_FIELDS).filter((name) => text.includes(name));
  return [...new Set(named.flatMap((name) => GIVEN_RATES[name] ?? [name]))];
}
