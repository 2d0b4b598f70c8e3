import { type Characters, LIKENESSES, type Likeness } from './characters.ts';
import { step } from './double-array.ts';
import {
  segment,
  type Token,
  UNKNOWN,
  WORD_KINDS,
  WORD_LENGTH_MAX,
  type WordModel,
} from './word-model.ts';

/**
 * Ordinary typos by a noisy channel: a reading with other characters is proposed only where it is far more likely as words than
 * what is written, the cost of the confusions included. Only places that do not read as words are looked at.
 *
 * The numbers were chosen on one half of the labelled sentences and on clean official text, never on a sentence's answer; what
 * they give on the other half is in docs/generated (`npm run bench -- text`).
 */
export interface TypoSettings {
  /** Cost of any change, and of each confusion on top of it, in natural logarithms. */
  readonly changeCost: number;
  readonly confusionCost: Readonly<Record<Likeness, number>>;
  /** How much more likely the other reading must be. */
  readonly margin: number;
}

export const TYPO_SETTINGS: TypoSettings = {
  changeCost: 2,
  confusionCost: { sound: 2, nearSound: 5, shape: 3.6, strokes: 6 },
  margin: 3.4,
};

/** Rarer words are not proposed: too many of them are names and odd compounds. */
const PROPOSED_LENGTH_MAX = 6;
const PROPOSED_WEIGHT = Math.log(20 / 60_000_000);
/** A single character that is more usual than this (的, 在, 和 …) reads well on its own. */
const STRONG_SINGLE = -6.6;
/** Words rarer than this may themselves be made of a typo. */
const WEAK_WORD = Math.log(3 / 60_000_000);
/** How far from a weak place another reading may begin. */
const REACH = 3;
/** Characters rarer than this do not stand alone in a sentence that reads well. */
const LEFTOVER_SINGLE = -8;
const LEFTOVER_MARGIN = 4;
/** More changes in one stretch mean that it is no prose: a table, a formula, another dialect. */
const CHANGES_MAX = 8;
/** Longest stretch read at once: longer runs without punctuation are cut. */
const RUN_MAX = 400;

export interface Typo {
  readonly start: number;
  readonly end: number;
  readonly suggestion: string;
  /** How much more likely the suggestion is, in natural logarithms. */
  readonly gain: number;
}

/** Typos of `text` between `from` and `to`, which hold Chinese characters only. */
export function findTypos(
  model: WordModel,
  characters: Characters,
  text: string,
  from: number,
  to: number,
  settings: TypoSettings = TYPO_SETTINGS,
): Typo[] {
  const found: Typo[] = [];
  for (let start = from; start < to; start += RUN_MAX) {
    const end = Math.min(to, start + RUN_MAX);
    const tokens = segment(model, text, start, end);
    for (const window of weakWindows(model, tokens, start, end))
      found.push(...readAgain(model, characters, text, window, settings));
  }
  return found;
}

interface Window {
  readonly from: number;
  readonly to: number;
}

/** Stretches around what does not read as words, widened to whole words. */
function weakWindows(
  model: WordModel,
  tokens: readonly Token[],
  from: number,
  to: number,
): Window[] {
  const windows: { from: number; to: number }[] = [];
  for (const token of tokens) {
    if (!isWeak(model, token)) continue;
    const start = Math.max(from, token.start - REACH);
    const end = Math.min(to, token.end + REACH);
    const last = windows.at(-1);
    if (last && start <= last.to) last.to = end;
    else windows.push({ from: start, to: end });
  }
  for (const window of windows) {
    window.from = tokens.find((token) => token.end > window.from)!.start;
    window.to = tokens.findLast((token) => token.start < window.to)!.end;
  }
  return windows;
}

function isWeak(model: WordModel, token: Token): boolean {
  if (token.word < 0) return true;
  const weight = model.weight[token.word]!;
  if (token.end - token.start === 1) return weight < STRONG_SINGLE;
  return weight < WEAK_WORD && model.kind[token.word] !== WORD_KINDS.name;
}

/** One word of a reading: as written, or with the character at `changed` (else -1) read as the unit `other`. */
interface Step {
  readonly from: number;
  readonly to: number;
  readonly changed: number;
  readonly other: number;
  readonly weight: number;
}

