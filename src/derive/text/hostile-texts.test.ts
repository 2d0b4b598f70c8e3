import { describe, expect, it } from 'vitest';
import { exemptCandidates } from './exempt-candidates.ts';
import { findPersonalData } from './find-personal-data.ts';
import { findAmounts } from './formats/find-amounts.ts';
import { findImpossibleDates } from './formats/find-dates.ts';
import { findPunctuation } from './formats/find-punctuation.ts';
import { readHtml, readPlain } from './readable-text.ts';

/** Each would cost its length squared where a reader goes back, or searches to the end again and again. */
const HOSTILE = [
  ['unclosed comments', '<!--'.repeat(200_000)],
  ['unclosed scripts', '<script>'.repeat(100_000)],
  ['unclosed values', '<p title="'.repeat(100_000)],
  ['entities that are none', '&#x;'.repeat(200_000)],
  ['nested code', '<code>'.repeat(100_000)],
  ['letters without a reply', '来信内容：\n'.repeat(80_000)],
  ['one long number', '1'.repeat(500_000)],
  ['grouped digits', '1,'.repeat(200_000)],
  ['open brackets', '（'.repeat(400_000)],
  ['beginnings of addresses', 'http://'.repeat(100_000)],
] as const;

describe('hostile texts', () => {
  it.each(HOSTILE)('%s are read in one pass', (_name, raw) => {
    for (const readable of [readPlain(raw), readHtml(raw)]) {
      expect(readable.starts).toHaveLength(readable.text.length);
      const { text } = readable;
      const found = [...findPersonalData(text), ...findAmounts(text), ...findImpossibleDates(text)];
      expect(exemptCandidates(readable, [...found, ...findPunctuation(text)])).toEqual([]);
    }
  });

  it('keeps the places of characters outside the basic plane', () => {
    const { text, starts, ends } = readPlain('😀中\u200b 国');
    expect(text.endsWith('中国')).toBe(true);
    expect([...starts].slice(-2)).toEqual([1, 4]);
    expect([...ends].slice(-2)).toEqual([2, 5]);
  });
});
