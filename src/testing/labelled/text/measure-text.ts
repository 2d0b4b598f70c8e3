import { readFile } from 'node:fs/promises';
import type { Characters } from '../../../derive/text/characters.ts';
import type { TextChecker } from '../../../derive/text/check-text.ts';
import type { TextFinding } from '../../../domain/facts/text-facts.ts';
import { readCleanText } from './clean-text.ts';
import { type PlantedName, plantName } from './planted-names.ts';

export interface VetoFigures {
  readonly planted: number;
  readonly found: number;
  /** Slips that were not found, as texts: dropped last characters whose remainder is a right wording of its own. */
  readonly missed: readonly PlantedName[];
}

/** Whether each planted slip of each protected name is found where it stands. */
export function measureNames(
  checker: TextChecker,
  names: readonly string[],
  characters: Characters,
): VetoFigures {
  const missed: PlantedName[] = [];
  let planted = 0;
  for (const name of names) {
    const slips = plantName(name, characters);
    planted += slips.length;
    // One text a name: the check is made for articles, and is quicker with them than with a thousand of one sentence.
    const raw = slips.map(({ text }) => text).join('\n');
    const { findings } = checker.check({ raw, at: '2021-01-01', html: false });
    const found = findings.filter((one) => one.class === 'protectedName');
    let from = 0;
    let next = 0;
    for (const slip of slips) {
      while (next < found.length && found[next]!.end <= from + slip.start) next += 1;
      if ((found[next]?.start ?? Number.POSITIVE_INFINITY) >= from + slip.end) missed.push(slip);
      from += slip.text.length + 1;
    }
  }
  return { planted, found: planted - missed.length, missed };
}

export interface CleanFigures {
  readonly characters: number;
  readonly sentences: number;
  /** False alarms by class. */
  readonly alarms: Readonly<Record<string, number>>;
}

/** What the check says of official text that is right. */
export async function measureClean(checker: TextChecker): Promise<CleanFigures> {
  let [characters, sentences] = [0, 0];
  const alarms: Record<string, number> = {};
  for (const { text } of await readCleanText()) {
    characters += text.replace(/\s/g, '').length;
    sentences += text.split(/[。！？\n]+/).filter((one) => one !== '').length;
    for (const one of checker.check({ raw: text, at: '2021-10-01' }).findings)
      alarms[one.class] = (alarms[one.class] ?? 0) + 1;
  }
  return { characters, sentences, alarms };
}

export interface SentenceFigures {
  readonly unchanged: number;
  readonly changed: number;
  /** Wrong sentences that became exactly the right ones. */
  readonly mended: number;
  /** Wrong sentences in which something was found, but that did not become the right ones. */
  readonly wronglyMended: number;
  /** Right sentences in which anything was found. */
  readonly falseAlarms: number;
  readonly falseAlarmRate: number;
  readonly precision: number;
  readonly recall: number;
  /** As the published tables count: precision over the right sentences. */
  readonly f1: number;
  /** The stricter count: every sentence that was altered stands in the denominator. */
  readonly strictF1: number;
}

export type SentencePair = readonly [written: string, right: string];

/** A pair with what was found in the written sentence. */
interface LookedPair {
  readonly pair: SentencePair;
  readonly findings: readonly TextFinding[];
}

/** Sentence-level figures over pairs of a written and a right sentence; every finding that proposes something is applied. */
export function measureSentences(
  checker: TextChecker,
  pairs: readonly SentencePair[],
): SentenceFigures {
  return figuresOf(look(checker, pairs), 0);
}

const look = (checker: TextChecker, pairs: readonly SentencePair[]): LookedPair[] =>
  pairs.map((pair) => ({
    pair,
    findings: checker.check({ raw: pair[0], at: '2021-01-01', html: false }).findings,
  }));

