import { describe, expect, it } from 'vitest';
import { isUnread, whyNotAllRead } from './unread-pages.ts';

describe('pages whose words nobody saw', () => {
  it.each([
    ['blocked', 'page', true],
    ['failed', 'frame', true],
    ['failed', 'image', false],
    ['http-error', 'page', false],
    ['skipped', 'page', false],
    ['page', 'page', false],
  ] as const)('%s %s: %s', (outcome, kind, unread) => {
    expect(isUnread({ outcome, kind })).toBe(unread);
  });

  it.each([
    [{ complete: false, hitLimits: ['已达单站 5 次请求的上限'] }, 0, '已达单站 5 次请求的上限'],
    [{ complete: false, hitLimits: [] }, 0, '网站没有走遍'],
    [
      { complete: true, hitLimits: [] },
      3,
      '有 3 个网页没有读到或没有读完（被拦截、没有应答、过大）',
    ],
    [{ complete: true, hitLimits: [] }, 0, null],
  ])('%j with %i unread: %s', (walk, unread, why) => {
    expect(whyNotAllRead(walk, unread)).toBe(why);
  });
});
