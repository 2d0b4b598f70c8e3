import { describe, expect, it } from 'vitest';
import { urlKey } from './canonical-url.ts';
import { packLinks, unpackLinks } from './pack-links.ts';
import { SeenKeys } from './seen-keys.ts';

describe('keys of addresses', () => {
  it('packed links come out as they went in', () => {
    const links = (['page', 'frame', 'image', 'asset', 'form'] as const).flatMap((kind, at) =>
      [0, 1, 4_294_967_295, 2 ** 53 - 1, urlKey(`http://a.cn/${at}`, 7)].map((key) => ({
        key,
        kind,
        guessed: at % 2 === 1,
      })),
    );
    expect(unpackLinks(packLinks(links))).toEqual(links);
    expect(packLinks(links).byteLength).toBe(links.length * 8);
  });

  it('what was seen is known, up to the limit', () => {
    const seen = new SeenKeys(200_000);
    const keys = Array.from({ length: 100_000 }, (_, at) => urlKey(`http://a.cn/t${at}.html`, 1));
    expect(keys.filter((key) => seen.add(key))).toHaveLength(100_000);
    expect(keys.filter((key) => seen.add(key))).toHaveLength(0);
    const small = new SeenKeys(1_000);
    for (const key of keys) small.add(key);
    expect(small.size).toBeLessThanOrEqual(2_000);
  });
});
