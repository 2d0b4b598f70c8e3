import { describe, expect, it } from 'vitest';
import { unobserved } from '../../domain/fact.ts';
import type { BoardMessage } from '../../domain/site-facts.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import { channels, REACHABILITY, visits } from '../../testing/facts/site-views.ts';
import { interactionUnanswered } from './interaction.unanswered.ts';

type Values = Parameters<typeof factSet>[0];
const DEFAULTS = { ...REACHABILITY, lookbackMonths: 12, overdueMonths: 3 };
const asked = (askedOn: string, repliedOn: string | null = null): BoardMessage => ({
  title: '咨询落户',
  url: `http://a/${askedOn}`,
  askedOn,
  repliedOn,
  answered: repliedOn !== null,
  snapshot: null,
});
const seen = (messages: readonly BoardMessage[], unreadMessages = 0): Values => ({
  'site.visits': visits(),
  'site.channels': channels({ messages, unreadMessages }),
});

describe('site.veto.interaction.unanswered', () => {
  it.each<[string, Values, string]>([
    ['three months and a day', seen([asked('2020-06-16')]), 'breached'],
    ['three months to the day', seen([asked('2020-06-17')]), 'met'],
    ['a year to the day', seen([asked('2019-09-17')]), 'breached'],
    ['more than a year ago', seen([asked('2019-09-16')]), 'met'],
    ['answered, though late', seen([asked('2020-01-01', '2020-09-01')]), 'met'],
    ['answered without a date', seen([{ ...asked('2020-01-01'), answered: true }]), 'met'],
    [
      'one among many',
      seen([asked('2020-08-01'), asked('2020-05-01', '2020-05-03'), asked('2020-02-01')]),
      'breached',
    ],
    ['messages that cannot be read', seen([asked('2020-08-01')], 2), 'undetermined'],
    ['an old one, whatever else cannot be read', seen([asked('2020-02-01')], 2), 'breached'],
    ['no messages', seen([]), 'met'],
    ['channels not seen', { 'site.channels': unobserved('超时') }, 'undetermined'],
    ['unreachable', { ...seen([asked('2020-02-01')]), 'site.visits': visits(7) }, 'notApplicable'],
    ['nothing gathered', {}, 'undetermined'],
  ])('%s', (_name, values, status) => {
    expect(interactionUnanswered.judge(factSet(values), DEFAULTS)).toHaveProperty('status', status);
  });

  it('three months before the last of a month', () => {
    const facts = factSet(seen([asked('2020-02-28')]), '2020-05-31T15:59:59.999Z');
    expect(interactionUnanswered.judge(facts, DEFAULTS).status).toBe('breached');
    const inTime = factSet(seen([asked('2020-02-29')]), '2020-05-31T15:59:59.999Z');
    expect(interactionUnanswered.judge(inTime, DEFAULTS).status).toBe('met');
  });

  it('counts the messages and points at each', () => {
    const facts = factSet(seen([asked('2020-02-01'), asked('2020-03-01')]));
    expect(interactionUnanswered.judge(facts, DEFAULTS)).toMatchObject({
      occurrences: 2,
      evidence: [{ locator: 'http://a/2020-02-01' }, { locator: 'http://a/2020-03-01' }],
    });
  });
});
