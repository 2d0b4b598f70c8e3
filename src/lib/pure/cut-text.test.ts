import { describe, expect, it } from 'vitest';
import { cutText } from './cut-text.ts';

describe('cutting text', () => {
  it.each([
    ['short text stays', '通知😀', 10, '通知😀'],
    ['text of just the length stays', '通知😀', 4, '通知😀'],
    ['a cut inside a character goes before it', '通知😀公告', 3, '通知'],
    ['a cut behind a character keeps it', '通知😀公告', 4, '通知😀'],
    ['the second half alone stays as it was', 'a\uDE00bc', 2, 'a\uDE00'],
    ['rare Chinese characters are such, too', '𠮷𠮷𠮷', 5, '𠮷𠮷'],
    ['nothing', '', 3, ''],
    ['to nothing', '😀', 1, ''],
  ])('%s', (_name, text, max, cut) => {
    expect(cutText(text, max)).toBe(cut);
  });
});
