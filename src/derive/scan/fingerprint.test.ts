import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../lib/pure/random.ts';
import { fingerprintDistance, fingerprintOf } from './fingerprint.ts';

const random = seededRandom('fingerprint');
const words = (count: number): string =>
  Array.from({ length: count }, () =>
    String.fromCharCode(0x4e00 + Math.floor(random() * 5_000)),
  ).join('');

describe('fingerprint', () => {
  it('nearly equal texts are near, others far', () => {
    for (let round = 0; round < 50; round += 1) {
      const text = words(3_000);
      const changed = `${text.slice(0, 1_500)}浏览次数：${round}${text.slice(1_510)}`;
      const one = fingerprintOf(text)!;
      expect(fingerprintDistance(one, fingerprintOf(changed)!)).toBeLessThanOrEqual(6);
      expect(fingerprintDistance(one, fingerprintOf(words(3_000))!)).toBeGreaterThan(12);
    }
  });

  it('does not see blanks, and has none for a page without words', () => {
    expect(fingerprintOf('关于 印发\n方案 的 通知')).toBe(fingerprintOf('关于印发方案的通知'));
    expect(fingerprintOf(' \n\t　')).toBe(null);
    expect(fingerprintOf('字')).toMatch(/^[0-9a-f]{16}$/);
  });
});
