import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Secret } from '../lib/pure/secret.ts';
import { Keys } from './keys.ts';
import { sealingOf } from './sealing.ts';

const keysOf = (byte: number, ...former: number[]): Keys =>
  new Keys(
    Buffer.alloc(32, byte),
    former.map((each) => Buffer.alloc(32, each)),
  );
const PLACE = 'account:12';
const sealing = sealingOf(keysOf(7));
const sealed = sealing.seal(PLACE, new Secret('一个 AppSecret'));
const changed = (at: number): string => {
  const bytes = Buffer.from(sealed, 'base64url');
  bytes[at < 0 ? bytes.length + at : at]! ^= 1;
  return bytes.toString('base64url');
};

describe('what is sealed', () => {
  it('opens at its place, and shows nothing', () => {
    expect(sealing.open(PLACE, sealed).reveal()).toBe('一个 AppSecret');
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('AppSecret');
  });

  it('looks different every time', () => {
    expect(sealing.seal(PLACE, new Secret('同一个'))).not.toBe(
      sealing.seal(PLACE, new Secret('同一个')),
    );
  });

  it.each(['', 'a', 'x'.repeat(15), 'x'.repeat(16), '长'.repeat(5_000)])(
    'opens again whatever its length (%#)',
    (text) => {
      expect(sealing.open(PLACE, sealing.seal(PLACE, new Secret(text))).reveal()).toBe(text);
    },
  );

  it.each<[string, string, string]>([
    ['the version', changed(0), 'secret.broken'],
    ['the name of the key', changed(2), 'secret.foreign'],
    ['the IV', changed(8), 'secret.broken'],
    ['the text', changed(25), 'secret.broken'],
    ['the MAC', changed(-1), 'secret.broken'],
    ['its end', sealed.slice(0, -8), 'secret.broken'],
    ['everything: nothing is left', '', 'secret.broken'],
    ['everything: plain text', 'plain:一个 AppSecret', 'secret.broken'],
  ])('does not open when somebody changed %s', (_name, text, code) => {
    expect(() => sealing.open(PLACE, text)).toThrow(expect.objectContaining({ code }));
  });

  it('does not open at another place, or for another purpose, or under another key', () => {
    expect(() => sealing.open('account:13', sealed)).toThrow(
      expect.objectContaining({ code: 'secret.broken' }),
    );
    for (const other of [sealingOf(keysOf(7), 'other'), sealingOf(keysOf(8))])
      expect(() => other.open(PLACE, sealed)).toThrow(
        expect.objectContaining({ code: 'secret.foreign' }),
      );
  });

  it('is refused when too long', () => {
    expect(() => sealing.seal(PLACE, new Secret('x'.repeat(16_001)))).toThrow(
      expect.objectContaining({ code: 'secret.long' }),
    );
  });
});

describe('a change of the key', () => {
  it('opens what the former key sealed, and seals by the new one', () => {
    const both = sealingOf(keysOf(8, 7));
    expect([both.isCurrent(sealed), both.open(PLACE, sealed).reveal()]).toEqual([
      false,
      '一个 AppSecret',
    ]);
    const anew = both.seal(PLACE, both.open(PLACE, sealed));
    expect([both.isCurrent(anew), sealingOf(keysOf(8)).open(PLACE, anew).reveal()]).toEqual([
      true,
      '一个 AppSecret',
    ]);
  });

  it('is kept in the file before anything is sealed by it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'keys-'));
    const path = join(folder, 'secret.key');
    const keys = await Keys.open(path, null);
    const before = keys.seal('totp', '种子');
    await keys.change();
    const reopened = await Keys.open(path, null);
    expect([reopened.hasFormer, reopened.unseal('totp', before)]).toEqual([true, '种子']);
    expect(
      sealingOf(reopened)
        .open(PLACE, sealingOf(keys).seal(PLACE, new Secret('新')))
        .reveal(),
    ).toBe('新');
    await reopened.forgetFormer();
    const last = await Keys.open(path, null);
    expect([last.hasFormer, last.unseal('totp', before)]).toEqual([false, null]);
    expect(await readdir(folder)).toEqual(['secret.key']);
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(1);
    await rm(folder, { recursive: true });
  });

  it.each([['short'], [''], [`${'A'.repeat(43)},short`]])(
    'refuses the setting “%s”',
    async (given) => {
      await expect(Keys.open('/nowhere', given)).rejects.toMatchObject({ code: 'config.invalid' });
    },
  );
});
