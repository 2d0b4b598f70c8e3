import { observed, unobserved } from '../../domain/fact.ts';
import type { Site } from '../../domain/subject.ts';
import { CONTROL_URLS, ControlTargets } from '../../gather/probe/control-targets.ts';
import { checkLinks, FAILING_BODIES_MAX, FailingBodies, linkBrowser } from '../../survey/index.ts';
import { recordFact } from '../record-facts.ts';
import { type KeptFacts, withoutOriginals } from './kept-facts.ts';
import type { RoundContext } from './round-context.ts';

/**
 * A sample of a portal's pages and what they link to (可用性); the whole of a site is `xunjian site links`. Together with the crawl
 * it stays within the half hour that a site's job has.
 */
export const LINK_SAMPLE = {
  walk: { requests: 400, bytes: 200 * 1024 * 1024, milliseconds: 7 * 60_000 },
  probe: { requests: 4_000, milliseconds: 7 * 60_000 },
  browse: { links: 30, perHost: 8, milliseconds: 3 * 60_000 },
} as const;
/** A fault that passes is over by then; a simulated world has none that lasts. */
const LATER = { ruledMs: 1_000, outsideMs: 30_000 } as const;
const AT_ONCE = 8;

/** What of a round the links of one site depend on. */
export type LinkContext = Pick<RoundContext, 'outside' | 'now' | 'browser'> & {
  readonly deps: Pick<RoundContext['deps'], 'userAgent' | 'archive'>;
  readonly round: Pick<RoundContext['round'], 'id' | 'clock' | 'resolveRules' | 'ruleset'>;
};

/**
 * Checks the links of a portal whose ruleset counts them; nothing for any other site. A round that is made up for a past period does
 * not look: today's dead links are not that period's. What answered at broken
 * links is archived under the round, and the rows point at it.
 */
export async function gatherLinks(
  { deps, round, outside, now, browser }: LinkContext,
  site: Pick<Site, 'id' | 'homeUrl' | 'isPortal'>,
  signal: AbortSignal,
): Promise<KeptFacts> {
  const isCounted = round.ruleset.rules.some(
    ({ id, enabled }) => id === 'portal.deduct.availability' && enabled,
  );
  if (!site.isPortal || !isCounted) return withoutOriginals();
  const origin = { subjectId: site.id, gatherer: 'survey/links', gatheredAt: now() };
  if (round.clock === 'replay')
    return withoutOriginals(
      recordFact('site.links', unobserved('补采的批次不看现在的链接'), origin),
    );
  // Asked only about hosts outside the resolve rules: without a line nobody can tell whether they are there.
  const controls = new ControlTargets(outside, CONTROL_URLS);
  const intake = deps.archive.begin(round.id);
  const bodies = new FailingBodies(intake);
  const { summary } = await checkLinks({
    ...{ homeUrl: site.homeUrl, fetcher: outside, userAgent: deps.userAgent, signal, now },
    ...{ walkBudget: LINK_SAMPLE.walk, probeBudget: LINK_SAMPLE.probe },
    ...{ later: LATER, atOnce: AT_ONCE, isOwnLineDown: () => controls.isOwnFault('dns') },
    ...{ ...linkBrowser(browser, outside, LINK_SAMPLE.browse), bodies },
  });
  signal.throwIfAborted();
  if (summary.pages === 0)
    return withoutOriginals(
      recordFact('site.links', unobserved('首页没有读到，没有链接可查'), origin),
    );
  await intake.settle();
  // Whoever may see the site may open what the fact names: these answers stand in no other table.
  const { snapshots } = bodies;
  const kept = { ...origin, snapshots, snapshotsMax: FAILING_BODIES_MAX };
  return {
    facts: [recordFact('site.links', observed(summary), kept)],
    index: (trx) => intake.index(trx),
  };
}
