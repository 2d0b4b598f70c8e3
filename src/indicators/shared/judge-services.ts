import type { FactSet, RecordedFact } from '../../domain/fact.ts';
import type { Evidence, Judgement } from '../../domain/finding.ts';
import type { ServiceGuide, ServicesView } from '../../domain/site-facts.ts';
import { evidenceOf, notApplicable } from './evidence.ts';
import {
  judgementWithoutSite,
  type ReachabilityParameters,
  undeterminedWithoutPage,
  VISIT_FACTS,
} from './unreachable-site.ts';

export const SERVICE_FACTS = [...VISIT_FACTS, 'subject.register', 'site.services'] as const;
type ServiceFacts = Pick<FactSet, (typeof SERVICE_FACTS)[number]>;

/** Runs a service rule on what was seen; a site without outward service duty is exempt by the register. */
export function withServices(
  facts: ServiceFacts,
  parameters: ReachabilityParameters,
  judge: (services: RecordedFact<ServicesView> & { state: 'observed' }) => Judgement,
): Judgement {
  const register = facts['subject.register'];
  if (register?.state === 'observed' && !register.value.hasService)
    return notApplicable('没有对外服务职能');
  const without = judgementWithoutSite(facts, parameters);
  if (without) return without;
  const services = facts['site.services'];
  if (services?.state === 'observed') return judge(services);
  return undeterminedWithoutPage(
    { facts, parameters },
    '没能看到办事服务',
    services,
    'site.services',
  );
}

/** `《…》缺少设定依据、办理地点…` as evidence. */
export function guideEvidence(fact: RecordedFact<unknown>, guide: ServiceGuide): Evidence {
  return evidenceOf(
    fact,
    guide.url,
    `“${guide.title}”缺少${guide.missing.join('、')}`,
    guide.snapshot,
  );
}
