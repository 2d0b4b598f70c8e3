import { createSiteReader } from '../../derive/site/index.ts';
import type { FetchedPage, SiteReader } from '../../domain/crawl.ts';
import type { Fact, FactKey } from '../../domain/fact.ts';
import type { Account, Site } from '../../domain/subject.ts';
import { RenderPool } from '../../gather/browser/render-pool.ts';
import { crawlSite } from '../../gather/crawl/crawl-site.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { portalAbove } from '../../registry/index.ts';
import { openOutside } from '../../survey/index.ts';
import type { NewFact } from '../fact.repository.ts';
import { inspectionDb } from '../inspection-db.ts';
import type { InspectionDeps } from '../inspection-deps.ts';
import { recordFact } from '../record-facts.ts';
import type { Round } from '../round.ts';
import { sectionOverrides } from '../structure/section-kind.repository.ts';
import { lookAtAccount } from '../work/account-task.ts';
import { gatherLinks } from '../work/gather-links.ts';
import { leaveAlone } from '../work/leave-alone.ts';
import { renderInRound } from '../work/render-in-round.ts';
import { AFTER_RENDERING, budgetOf } from '../work/site-task.ts';

/** A subject that is looked at once more after its round. */
export interface LookTarget {
  readonly round: Round;
  /** As the round's copy of the register has it, at the address that the register gives now. */
  readonly subject: Site | Account;
  readonly at: Instant;
  readonly signal: AbortSignal;
}

export interface LookedAgain {
  readonly facts: readonly NewFact[];
  /** Makes what was archived findable, in the transaction that keeps the facts. */
  readonly index: (trx: unknown) => Promise<void>;
}

/** The outside world as a look again needs it; tests put a simulated one in its place. */
export type LookAgain = (target: LookTarget) => Promise<LookedAgain>;

/**
 * Looks with the gatherers of a round, and keeps what was received in the round's archive. Visits of a week are no part of it. Throws
 * `Postponed` in the hours in which a site is to be left alone.
 */
export const lookAgain =
  (deps: InspectionDeps, now: () => Instant = () => new Date().toISOString()): LookAgain =>
  async (target) => {
    const { round, subject } = target;
    const outside = openOutside({
      ...{ userAgent: deps.userAgent, resolve: round.resolveRules, now },
      sharedPace: deps.store.kind === 'postgres' ? inspectionDb(deps.store) : null,
    });
    const browser =
      deps.render && round.clock === 'live'
        ? new RenderPool({
            ...{ chromiumPath: deps.render.chromiumPath, userAgent: deps.userAgent, now },
          })
        : null;
    const context = { deps, round, outside, browser, now };
    try {
      return subject.kind === 'site'
        ? await lookAtSite(context, { ...target, subject })
        : await lookAtAccount(context, { account: subject, monitoredAt: target.at });
    } finally {
      await browser?.close();
      await outside.close();
    }
  };

interface LookContext {
  readonly deps: InspectionDeps;
  readonly round: Round;
  readonly outside: ReturnType<typeof openOutside>;
  readonly browser: RenderPool | null;
  readonly now: () => Instant;
}

async function lookAtSite(
  context: LookContext,
  { subject: site, at, signal }: LookTarget & { readonly subject: Site },
): Promise<LookedAgain> {
  const { deps, round, outside, now } = context;
  const db = inspectionDb(deps.store);
  await leaveAlone(context, site);
  const intake = deps.archive.begin(round.id);
  const snapshots: string[] = [];
  const onPage = async (page: FetchedPage): Promise<void> => {
    for (const response of page.received ?? [])
      intake.add(response, response.body === page.body ? (page.snapshot ?? undefined) : undefined);
    if (page.snapshot !== null) snapshots.push(page.snapshot);
  };
  const crawl = (reader: SiteReader, budget = budgetOf(site)): Promise<unknown> =>
    crawlSite({ reader, fetcher: outside, budget, signal, now, onPage });
  const reader = createSiteReader({
    ...{ homeUrl: site.homeUrl, siteCode: site.siteCode, designated: [] },
    portalHomeUrl: site.isPortal ? null : await portalAbove(db, site.sponsorId),
    ...{ today: shanghaiDate(at), monitoredAt: at, structure: site.isPortal ? 'full' : 'plain' },
    overrides: await sectionOverrides(db, site.siteCode),
  });
  await crawl(reader);
  const rendered = await renderInRound(context, {
    ...{ site, reader, monitoredAt: at, signal },
    crawl: async (of) => void (await crawl(of, AFTER_RENDERING)),
  });
  const links = await gatherLinks(context, site, signal);
  await intake.settle();
  const origin = { subjectId: site.id, gatheredAt: now(), gatherer: 'crawl/site', snapshots };
  const read = Object.entries(reader.facts()) as [string, Fact<never>][];
  return {
    facts: [
      ...read.map(([name, fact]) => recordFact(`site.${name}` as FactKey, fact, origin)),
      ...rendered.facts,
      ...links.facts,
    ],
    index: async (trx) => {
      await intake.index(trx as never);
      await rendered.index(trx);
      await links.index(trx);
    },
  };
}
