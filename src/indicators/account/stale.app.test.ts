import { describe, expect, it } from 'vitest';
import type { Observation } from '../../domain/account-facts.ts';
import { evidenceIn } from '../../domain/finding.ts';
import { sight } from '../../testing/facts/account-views.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import { staleApp } from './stale.app.ts';

const on = (platform: string) =>
  ({ status: 'running', hasService: false, isPortal: false, platform }) as const;
const judge = (sights: readonly Partial<Observation>[], platform = '移动客户端') =>
  staleApp.judge(
    factSet({ 'subject.register': on(platform), 'account.observations': sights.map(sight) }),
    { seenDays: 14 },
  );

describe('media.veto.stale.app', () => {
  it.each<[string, readonly Partial<Observation>[], string, number]>([
    ['opens', [{ opens: true }], 'met', 0],
    ['who saw its newest item was inside', [{ newestOn: '2020-09-10' }], 'met', 0],
    ['who looked at its ways was inside', [{ ways: [] }], 'met', 0],
    ['does not open', [{ opens: false }], 'undetermined', 1],
    [
      'does not open, whatever was typed beside it',
      [{ opens: false, ways: ['私信'] }],
      'undetermined',
      1,
    ],
    [
      'did not open, and opens again',
      [
        { opens: false, observedAt: '2020-09-15T02:00:00.000Z' },
        { opens: true, observedAt: '2020-09-16T02:00:00.000Z' },
      ],
      'met',
      0,
    ],
    [
      'did not open a month ago: nobody knows about today',
      [{ opens: false, observedAt: '2020-08-17T02:00:00.000Z' }],
      'undetermined',
      0,
    ],
    ['nothing in it is not that it does not open', [{ newestOn: 'none' }], 'undetermined', 0],
    ['nobody looked', [], 'undetermined', 0],
  ])('%s', (_name, sights, status, evidence) => {
    const judgement = judge(sights);
    expect([judgement.status, evidenceIn(judgement).length]).toEqual([status, evidence]);
  });

  it('is about apps only', () => {
    for (const platform of ['微信公众号', '微信小程序'])
      expect(judge([{ opens: false }], platform).status).toBe('notApplicable');
  });
});
