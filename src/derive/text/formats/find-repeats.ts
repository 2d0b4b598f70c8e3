import type { Candidate } from '../candidate.ts';
import { readPlace } from '../reading.ts';
import type { WordModel } from '../word-model.ts';

/**
 * Characters and phrases written twice: 的的, 我我们, 关于印发关于印发. Where the two belong to words (天天, 为了了解, 人民民主, 的士) or may be
 * two words (和和平, 对对方, 将将军), they are right.
 */
export function findRepeats(model: WordModel, text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const match of text.matchAll(TWICE)) {
    const start = match.index;
    if (text[start - 1] === match[1] || text[start + 2] === match[1]) continue;
    if (isSlip(model, text, start)) found.push(candidate(start, 2, match[1]!, 0.85));
  }
  for (const match of text.matchAll(PHRASE_TWICE)) {
    const [whole, phrase] = match as unknown as [string, string];
    if (new Set(phrase).size < PHRASE_VARIETY) continue;
    found.push(candidate(match.index!, whole.length, phrase, 0.8));
  }
  return found;
}

/** Characters that are not doubled in any phrase, unless both belong to other words. */
const TWICE = /([的了是在与及或我你他她它们这那其该并但已被把且而之以])\1/g;
/** A phrase of four to twelve characters twice in succession. */
const PHRASE_TWICE = /([\u3400-\u9fff]{4,12})\1/g;
const PHRASE_VARIETY = 3;
const PRONOUN = new Set('我你他她它这那其该');

function isSlip(model: WordModel, text: string, start: number): boolean {
  const reading = readPlace(model, text, start, start + 2);
  const [first, second] = [reading.wordAt(start).length, reading.wordAt(start + 1).length];
  if (first === 1 && second === 1) return true;
  return first === 1 && second > 1 && PRONOUN.has(text[start]!);
}

function candidate(start: number, length: number, once: string, confidence: number): Candidate {
  return {
    start,
    end: start + length,
    suggestion: once,
    class: 'repeated',
    severity: 'ordinary',
    confidence,
    rule: 'repeated',
    reason: `疑似重复：“${once}”写了两次`,
  };
}
