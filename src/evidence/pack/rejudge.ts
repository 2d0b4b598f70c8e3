import type { FactSet } from '../../domain/fact.ts';
import { canonicalJson } from '../../domain/resolve-ruleset.ts';
import type { Rule, Ruleset } from '../../domain/ruleset.ts';
import { INDICATORS } from '../../indicators/index.generated.ts';
import { judgeSubject } from '../../scoring/index.ts';
import type { PackedFacts, PackedFindings, PackedRuleset } from './verify-pack.ts';

/** `same` = judged again, with the same result; `different` names the rules that came out otherwise; `none` = only persons judged. */
export interface Rejudged {
  readonly outcome: 'same' | 'different' | 'none';
  readonly rules: readonly string[];
}

/**
 * Judges the packed facts again (DESIGN law 2). A difference is no damage: the pack is whole, and the indicators of this
 * version differ from those of its day.
 */
export function rejudge(
  findings: PackedFindings,
  facts: PackedFacts,
  ruleset: PackedRuleset,
): Rejudged {
  const byKey = Object.fromEntries(facts.map((fact) => [fact.key, fact])) as unknown as FactSet;
  const different: string[] = [];
  let judged = 0;
  for (const { rule: ruleId, source, judgement } of findings) {
    const rule = ruleset.rules.find((each) => each.id === ruleId) as unknown as Rule | undefined;
    const isOurs = source === 'machine' && INDICATORS.some(({ id }) => id === ruleId);
    if (!rule || !isOurs) continue;
    judged += 1;
    if (canonicalJson(judgeAgain(ruleset, rule, byKey)) !== canonicalJson(judgement))
      different.push(ruleId);
  }
  if (different.length > 0) return { outcome: 'different', rules: different };
  return { outcome: judged > 0 ? 'same' : 'none', rules: [] };
}

function judgeAgain(ruleset: PackedRuleset, rule: Rule, facts: FactSet): unknown {
  const one = { ...ruleset, rules: [rule] } as unknown as Ruleset;
  try {
    const kind = rule.object === 'new-media' ? 'account' : 'site';
    return judgeSubject(one, INDICATORS, facts, kind)[0]?.judgement ?? null;
  } catch {
    // Facts of another version may lack what today's indicator reads.
    return null;
  }
}