function readAgain(
  model: WordModel,
  characters: Characters,
  text: string,
  window: Window,
  settings: TypoSettings,
): Typo[] {
  const steps: Step[] = [];
  const costs = LIKENESSES.map((one) => settings.changeCost + settings.confusionCost[one]);
  for (let at = window.from; at < window.to; at += 1)
    collectSteps(model, characters, text, at, window.to, costs, steps);
  const best = bestReading(steps, window, () => true);
  const typos: Typo[] = [];
  if (best.steps.filter(({ changed }) => changed >= 0).length > CHANGES_MAX) return typos;
  for (const { from, to, changed, other } of best.steps) {
    if (changed < 0) continue;
    const without = bestReading(steps, window, (step) => step.changed < from || step.changed >= to);
    const gain = best.weight - without.weight;
    const beside = best.steps.filter((one) => one.to === from || one.from === to);
    const extra = beside.some(isLeftover) ? LEFTOVER_MARGIN : 0;
    if (gain < settings.margin + extra) continue;
    const suggestion =
      text.slice(from, changed) + String.fromCharCode(other) + text.slice(changed + 1, to);
    typos.push({ start: from, end: to, suggestion, gain });
  }
  return typos;
}

/** A rare character that stays alone beside a correction: then the place is a name or a term of a trade, which no word mends. */
const isLeftover = (one: Step): boolean =>
  one.changed < 0 && one.to - one.from === 1 && one.weight < LEFTOVER_SINGLE;

/** Every word that begins at `at`, as written or with one character changed. */
function collectSteps(
  model: WordModel,
  characters: Characters,
  text: string,
  at: number,
  to: number,
  costs: readonly number[],
  steps: Step[],
): void {
  const { trie, weight } = model;
  const end = Math.min(to, at + WORD_LENGTH_MAX);
  const longest = Math.min(end, at + PROPOSED_LENGTH_MAX);
  let known = false;
  let state = 0;
  for (let next = at; next < end && state >= 0; next += 1) {
    if (next < longest)
      collectChanged(model, characters, text, at, next, state, longest, costs, steps);
    state = step(trie, state, text.charCodeAt(next));
    const word = state < 0 ? -1 : trie.word[state]!;
    if (word < 0) continue;
    if (next === at) known = true;
    steps.push({ from: at, to: next + 1, changed: -1, other: 0, weight: weight[word]! });
  }
  if (!known) steps.push({ from: at, to: at + 1, changed: -1, other: 0, weight: UNKNOWN });
}

/** The words that begin at `at`, go on as written up to `changed` (where the trie is in `state`), and have another character there. */
function collectChanged(
  model: WordModel,
  characters: Characters,
  text: string,
  at: number,
  changed: number,
  state: number,
  longest: number,
  costs: readonly number[],
  steps: Step[],
): void {
  const { trie, weight } = model;
  const { units, kinds } = characters.row(text.charCodeAt(changed));
  for (let index = 0; index < units.length; index += 1) {
    const other = units[index]!;
    let reached = step(trie, state, other);
    for (let to = changed + 1; reached >= 0; to += 1) {
      const word = trie.word[reached]!;
      if (word >= 0 && to - at > 1 && weight[word]! >= PROPOSED_WEIGHT)
        steps.push({ from: at, to, changed, other, weight: weight[word]! - costs[kinds[index]!]! });
      reached = to < longest ? step(trie, reached, text.charCodeAt(to)) : -1;
    }
  }
}

/** The most likely sequence of steps, which come in the order of their starts. */
function bestReading(
  steps: readonly Step[],
  window: Window,
  allowed: (step: Step) => boolean,
): { weight: number; steps: Step[] } {
  const best = new Float64Array(window.to - window.from + 1).fill(Number.NEGATIVE_INFINITY);
  const last: (Step | undefined)[] = [];
  best[0] = 0;
  for (const one of steps) {
    if (one.changed >= 0 && !allowed(one)) continue;
    const weight = best[one.from - window.from]! + one.weight;
    if (weight <= best[one.to - window.from]!) continue;
    best[one.to - window.from] = weight;
    last[one.to - window.from] = one;
  }
  const chosen: Step[] = [];
  for (let at = window.to; at > window.from; ) {
    const one = last[at - window.from]!;
    chosen.push(one);
    at = one.from;
  }
  return { weight: best.at(-1)!, steps: chosen.reverse() };
}
