import { describe, expect, it } from 'vitest';
import { isBroken, linkClassWords, outcomesWords, wordClassWords } from './survey-words.ts';

describe('a survey in words', () => {
  it('says what came of its visits, most first', () => {
    expect(outcomesWords({ file: 780, page: 2_400, 'http-error': 20 })).toBe(
      '网页 2,400，文件 780，返回 4xx、5xx 20',
    );
    expect(outcomesWords({})).toBe('');
  });

  it.each([
    ['dead', true],
    ['wrongTarget', true],
    ['blocked', false],
    ['unobserved', false],
    ['moved', false],
  ] as const)('%s accuses: %s', (name, broken) => {
    expect(isBroken(name)).toBe(broken);
    expect(linkClassWords(name)).not.toBe(name);
  });

  it('leaves a class that an office named as it is', () => {
    expect([wordClassWords('typo'), wordClassWords('地名')]).toEqual(['错别字', '地名']);
  });
});
