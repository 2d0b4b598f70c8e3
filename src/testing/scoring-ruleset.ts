import { readFileSync } from 'node:fs';
import { resolveRuleset } from '../domain/resolve-ruleset.ts';
import { isScored, type Ruleset } from '../domain/ruleset.ts';
import { testRuleset } from './test-ruleset.ts';

/** 该项总分值 in 分, by entry, in the ruleset's order: 100 in all, 25 of them 办事服务; and 30 of bonus. Invented for tests. */
const CAPS: Readonly<Record<string, number>> = {
  ...{ overview: 4, functions: 4, leaders: 4, news: 5, 'policy-files': 5, interpretation: 5 },
  ...{ 'interpretation-ratio': 3, 'other-columns': 5 },
  ...{ items: 5, guide: 5, 'guide-accuracy': 5, forms: 5, stats: 5 },
  ...{ submit: 4, 'messages-open': 6, reply: 4, surveys: 6 },
  ...{ 'domain-name': 2, marks: 3, 'find-error': 2, availability: 4, search: 3 },
  ...{ 'single-login': 1, tags: 1, compat: 1, ipv6: 3 },
};
const BONUS_CAP = 5;
const CENTI = 100;

/** The national ruleset with every deduction and bonus switched on; where the standard's own points are not known, one takes the cap. */
export function scoringRuleset(): Ruleset {
  const national = testRuleset('national-2019');
  const file = new URL('../../rulesets/national-2019.json', import.meta.url);
  const changes = national.rules.filter(isScored).map(({ id, entryId, part, points }) => {
    const cap = part === 'bonus' ? BONUS_CAP : CAPS[entryId.replace('portal.deduct.', '')];
    if (cap === undefined) throw new Error(`${entryId} 没有总分值`);
    return {
      ...{ id, enabled: true, reason: '试验', points: points ?? cap * CENTI, cap: cap * CENTI },
    };
  });
  return resolveRuleset([
    JSON.parse(readFileSync(file, 'utf8')) as unknown,
    { id: 'scoring', title: '全部计分', source: '试验', extends: 'national-2019', changes },
  ]);
}
