import { describe, expect, it } from 'vitest';
import { unobserved } from '../../domain/fact.ts';
import { evidenceIn } from '../../domain/finding.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import { siteText, wording } from '../../testing/facts/text-views.ts';
import { accountExpression } from './security.expression.ts';

type Values = Parameters<typeof factSet>[0];
const titles = (more: Parameters<typeof siteText>[0] = {}): Values => ({
  'account.text': siteText({
    complete: false,
    incompleteReason: '只查了标题，没有查正文',
    ...more,
  }),
});

describe('media.veto.security.expression', () => {
  it.each<[string, Values, number]>([
    ['suspected in a title', titles({ findings: [wording()] }), 1],
    [
      'an ordinary slip is no such thing',
      titles({ findings: [wording({ severity: 'ordinary' })] }),
      0,
    ],
    ['clean titles say nothing of what stands below them', titles(), 0],
    ['not checked', {}, 0],
    ['could not be checked', { 'account.text': unobserved('词库打不开') }, 0],
  ])('%s: for people, never a breach', (_name, values, evidence) => {
    const judgement = accountExpression.judge(factSet(values), {});
    expect([judgement.status, evidenceIn(judgement).length]).toEqual(['undetermined', evidence]);
  });
});