const FOLDS = 5;
/** False alarms on right sentences that are allowed where a threshold is chosen (issue: at most 2 %). */
const FALSE_ALARMS_MAX = 0.02;
/** Least confidences of a typo between which is chosen; the first lets through all that the check says. */
const THRESHOLDS = Array.from({ length: 15 }, (_, step) => (step === 0 ? 0 : 0.68 + step * 0.02));

/**
 * The same with a least confidence of typos that is chosen on four fifths (best F1 at most 2 % false alarms) and reported on the fifth,
 * five times: what choosing it on these sentences would give on others of their kind. `chosen` = the confidence of each fold.
 */
export function crossValidate(
  checker: TextChecker,
  pairs: readonly SentencePair[],
): SentenceFigures & { readonly chosen: readonly number[] } {
  const looked = look(checker, pairs);
  const held: { looked: LookedPair[]; least: number }[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const rest = looked.filter((_, at) => at % FOLDS !== fold);
    const usable = THRESHOLDS.map((least) => ({ least, ...figuresOf(rest, least) })).filter(
      ({ falseAlarmRate }) => falseAlarmRate <= FALSE_ALARMS_MAX,
    );
    const [best] = usable.sort((one, other) => other.f1 - one.f1);
    // Where none keeps the limit, the strictest comes nearest.
    const least = best?.least ?? THRESHOLDS.at(-1)!;
    held.push({ looked: looked.filter((_, at) => at % FOLDS === fold), least });
  }
  const kept = held.flatMap(({ looked: fold, least }) => withConfidence(fold, least));
  return { ...figuresOf(kept, 0), chosen: held.map(({ least }) => least) };
}

const withConfidence = (looked: readonly LookedPair[], least: number): LookedPair[] =>
  looked.map(({ pair, findings }) => ({
    pair,
    findings: findings.filter((one) => one.class !== 'typo' || one.confidence >= least),
  }));

function figuresOf(looked: readonly LookedPair[], least: number): SentenceFigures {
  let [unchanged, mended, wronglyMended, falseAlarms] = [0, 0, 0, 0];
  for (const {
    pair: [written, right],
    findings,
  } of withConfidence(looked, least)) {
    if (written === right) {
      unchanged += 1;
      if (findings.length > 0) falseAlarms += 1;
      continue;
    }
    const characters = [...written];
    for (const { start, end, suggestion } of [...findings].reverse())
      if (suggestion !== '') characters.splice(start, end - start, ...suggestion);
    if (characters.join('') === right) mended += 1;
    else if (findings.length > 0) wronglyMended += 1;
  }
  const changed = looked.length - unchanged;
  const recall = mended / changed;
  const precision = mended / (mended + falseAlarms);
  const strict = mended / (mended + falseAlarms + wronglyMended);
  const harmonic = (one: number): number =>
    one + recall === 0 ? 0 : (2 * one * recall) / (one + recall);
  return {
    ...{ unchanged, changed, mended, wronglyMended, falseAlarms, precision, recall },
    falseAlarmRate: falseAlarms / unchanged,
    f1: harmonic(precision),
    strictF1: harmonic(strict),
  };
}

/**
 * The first half of EC-LAW (Apache-2.0, third-party) beside the repository, or null where it is not: it must not ship. Even lines chose
 * the thresholds; odd lines only reported until their false alarms were looked at (docs/decisions/0024).
 */
export async function readLegalSentences(): Promise<{
  readonly chosenOn: readonly SentencePair[];
  readonly reportedOn: readonly SentencePair[];
  /** Both, in the order of the file. */
  readonly all: readonly SentencePair[];
} | null> {
  const file = new URL('../../../../../shared/data/text/ec-law-dev.tsv', import.meta.url);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const pairs = text
    .trim()
    .split('\n')
    .map((line) => line.split('\t') as unknown as SentencePair);
  return {
    all: pairs,
    chosenOn: pairs.filter((_, at) => at % 2 === 0),
    reportedOn: pairs.filter((_, at) => at % 2 === 1),
  };
}
