import { percentText, percentUnits } from '../../lib/pure/percent.ts';
import { collectRates, type FoundRate } from './collect-rates.ts';
import { inferStyle, isCut, type RateStyle, ROUNDINGS } from './infer-style.ts';
import { type Counts, gives, isShare, type PrintedRate } from './printed-rate.ts';
import type { BulletinFacts } from './read-facts.ts';

/** One printed rate, computed again. */
export interface RateLine {
  readonly what: string;
  readonly printed: string;
  /** What its counts give in the document's style; null when there are no counts. */
  readonly reproduced: string | null;
  readonly style: RateStyle;
  /** Whether the counts give what is printed; null when the file has no counts for it, or nothing is printed. */
  readonly follows: boolean | null;
  /** The counts, and in Chinese what is odd about them or about the rate. */
  readonly note: string;
}

/**
 * Computes every printed rate of a bulletin again from its counts, in the style that the document's own rates show. Pure.
 * A rate without printed counts follows when some whole number gives it (the note says that it was looked for, which proves little).
 */
export function verifyRates(facts: BulletinFacts): readonly RateLine[] {
  const rates = collectRates(facts);
  const style = inferStyle(rates);
  return rates.map((each) => lineOf(each, style));
}

function lineOf(found: FoundRate, document: RateStyle): RateLine {
  const { what, printed, rate } = found;
  const counts = found.counts(document.rounding);
  if (counts === null) {
    const note = rate === null ? '没有印出，也没有可供计算的计数' : '没有可供复算的计数';
    return { what, printed, reproduced: null, style: document, follows: null, note };
  }
  const share = `${counts.numerator}/${counts.denominator}`;
  if (!isShare(counts)) {
    const note = `计数自相矛盾（${share}），请核对文件`;
    return { what, printed, reproduced: null, style: document, follows: rate && false, note };
  }
  if (rate === null) {
    const reproduced = inStyle(counts, withDecimals(document, document.decimals || DECIMALS_USUAL));
    const note = `没有印出；${share}，按计数为${reproduced}`;
    return { what, printed, reproduced, style: document, follows: null, note };
  }
  const style = styleOf(rate, counts, document);
  if (gives(counts, rate, document.rounding) && !claimsTooMuch(counts, rate, document)) {
    const note = [share, ...remarks(counts, rate, document, style)].join('；');
    return { what, printed, reproduced: printed, style, follows: true, note };
  }
  const reproduced = corrected(counts, rate, document);
  const note = [`${share}，按计数应为${reproduced}`, ...explain(found, counts, document)].join(
    '；',
  );
  return { what, printed, reproduced, style, follows: false, note };
}

/** The founding document's, for a document that prints none. */
const DECIMALS_USUAL = 2;

const withDecimals = (style: RateStyle, decimals: number): RateStyle => ({ ...style, decimals });

function inStyle({ numerator, denominator }: Counts, style: RateStyle): string {
  if (numerator === denominator) return '100%';
  const units = percentUnits(numerator, denominator, style.decimals, style.rounding);
  const text = percentText(units, style.decimals);
  return style.trailingZeros ? text : text.replace(/\.?0+%$/, '%').replace(/^%$/, '0%');
}

/** The style of one rate: the document's, or its own decimals where it is printed with others. */
function styleOf(rate: PrintedRate, counts: Counts, document: RateStyle): RateStyle {
  if (isCut(rate, counts, document)) return { ...document, trailingZeros: false };
  const keepsZero = rate.decimals > 0 && rate.units % 10 === 0;
  return {
    ...withDecimals(document, rate.decimals),
    trailingZeros: document.trailingZeros || keepsZero,
  };
}

/** All or nothing printed where it is neither: only rounding to fewer decimals than the document's others makes it so. */
function claimsTooMuch(counts: Counts, rate: PrintedRate, { decimals }: RateStyle): boolean {
  const { numerator, denominator } = counts;
  const isAll = rate.units === 100 * 10 ** rate.decimals && numerator !== denominator;
  const isNone = rate.units === 0 && numerator !== 0;
  return (isAll || isNone) && rate.decimals < decimals;
}

/** What the counts give at the printed decimals; at the document's where that says the same as what is printed. */
function corrected(counts: Counts, rate: PrintedRate, document: RateStyle): string {
  const plain = { ...document, trailingZeros: true };
  const same = inStyle(counts, withDecimals(plain, rate.decimals));
  return same === percentText(rate.units, rate.decimals)
    ? inStyle(counts, withDecimals(plain, document.decimals || DECIMALS_USUAL))
    : same;
}

function remarks(
  { numerator, denominator, inferred }: Counts,
  rate: PrintedRate,
  document: RateStyle,
  style: RateStyle,
): string[] {
  const isMixed = style.decimals !== document.decimals;
  const rounded = rate.units === 100 * 10 ** rate.decimals && numerator !== denominator;
  return [
    ...(inferred === null ? [] : [`${inferred}，只说明可以相符，不能当证据`]),
    ...(isMixed ? [`这里印${places(style)}，别处印${places(document)}`] : []),
    ...(rounded ? ['并非全部合格，是取整后的100%'] : []),
  ];
}

const places = ({ decimals }: RateStyle): string => (decimals === 0 ? '整数' : `${decimals}位小数`);
const ROUNDING_WORDS = { 'half-up': '四舍五入', 'half-even': '四舍六入五成双', truncate: '截断' };

/** What may have gone wrong, in the order in which people would ask. */
function explain(found: FoundRate, counts: Counts, document: RateStyle): string[] {
  const { rate, facts, measure } = found;
  if (rate === null) return [];
  const is = (numerator: number, denominator: number): boolean =>
    ROUNDINGS.some((each) => gives({ numerator, denominator, inferred: null }, rate, each));
  const { numerator, denominator, inferred } = counts;
  const other = ROUNDINGS.find((each) => gives(counts, rate, each));
  if (other !== undefined && other !== document.rounding)
    return [
      `${ROUNDING_WORDS[other]}才得${rate.text}，别处都是${ROUNDING_WORDS[document.rounding]}`,
    ];
  if (other !== undefined) return [`印的是${rate.text}，实际并不是`];
  if (inferred !== null) return [inferred, `没有哪个整数能得出${rate.text}`];
  if (is(denominator - numerator, denominator))
    return [measure === 'pass' ? '像是印成了问题比例' : '像是印成了合格率'];
  const running = facts?.running ?? null;
  if (running !== null && running !== denominator) {
    const ofRunning = measure === 'pass' ? running - (denominator - numerator) : numerator;
    if (is(ofRunning, running)) return [`像是用运行数${running}作了分母`];
  }
  const near = [1, -1].find((by) => is(numerator + by, denominator));
  if (near !== undefined) return [`分子差1（${numerator + near}/${denominator}）才得${rate.text}`];
  return [`以${denominator}为分母得不出${rate.text}，疑似抄写错误`];
}
