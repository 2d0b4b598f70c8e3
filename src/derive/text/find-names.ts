import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { Candidate } from './candidate.ts';
import type { Characters } from './characters.ts';
import { gapsInside } from './find-terms.ts';
import { judgeDoubled, judgeSlip, type Slip } from './judge-slip.ts';
import { isValidAt, overlapsWording, type ProtectedName } from './lexicon.ts';
import { SHORT_NAME_MAX, variantsOf } from './name-variants.ts';
import { type Edit, oneEdit, oneEditBefore } from './one-edit.ts';
import { type ReadableText, readPlain } from './readable-text.ts';
import { buildTermAutomaton, scanTerms } from './term-automaton.ts';
import type { WordModel } from './word-model.ts';

export interface NameFinder {
  /** Wrong writings of the names. */
  find(readable: ReadableText, at: CalendarDate | null): Candidate[];
  /** Where the names stand as they should: nothing inside is a typo. */
  exact(text: string): readonly Span[];
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

interface NameSpan extends Span {
  readonly name: ProtectedName;
}

/** What a pattern of the automaton means. */
type Clue =
  | { readonly kind: 'whole'; readonly name: ProtectedName }
  | { readonly kind: 'head' | 'tail'; readonly name: ProtectedName; readonly offset: number }
  | { readonly kind: 'variant'; readonly name: ProtectedName; readonly slip: Edit };

/**
 * Finds names that are written wrong by one slip. Names of four characters and more are found by their halves, of which one slip
 * leaves one intact (a swap across the middle is written out); shorter ones by all their likely variants.
 */
export function createNameFinder(
  model: WordModel,
  characters: Characters,
  names: readonly ProtectedName[],
): NameFinder {
  const clues = new Map<string, Clue[]>();
  const add = (text: string, clue: Clue): void => {
    const known = clues.get(text);
    if (known) known.push(clue);
    else clues.set(text, [clue]);
  };
  // Read as a text is, so that full-width digits and blanks of the lexicon are no others than the page's.
  for (const name of names) addClues({ ...name, name: readPlain(name.name).text }, characters, add);
  const patterns = [...clues.keys()];
  const automaton = buildTermAutomaton(patterns);
  const read = (text: string): { spans: NameSpan[]; slips: Slip[] } => {
    const spans: NameSpan[] = [];
    const slips: Slip[] = [];
    scanTerms(automaton, text, (index, end) => {
      const start = end - patterns[index]!.length;
      for (const clue of clues.get(patterns[index]!)!) {
        if (clue.kind === 'whole') spans.push({ start, end, name: clue.name });
        else slips.push(...slipOf(text, clue, start, end));
      }
    });
    return { spans, slips };
  };
  return {
    exact: (text) => read(text).spans,
    find: (readable, at) => {
      const { text } = readable;
      const { spans, slips } = read(text);
      const inside = spanIndex(spans, text.length);
      const candidates: Candidate[] = [];
      for (const slip of slips) {
        const { name, start, end } = slip;
        if (!isValidAt(name, at) || overlapsWording(text, start, end, name.exceptions)) continue;
        if (isInsideSpan(inside, slip) || isSpacedApart(readable, slip)) continue;
        const candidate = judgeSlip(model, characters, text, slip);
        if (candidate) candidates.push(candidate);
      }
      for (const { name, start, end } of spans) {
        if (!isValidAt(name, at) || inside[start - 1]! > 0 || inside[end]! > 0) continue;
        const candidate = judgeDoubled(model, text, name, start, end);
        if (candidate) candidates.push(candidate);
      }
      return candidates;
    },
  };
}

function addClues(
  name: ProtectedName,
  characters: Characters,
  add: (text: string, clue: Clue) => void,
): void {
  const text = name.name;
  add(text, { kind: 'whole', name });
  if (text.length <= SHORT_NAME_MAX) {
    for (const variant of variantsOf(text, characters)) {
      const slip = { kind: variant.kind, at: variant.at, length: variant.text.length };
      add(variant.text, { kind: 'variant', name, slip });
    }
    return;
  }
  const middle = text.length >> 1;
  add(text.slice(0, middle), { kind: 'head', name, offset: middle });
  add(text.slice(middle), { kind: 'tail', name, offset: middle });
  const swapped =
    text.slice(0, middle - 1) + text[middle]! + text[middle - 1]! + text.slice(middle + 1);
  const slip = { kind: 'swap', at: middle - 1, length: text.length } as const;
  if (swapped !== text) add(swapped, { kind: 'variant', name, slip });
}

/** The slip that a clue at a place turns out to be, as a list of one or none. */
function slipOf(
  text: string,
  clue: Exclude<Clue, { kind: 'whole' }>,
  start: number,
  end: number,
): Slip[] {
  const { name } = clue;
  if (clue.kind === 'variant') return [{ name, edit: clue.slip, start, end }];
  const whole = name.name;
  if (clue.kind === 'head') {
    const edit = oneEdit(text, end, whole.slice(clue.offset));
    if (edit === null || edit.kind === 'same') return [];
    return [
      {
        name,
        edit: { ...edit, at: edit.at + clue.offset },
        start,
        end: Math.min(text.length, end + edit.length),
      },
    ];
  }
  const edit = oneEditBefore(text, start, whole.slice(0, clue.offset));
  if (edit === null || edit.kind === 'same') return [];
  return [{ name, edit, start: Math.max(0, start - edit.length), end }];
}

/** Marks every unit that belongs to a name as it should be, with a number of the name's place. */
function spanIndex(spans: readonly Span[], length: number): Int32Array {
  const index = new Int32Array(length);
  // The longest last, so that it counts where names overlap.
  const sorted = spans
    .map((span, at) => ({ span, at }))
    .sort((a, b) => size(a.span) - size(b.span));
  for (const { span, at } of sorted) index.fill(at + 1, span.start, span.end);
  return index;
}

const size = (span: Span): number => span.end - span.start;

/** Whether the place where the slip would be belongs to a name that is written as it should be. */
function isInsideSpan(index: Int32Array, slip: Slip): boolean {
  const { start, end, edit } = slip;
  const place = start + edit.at;
  if (edit.kind === 'drop') {
    if (place <= start || place >= end) return index[start] === index[end - 1] && index[start]! > 0;
    return index[place - 1]! > 0 && index[place - 1] === index[place];
  }
  if (edit.kind === 'swap') return index[place]! > 0 && index[place] === index[place + 1];
  return index[place]! > 0;
}

/** Blanks inside a short name part two cells of a table; a name that is letter-spaced throughout is one. */
function isSpacedApart(readable: ReadableText, { start, end, name }: Slip): boolean {
  const gaps = gapsInside(readable, start, end);
  if (gaps === 0) return false;
  return name.name.length <= SHORT_NAME_MAX + 1 && gaps < end - start - 1;
}
