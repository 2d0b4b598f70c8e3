import { describe, expect, it } from 'vitest';
import { readableDomain } from './readable-domain.ts';

/** A name as a browser sends it. */
const sent = (name: string): string => new URL(`http://${name}/`).hostname;

describe('readable domain names', () => {
  it.each([
    'www.a.gov.cn',
    '某市.政务',
    'www.湖南省人民政府.政务',
    'bücher.example',
    '示例a1.中国',
  ])('%s', (name) => {
    expect(readableDomain(sent(name))).toBe(name);
  });

  it.each(['xn--', 'xn--!!', 'xn--99999999', `xn--${'a'.repeat(200)}`])(
    '%s cannot be decoded',
    (name) => {
      expect(typeof readableDomain(name)).toBe('string');
      expect(readableDomain(name).isWellFormed()).toBe(true);
    },
  );
});
