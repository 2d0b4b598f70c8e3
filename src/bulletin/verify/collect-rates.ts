import { countsFor, type FindCounts, givenCounts, type Measure } from './find-counts.ts';
import { gives, type PrintedRate, readPrintedRate } from './printed-rate.ts';
import type { BulletinFacts, CountedFacts } from './read-facts.ts';

/** A rate of a document, and where its counts are. */
export interface FoundRate {
  readonly what: string;
  readonly printed: string;
  /** Null when nothing is printed (无) although the file asks about it. */
  readonly rate: PrintedRate | null;
  readonly counts: FindCounts;
  /** The kind of subject that it is about, where a misprint can be explained from its counts. */
  readonly facts: CountedFacts | null;
  readonly measure: Measure;
}

type Kind = 'sites' | 'accounts';
const KINDS: readonly Kind[] = ['sites', 'accounts'];

/** Every rate that is printed in a bulletin, each once: those that the file lists first, then fields, parts, units, sentences. */
export function collectRates(facts: BulletinFacts): FoundRate[] {
  const listed = (facts.rate_checks ?? []).flatMap((check): FoundRate[] => {
    const what = check.what ?? '';
    const printed = check.printed ?? '';
    return printed === '' ? [] : [listedRate(facts, what, printed, check)];
  });
  const others = [...fieldRates(facts), ...partRates(facts), ...unitRates(facts)].filter(
    (each) => !listed.some((known) => isSame(known, each)),
  );
  const found = [...listed, ...others];
  return [...found, ...sentenceRates(facts, found)];
}

/** A rate that the file lists under a name of its own, found again in a field. */
function isSame(known: FoundRate, other: FoundRate): boolean {
  if (known.printed !== other.printed || known.measure !== other.measure) return false;
  const [a, b] = [known.counts('half-up'), other.counts('half-up')];
  return a !== null && a.numerator === b?.numerator && a.denominator === b.denominator;
}

type Check = NonNullable<BulletinFacts['rate_checks']>[number];

/** The words of which a rate of a whole kind is made; a further word (a platform, a unit) makes it a rate of a part. */
const WORDS: readonly (readonly [RegExp, Kind | Measure | null])[] = [
  [/checked ratio|sample ratio|抽查比例|检查比例|抽检比例/g, 'checked'],
  [/sites?\b|政府网站|网站/g, 'sites'],
  [/accounts?\b|政务新媒体|新媒体/g, 'accounts'],
  [/fail(?:ing|ure)?\b|问题比例|不合格率/g, 'fail'],
  [/pass\b|合格率/g, 'pass'],
  [/checked|rate\b|ratio\b|总体|\s|全省|全市|全区|抽查|检查/g, null],
];

function listedRate(facts: BulletinFacts, what: string, printed: string, check: Check): FoundRate {
  const rate = readPrintedRate(printed);
  const given = givenCounts(check.numerator, check.denominator, check.counts_basis !== 'inferred');
  const { kind, measure, isWhole } = readWhat(facts, what, printed);
  const own = kind === null || !isWhole ? null : facts[kind];
  const partNamed = isWhole ? null : namedPart(facts, what);
  const source = own ?? partNamed;
  const derived = source ? countsFor(source, measure, rate) : () => null;
  return {
    ...{ what, printed, rate, measure },
    facts: source ?? null,
    // Counts of the file's own fields are what the document prints; those beside the rate may be a guess.
    counts: (rounding) => {
      const fromFields = derived(rounding);
      return fromFields?.inferred === null ? fromFields : (given(rounding) ?? fromFields);
    },
  };
}

function readWhat(facts: BulletinFacts, what: string, printed: string) {
  let rest = what.toLowerCase();
  let kind: Kind | null = null;
  let measure: Measure = 'pass';
  for (const [words, meaning] of WORDS) {
    const left = rest.replace(words, '');
    if (left !== rest && (meaning === 'sites' || meaning === 'accounts')) kind = meaning;
    else if (left !== rest && meaning !== null) measure = meaning as Measure;
    rest = left;
  }
  const isWhole = rest === '';
  return { kind: kind ?? onlyKind(facts, measure, printed), measure, isWhole };
}

/** Without a word for it, the kind beside which this very rate is printed, or the only one of the document. */
function onlyKind(facts: BulletinFacts, measure: Measure, printed: string): Kind | null {
  const there = KINDS.filter((kind) => facts[kind]);
  const beside = there.filter((kind) =>
    ratesOf(facts[kind] ?? {}).some((each) => each.measure === measure && each.printed === printed),
  );
  if (beside.length === 1) return beside[0] ?? null;
  return there.length === 1 ? (there[0] ?? null) : null;
}

