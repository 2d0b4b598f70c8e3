import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { Candidate } from './candidate.ts';
import { isValidAt, type LexiconTerm, overlapsWording } from './lexicon.ts';
import { type ReadableText, readPlain } from './readable-text.ts';
import { readPlace } from './reading.ts';
import { buildTermAutomaton, scanTerms } from './term-automaton.ts';
import type { WordModel } from './word-model.ts';

export type TermFinder = (readable: ReadableText, at: CalendarDate | null) => Candidate[];

/** Confidence of a wording of the lexicon as it stands, and of one that is written with blanks inside. */
const CERTAIN = 0.95;
const SPACED = 0.8;

/** Finds the wordings that a lexicon holds to be wrong. */
export function createTermFinder(model: WordModel, terms: readonly LexiconTerm[]): TermFinder {
  const byWrong = new Map<string, LexiconTerm[]>();
  for (const term of terms) {
    const wrong = readPlain(term.wrong).text;
    if (wrong === '') continue;
    byWrong.set(wrong, [...(byWrong.get(wrong) ?? []), term]);
  }
  const wordings = [...byWrong.keys()];
  const automaton = buildTermAutomaton(wordings);
  return (readable, at) => {
    const found: Candidate[] = [];
    scanTerms(automaton, readable.text, (index, end) => {
      const wrong = wordings[index]!;
      const start = end - wrong.length;
      for (const term of byWrong.get(wrong)!) {
        const confidence = judge(model, readable, term, start, end, at);
        if (confidence > 0) found.push(candidateOf(term, start, end, confidence));
      }
    });
    return found;
  };
}

/** How sure it is that the term's wording stands at the place; 0 = it does not. */
function judge(
  model: WordModel,
  readable: ReadableText,
  term: LexiconTerm,
  start: number,
  end: number,
  at: CalendarDate | null,
): number {
  const { text } = readable;
  if (!isValidAt(term, at) || overlapsWording(text, start, end, term.exceptions)) return 0;
  if (term.right.includes(term.wrong) && overlapsWording(text, start, end, [term.right])) return 0;
  const short = term.severity === 'veto' || term.severity === 'serious' ? 2 : 3;
  if (end - start <= short && readPlace(model, text, start, end).explained) return 0;
  const spaced = gapsInside(readable, start, end);
  // Two cells of a table that happen to touch are no wording; one that is letter-spaced throughout is.
  if (spaced > 0 && spaced < end - start - 1) return 0;
  return spaced > 0 ? SPACED : CERTAIN;
}

/** Places inside where blanks were left out. */
export function gapsInside(readable: ReadableText, start: number, end: number): number {
  let gaps = 0;
  for (let at = start + 1; at < end; at += 1) gaps += readable.gaps[at]!;
  return gaps;
}

function candidateOf(term: LexiconTerm, start: number, end: number, confidence: number): Candidate {
  return {
    start,
    end,
    suggestion: term.right,
    class: term.class,
    severity: term.severity,
    confidence,
    rule: `lexicon:${term.wrong}`,
    reason: term.right === '' ? `词库列为不当表述：${term.wrong}` : `词库：应为“${term.right}”`,
  };
}
