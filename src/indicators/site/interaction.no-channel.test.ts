import { describe, expect, it } from 'vitest';
import { unobserved } from '../../domain/fact.ts';
import type { Channel } from '../../domain/site-facts.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import { channels, REACHABILITY, visits } from '../../testing/facts/site-views.ts';
import { interactionNoChannel } from './interaction.no-channel.ts';

type Values = Parameters<typeof factSet>[0];
const channel = (state: Channel['state'], more: Partial<Channel> = {}): Channel => ({
  name: '领导信箱',
  url: 'http://a/x',
  special: false,
  state,
  snapshot: null,
  ...more,
});
const PETITION = channel('form', { name: '网上信访', special: true });
const seen = (list: readonly Channel[], more = {}): Values => ({
  'site.visits': visits(),
  'site.channels': channels({ channels: list, ...more }),
});

describe('site.veto.interaction.no-channel', () => {
  it.each<[string, Values, string]>([
    ['a form', seen([channel('form')]), 'met'],
    ['a board', seen([channel('board')]), 'met'],
    ['a page', seen([channel('page')]), 'met'],
    ['another platform', seen([channel('external')]), 'met'],
    ['one of several works', seen([channel('dead'), channel('form')]), 'met'],
    [
      'an entry that is dead goes to a person',
      seen([channel('dead', { reason: '返回 404' })]),
      'undetermined',
    ],
    ['an entry not seen', seen([channel('unobserved')]), 'undetermined'],
    ['nothing anywhere', seen([]), 'breached'],
    ['only special channels', seen([PETITION]), 'breached'],
    [
      'nothing found, not all seen',
      seen([], { complete: false, incompleteReason: '预算' }),
      'undetermined',
    ],
    ['a special one found, not all seen', seen([PETITION], { complete: false }), 'undetermined'],
    ['channels not seen', { 'site.channels': unobserved('超时') }, 'undetermined'],
    ['unreachable', { ...seen([]), 'site.visits': visits(7) }, 'notApplicable'],
    ['no visits', { 'site.channels': channels() }, 'undetermined'],
    [
      'visits that nobody could make',
      { ...seen([]), 'site.visits': visits(0, { done: 0 }) },
      'undetermined',
    ],
    ['nothing gathered', {}, 'undetermined'],
  ])('%s', (_name, values, status) => {
    expect(interactionNoChannel.judge(factSet(values), REACHABILITY)).toHaveProperty(
      'status',
      status,
    );
  });

  it('nothing found proves nothing when no page was read', () => {
    const facts = factSet(seen([]));
    const fact = facts['site.channels'];
    const unread = { ...facts, ...(fact ? { 'site.channels': { ...fact, snapshots: [] } } : {}) };
    expect(interactionNoChannel.judge(unread, REACHABILITY)).toMatchObject({
      status: 'undetermined',
      reason: expect.stringContaining('没有抓取到任何页面'),
    });
  });

  it('names the special channels that do not count', () => {
    expect(interactionNoChannel.judge(factSet(seen([PETITION])), REACHABILITY)).toMatchObject({
      occurrences: 1,
      note: '只有专门渠道：网上信访',
      evidence: [{ factId: '7:site.channels' }, { locator: 'http://a/x' }],
    });
  });
});
