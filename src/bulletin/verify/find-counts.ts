import type { PercentRounding } from '../../lib/pure/percent.ts';
import { type Counts, gives, type PrintedRate, readPrintedRate } from './printed-rate.ts';
import type { CountedFacts } from './read-facts.ts';

/** What a rate says: how many passed, how many failed, or how many of those that run were checked. */
export type Measure = 'pass' | 'fail' | 'checked';

/** The counts of which a rate should follow. A count that is not printed is looked for, so that it depends on the rounding. */
export type FindCounts = (rounding: PercentRounding) => Counts | null;

/** Whether a document without a count of its own says that everything was checked. */
const CENSUS = /^(?:全覆盖|普查|全面检查|100%$|覆盖.*所有)/;

/** The counts of a kind of subject from which a printed rate of it should follow. */
export function countsFor(
  facts: CountedFacts,
  measure: Measure,
  rate: PrintedRate | null,
): FindCounts {
  const { running = null, failing = null } = facts;
  const checked = facts.checked ?? (isCensus(facts) ? running : null);
  if (measure === 'checked') return checkedCounts(running, checked, rate);
  if (checked === null) return fewFailing(facts, measure, rate);
  if (failing !== null) {
    const numerator = measure === 'pass' ? checked - failing : failing;
    return () => ({ numerator, denominator: checked, inferred: null });
  }
  const why = measure === 'pass' ? '合格数没有印出' : '问题数没有印出';
  return nearest(rate, ({ share }) =>
    around(checked * share).map((numerator) => ({
      ...{ numerator, denominator: checked },
      inferred: `${why}，反推为${numerator}`,
    })),
  );
}

function isCensus(facts: CountedFacts): boolean {
  const { checked_ratio_printed: printed } = facts;
  return typeof printed === 'string' && CENSUS.test(printed.normalize('NFKC'));
}

function checkedCounts(
  running: number | null,
  checked: number | null,
  rate: PrintedRate | null,
): FindCounts {
  if (checked === null)
    return running === null
      ? () => null
      : nearest(rate, ({ share }) =>
          around(running * share).map((numerator) => ({
            ...{ numerator, denominator: running },
            inferred: `检查数没有印出，反推约为${numerator}`,
          })),
        );
  if (running !== null) return () => ({ numerator: checked, denominator: running, inferred: null });
  return nearest(rate, ({ share }) =>
    share === 0
      ? []
      : around(checked / share).map((denominator) => ({
          ...{ numerator: checked, denominator },
          inferred: `运行总数没有印出，反推约为${denominator}`,
        })),
  );
}

/** Neither rate nor failing count is enough without the number that was checked; the sampling ratio may give it. */
function fewFailing(facts: CountedFacts, measure: Measure, rate: PrintedRate | null): FindCounts {
  const { running = null, failing = null } = facts;
  const printed = facts.checked_ratio_printed;
  const ratio = typeof printed === 'string' ? readPrintedRate(printed) : null;
  if (running === null || failing === null || ratio === null) return () => null;
  return nearest(rate, () =>
    around(running * shareOf(ratio)).map((denominator) => ({
      numerator: measure === 'pass' ? denominator - failing : failing,
      denominator,
      inferred: `检查数没有印出，按抽查比例${ratio.text}约为${denominator}`,
    })),
  );
}

const shareOf = (rate: PrintedRate): number => rate.units / 10 ** rate.decimals / 100;

/** The integers next to a number, the nearest first: a printed rate was rounded up, down or cut. */
function around(value: number): number[] {
  const middle = Math.round(value);
  return [middle, middle + 1, middle - 1].filter((each) => each >= 0);
}

/** Of several counts that may be meant the first that gives the rate, else the nearest. */
function nearest(
  rate: PrintedRate | null,
  candidates: (rate: { readonly share: number }) => readonly Counts[],
): FindCounts {
  if (rate === null) return () => null;
  const counts = candidates({ share: shareOf(rate) });
  return (rounding) => counts.find((each) => gives(each, rate, rounding)) ?? counts[0] ?? null;
}

/** Counts that stand in the file beside the rate. */
export function givenCounts(
  numerator: number | null | undefined,
  denominator: number | null | undefined,
  isPrinted: boolean,
): FindCounts {
  if (typeof numerator !== 'number' || typeof denominator !== 'number') return () => null;
  const inferred = isPrinted ? null : `计数里有反推的（${numerator}/${denominator}）`;
  return () => ({ numerator, denominator, inferred });
}
