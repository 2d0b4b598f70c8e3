import { describe, expect, it } from 'vitest';
import { type FactKey, type FactMap, unobserved } from '../../domain/fact.ts';
import type { Judgement } from '../../domain/finding.ts';
import type { Indicator, ParameterSpec } from '../../domain/indicator.ts';
import { factSet } from './build-facts.ts';
import { portalFacts } from './portal-views.ts';
import { visits } from './site-views.ts';

type Values = Parameters<typeof factSet>[0];

/** Name, what differs from a portal in order, and what the judgement is like. */
export type PortalCase = readonly [
  string,
  Values,
  Partial<Record<keyof Breach | keyof Open, unknown>>,
];
type Breach = Extract<Judgement, { status: 'breached' }>;
type Open = Extract<Judgement, { status: 'undetermined' }>;

/** What `met` and `breached` of a healthy portal are: a bonus is earned. */
const HEALTHY = { deduction: 'met', bonus: 'breached' } as const;

/**
 * Cases of one portal rule, under its defaults; and what every such rule does: a portal in order is judged, one that is not there
 * is not asked, and what could not be seen accuses nobody.
 */
export function describePortalRule<K extends FactKey, P extends Record<string, ParameterSpec>>(
  indicator: Indicator<K, P>,
  cases: readonly PortalCase[],
): void {
  const rule = indicator as unknown as Indicator;
  const parameters = Object.fromEntries(
    Object.entries(rule.parameters).map(([name, spec]) => [name, spec.default]),
  );
  const judge = (values: Values): Judgement => rule.judge(factSet(portalFacts(values)), parameters);
  const own = rule.needs.filter(
    (key) => key.startsWith('site.') && !/visits|sharedOutage|maintenance/.test(key),
  ) as (keyof FactMap)[];
  describe(rule.id, () => {
    it.each(cases)('%s', (_name, values, wanted) => {
      expect(judge(values)).toMatchObject(wanted);
    });

    it('a portal in order', () => {
      expect(judge({}).status).toBe(rule.kind === 'bonus' ? HEALTHY.bonus : HEALTHY.deduction);
    });

    it('a portal that is not there', () => {
      expect(judge({ 'site.visits': visits(140) }).status).toBe('notApplicable');
    });

    it.each(own)('without %s nobody is accused', (key) => {
      const judged = judge({ [key]: unobserved('超时') });
      expect(['undetermined', 'met']).toContain(judged.status);
      if (judged.status === 'undetermined') expect(judged.missing).toContain(key);
    });

    it('without any of its facts nobody can tell', () => {
      const unseen = Object.fromEntries(own.map((key) => [key, unobserved('超时')]));
      expect(judge(unseen)).toMatchObject({ status: 'undetermined' });
    });
  });
}
