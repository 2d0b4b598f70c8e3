import type { TextFinding, TextSeverity } from '../../domain/facts/text-facts.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { Candidate } from './candidate.ts';
import type { Characters } from './characters.ts';
import { createOrderChecker } from './check-order.ts';
import { createRoleChecker } from './check-roles.ts';
import { coverage, exemptCandidates } from './exempt-candidates.ts';
import { findInternalMarks } from './find-internal-marks.ts';
import { createNameFinder } from './find-names.ts';
import { createTypoFinder } from './find-ordinary-typos.ts';
import { findPersonalData } from './find-personal-data.ts';
import { createTermFinder } from './find-terms.ts';
import { findAmounts } from './formats/find-amounts.ts';
import { findConjunctions } from './formats/find-conjunctions.ts';
import { findImpossibleDates } from './formats/find-dates.ts';
import { findDocumentNumbers } from './formats/find-document-numbers.ts';
import { findPunctuation } from './formats/find-punctuation.ts';
import { findRepeats } from './formats/find-repeats.ts';
import type { Lexicon } from './lexicon.ts';
import { looksLikeHtml, type ReadableText, readHtml, readPlain } from './readable-text.ts';
import type { WordModel } from './word-model.ts';

export interface TextToCheck {
  /** Plain text or HTML; which of them is seen from the text unless `html` says. */
  readonly raw: string;
  readonly html?: boolean;
  /** Date of the article, Asia/Shanghai; null = unknown: then entries with dates and the table of posts are silent. */
  readonly at: CalendarDate | null;
  /** A home page weighs more than an article. */
  readonly home?: boolean;
}

export interface CheckedText {
  /** In the order of their starts; offsets count code points of `raw`. */
  readonly findings: readonly TextFinding[];
  /** The readable text, for excerpts: `places` are the findings' offsets in it. */
  readonly text: string;
  readonly places: readonly {
    readonly start: number;
    readonly end: number;
    readonly inTitle: boolean;
  }[];
  /** The input was longer than is read, or more was suspected than is looked at. */
  readonly cut: boolean;
}

export interface TextChecker {
  readonly lexicons: readonly string[];
  check(input: TextToCheck): CheckedText;
}

/** Longest input read, in UTF-16 units: a page of 200 MB is no article. */
const RAW_MAX = 20_000_000;
/** Places looked at in one text: names and terms come first, and a text with more of them is no prose. */
const CANDIDATES_MAX = 20_000;

/** A checker with its automata built: make one for many texts. */
export function createTextChecker(
  resources: { readonly model: WordModel; readonly characters: Characters },
  lexicons: readonly Lexicon[],
): TextChecker {
  const { model, characters } = resources;
  const names = createNameFinder(
    model,
    characters,
    lexicons.flatMap((one) => one.names),
  );
  const findTerms = createTermFinder(
    model,
    lexicons.flatMap((one) => one.terms),
  );
  const checkRoles = createRoleChecker(lexicons.flatMap((one) => one.roles));
  const checkOrder = createOrderChecker(lexicons.flatMap((one) => one.roles));
  const persons = lexicons.flatMap((one) => one.roles.map((role) => role.person));
  const findTypos = createTypoFinder(model, characters, persons);
  const suspect = (readable: ReadableText, at: CalendarDate | null): Candidate[] => {
    const { text } = readable;
    return [
      ...names.find(readable, at),
      ...findTerms(readable, at),
      ...checkRoles(text, at),
      ...checkOrder(text, at),
      ...findPersonalData(text),
      ...findInternalMarks(text),
      ...findImpossibleDates(text),
      ...findDocumentNumbers(text),
      ...findPunctuation(text),
      ...findRepeats(model, text),
      ...findAmounts(text),
      ...findConjunctions(text),
      ...findTypos(readable, names.exact(text)),
    ];
  };
  return {
    lexicons: lexicons.map((one) => `${one.id}@${one.version}`),
    check: (input) => {
      const raw = input.raw.slice(0, RAW_MAX);
      const readable = (input.html ?? looksLikeHtml(raw)) ? readHtml(raw) : readPlain(raw);
      const suspected = suspect(readable, input.at);
      const looked = suspected.slice(0, CANDIDATES_MAX);
      const kept = withoutOverlaps(exemptCandidates(readable, looked));
      const titles = coverage(
        readable.zones.filter(({ kind }) => kind === 'title'),
        readable,
      );
      const weighed = kept.map((one) => weighByPlace(one, titles, input.home === true));
      const slice = codePointSlicer(raw);
      return {
        findings: weighed.map((one) => toFinding(one, readable, slice)),
        text: readable.text,
        places: weighed.map(({ start, end, inTitle }) => ({ start, end, inTitle })),
        cut: input.raw.length > RAW_MAX || suspected.length > CANDIDATES_MAX,
      };
    },
  };
}

const RANK: Readonly<Record<TextSeverity, number>> = {
  veto: 3,
  serious: 2,
  ordinary: 1,
  notice: 0,
};

/** Of candidates that share characters the gravest stays, of equals the surer, then the longer. */
function withoutOverlaps(candidates: readonly Candidate[]): Candidate[] {
  const sorted = [...candidates].sort(
    (a, b) =>
      RANK[b.severity] - RANK[a.severity] ||
      b.confidence - a.confidence ||
      b.end - b.start - (a.end - a.start) ||
      a.start - b.start,
  );
  const kept: Candidate[] = [];
  const taken = new Set<number>();
  for (const one of sorted) {
    let isFree = true;
    for (let at = one.start; at < one.end && isFree; at += 1) isFree = !taken.has(at);
    if (!isFree) continue;
    for (let at = one.start; at < one.end; at += 1) taken.add(at);
    kept.push(one);
  }
  return kept.sort((a, b) => a.start - b.start);
}

type Weighed = Candidate & { readonly inTitle: boolean };
const HEAVIER: Readonly<Record<TextSeverity, TextSeverity>> = {
  notice: 'ordinary',
  ordinary: 'serious',
  serious: 'serious',
  veto: 'veto',
};

/** What everybody sees first weighs a step more; only people and lexicons make a veto of something. */
function weighByPlace(candidate: Candidate, titles: Uint8Array, home: boolean): Weighed {
  const { start, end, severity } = candidate;
  const inTitle = titles[start] === 1 || titles[end - 1] === 1;
  return { ...candidate, inTitle, severity: inTitle || home ? HEAVIER[severity] : severity };
}

function toFinding(
  candidate: Weighed,
  readable: ReadableText,
  slice: (from: number, to: number) => string,
): TextFinding {
  const { start, end, inTitle: _, ...rest } = candidate;
  const from = readable.starts[start]!;
  const to = readable.ends[end - 1]!;
  return { ...rest, start: from, end: to, text: slice(from, to) };
}

/** Code points `from` to `to` of a text; the usual text has no pairs, and then they are its units. */
function codePointSlicer(raw: string): (from: number, to: number) => string {
  if (!/[\ud800-\udbff]/.test(raw)) return (from, to) => raw.slice(from, to);
  let points: string[] | undefined;
  return (from, to) => {
    points ??= [...raw];
    return points.slice(from, to).join('');
  };
}
