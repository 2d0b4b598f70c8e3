import { ipv6Fact, transportFact } from '../../derive/guideline/transport-facts.ts';
import { unobserved } from '../../domain/fact.ts';
import type { Site } from '../../domain/subject.ts';
import { lookAtTransport } from '../../gather/transport/look-at-transport.ts';
import { parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import type { NewFact } from '../fact.repository.ts';
import { recordFact } from '../record-facts.ts';
import type { RoundContext } from './round-context.ts';

/**
 * Looks at a site's transport and IPv6. A round that is made up for a past period (`replay`) does not look: today's certificate
 * and today's records are not that period's.
 */
export async function gatherTransport(
  { deps, round, outside, now }: RoundContext,
  site: Site,
  signal: AbortSignal,
): Promise<NewFact[]> {
  const origin = { subjectId: site.id, gatherer: 'transport/look', gatheredAt: now() };
  if (round.clock === 'replay') {
    const past = unobserved('补采的批次不看现在的传输和 IPv6');
    return [recordFact('site.transport', past, origin), recordFact('site.ipv6', past, origin)];
  }
  const look = await lookAtTransport({
    homeUrl: site.homeUrl,
    fetcher: outside,
    resolve: round.resolveRules.map(parseResolveRule),
    userAgent: deps.userAgent,
    now,
    signal,
  });
  // What our own stop cut off says nothing of the site: it is looked at again when the round goes on.
  signal.throwIfAborted();
  return [
    recordFact('site.transport', transportFact(look), origin),
    recordFact('site.ipv6', ipv6Fact(look), origin),
  ];
}