/** The part or unit that a rate names; two that are meant are none. */
function namedPart(facts: BulletinFacts, what: string): CountedFacts | null {
  const named = [...parts(facts), ...units(facts)].filter(
    ({ name, counted }) =>
      name !== '' && what.includes(name) && typeof counted.checked === 'number',
  );
  return named.length === 1 ? (named[0]?.counted ?? null) : null;
}

interface NamedRate {
  readonly key: string;
  readonly printed: string;
  readonly measure: Measure;
}

/** The fields of counts that hold printed rates: `pass_rate_printed`, `checked_ratio_printed`, `rate` … */
function ratesOf(counted: Readonly<Record<string, unknown>>): NamedRate[] {
  return Object.entries(counted).flatMap(([key, printed]): NamedRate[] => {
    if (typeof printed !== 'string' || !/(?:rate|ratio)(?:_printed)?$/.test(key)) return [];
    if (/checked|sampl/.test(key)) return [{ key, printed, measure: 'checked' }];
    return [{ key, printed, measure: /fail|problem/.test(key) ? 'fail' : 'pass' }];
  });
}

const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  pass: 'pass',
  fail: 'fail',
  checked: 'checked ratio',
};

function ratesIn(name: string, counted: CountedFacts): FoundRate[] {
  return ratesOf(counted).flatMap(({ printed, measure }): FoundRate[] => {
    const rate = readPrintedRate(printed);
    if (rate === null) return [];
    const what = `${name} ${MEASURE_WORDS[measure]}`;
    return [
      { what, printed, rate, measure, facts: counted, counts: countsFor(counted, measure, rate) },
    ];
  });
}

/** A rate that the file lists with the same figure for the kind (`sites over 90`) is that rate, said more exactly. */
function fieldRates(facts: BulletinFacts): FoundRate[] {
  const listed = facts.rate_checks ?? [];
  return KINDS.flatMap((kind) =>
    ratesIn(kind, facts[kind] ?? {}).filter(
      ({ printed, measure }) =>
        !listed.some(
          (check) =>
            check.printed === printed &&
            readWhat(facts, check.what ?? '', printed).kind === kind &&
            readWhat(facts, check.what ?? '', printed).measure === measure,
        ),
    ),
  );
}

interface NamedCounts {
  readonly name: string;
  readonly counted: CountedFacts;
}

function parts(facts: BulletinFacts): NamedCounts[] {
  return (facts.breakdowns ?? []).flatMap((breakdown) =>
    Object.entries(breakdown.parts ?? {}).flatMap(([name, counted]) =>
      typeof counted === 'object' && counted !== null ? [{ name, counted }] : [],
    ),
  );
}

function units(facts: BulletinFacts): NamedCounts[] {
  return (facts.per_unit_rows ?? []).map((row) => ({ name: row.unit ?? '', counted: row }));
}

const partRates = (facts: BulletinFacts): FoundRate[] =>
  parts(facts).flatMap(({ name, counted }) => ratesIn(name, counted));

const unitRates = (facts: BulletinFacts): FoundRate[] =>
  units(facts).flatMap(({ name, counted }) => ratesIn(name, counted));

/** A share in a sentence of its own; changes and bounds (提高、下降、低于) are no shares. */
const IN_SENTENCE =
  /([^，。；、：（）“”\d%个家条件]{2,20}率|占比?|比例)(?:均|都|已)?(?:达到?|为|是)?(\d+(?:\.\d+)?%)/gu;
const NO_SHARE = /提高|下降|上升|增长|同比|环比|低于|高于|超过/;

/** Rates in the sentences that the file keeps as they are. Their counts stand in the sentence, or nowhere. */
function sentenceRates(facts: BulletinFacts, known: readonly FoundRate[]): FoundRate[] {
  return (facts.other_facts ?? []).flatMap((sentence) =>
    [...(sentence ?? '').matchAll(IN_SENTENCE)].flatMap(([, what = '', printed = '']) => {
      const rate = readPrintedRate(printed);
      const isKnown = known.some((each) => each.printed === printed && each.printed !== '100%');
      if (rate === null || isKnown || NO_SHARE.test(what)) return [];
      return [
        {
          what,
          printed,
          rate,
          measure: 'pass' as const,
          facts: null,
          counts: sentenceCounts(sentence ?? '', rate),
        },
      ];
    }),
  );
}

/** The two counts of one sentence, when they give the rate; other counts of the sentence prove nothing against it. */
function sentenceCounts(sentence: string, rate: PrintedRate): FindCounts {
  const numbers = [...sentence.matchAll(/(?<![\d.])(\d{1,9})(?:家|个|条|件|单|份|次)/g)];
  const [first, second, ...more] = numbers.map(([, digits]) => Number(digits));
  if (first === undefined || second === undefined || more.length > 0) return () => null;
  const [numerator, denominator] = [Math.min(first, second), Math.max(first, second)];
  const counts = { numerator, denominator, inferred: '计数取自同一句话' };
  return (rounding) => (gives(counts, rate, rounding) ? counts : null);
}
