import { z } from 'zod';
import { createSiteReader } from '../../derive/site/index.ts';
import type { FetchedPage, SiteReader } from '../../domain/crawl.ts';
import { type Fact, type FactKey, observed, unobserved } from '../../domain/fact.ts';
import type { Site } from '../../domain/subject.ts';
import { type CrawlBudget, crawlSite } from '../../gather/crawl/crawl-site.ts';
import { visitSchedule } from '../../gather/probe/visit-schedule.ts';
import { log } from '../../lib/node/log.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { portalAbove } from '../../registry/index.ts';
import { insertFacts, type NewFact } from '../fact.repository.ts';
import { inspectionDb, inTransaction } from '../inspection-db.ts';
import { keptPages, type PageRecord } from '../page.repository.ts';
import { summariseVisits } from '../probe.repository.ts';
import { recordFact } from '../record-facts.ts';
import {
  findRoundSubjects,
  lockStage,
  markSubject,
  type RoundSubject,
} from '../round.repository.ts';
import { countPage } from '../round-metrics.ts';
import { sectionOverrides } from '../structure/section-kind.repository.ts';
import { isWalkedWhole } from '../whole-sites.ts';
import { gatherLinks } from './gather-links.ts';
import { gatherTransport } from './gather-transport.ts';
import { withoutOriginals } from './kept-facts.ts';
import { leaveAlone } from './leave-alone.ts';
import { renderInRound } from './render-in-round.ts';
import type { RoundContext } from './round-context.ts';
import type { NewTask } from './task.repository.ts';

/** What one site may cost (DESIGN: budgets on everything). A typical site needs 15–40 pages. */
const SITE_BUDGET = { requests: 160, bytes: 40 * 1024 * 1024, milliseconds: 10 * 60_000 } as const;
/** A portal is asked for more: its search, forms, leaders, policy files and their interpretations. */
const PORTAL_BUDGET = {
  requests: 280,
  bytes: 70 * 1024 * 1024,
  milliseconds: 10 * 60_000,
} as const;

/** What pages lead to that were read in a browser: a home page that writes itself names its sections only then. */
export const AFTER_RENDERING = {
  requests: 60,
  bytes: 20 * 1024 * 1024,
  milliseconds: 4 * 60_000,
} as const;

/** What a crawl of a site may cost. */
export const budgetOf = ({ isPortal }: Pick<Site, 'isPortal'>): CrawlBudget =>
  isPortal ? PORTAL_BUDGET : SITE_BUDGET;

const SitePayload = z.object({ subjectId: z.number().int() });

export function planSites(sites: readonly RoundSubject[]): NewTask[] {
  return sites.map(({ subject }) => ({
    key: String(subject.id).padStart(9, '0'),
    payload: { subjectId: subject.id },
    startAfter: null,
  }));
}

/** Sums up a site's visits, crawls it and keeps its facts. Pages that an interrupted crawl kept are read again, not fetched again. */
export async function gatherSite(
  context: RoundContext,
  payload: unknown,
  signal: AbortSignal,
): Promise<void> {
  const { subjectId } = SitePayload.parse(payload);
  const { deps, round } = context;
  const db = inspectionDb(deps.store);
  const found = (await findRoundSubjects(db, round.id, 'site', [subjectId]))[0];
  if (!found || found.stage === 'gathered' || found.stage === 'judged') return;
  const site = found.subject as Site;
  const { monitoredAt } = found;
  await leaveAlone(context, site);
  const reader = createSiteReader({
    homeUrl: site.homeUrl,
    siteCode: site.siteCode,
    designated: await context.designated(),
    portalHomeUrl: site.isPortal ? null : await portalAbove(db, site.sponsorId),
    today: shanghaiDate(monitoredAt),
    monitoredAt,
    // Only a portal is judged by what its search, forms and policy pages do: the others are spared the requests.
    structure: site.isPortal ? 'full' : 'plain',
    overrides: await sectionOverrides(db, site.siteCode),
  });
  const budget = budgetOf(site);
  const pages = await crawl(context, { site, reader, budget }, signal);
  const rendered = await renderInRound(context, {
    ...{ site, reader, monitoredAt, signal },
    crawl: async (of) => {
      pages.push(...(await crawl(context, { site, reader: of, budget: AFTER_RENDERING }, signal)));
    },
  });
  const transport = await gatherTransport(context, site, signal);
  // A site that is walked whole brings all its links (survey-task.ts).
  const links = isWalkedWhole(round, site)
    ? withoutOriginals()
    : await gatherLinks(context, site, signal);
  const facts = siteFacts(reader.facts(), {
    subjectId,
    gatheredAt: context.now(),
    snapshots: pages.flatMap((page) => page.snapshot ?? []),
  });
  await inTransaction(deps.store, async (trx) => {
    // A worker that was taken for dead may have been faster after all.
    const stage = await lockStage(trx, round.id, site);
    if (stage === 'gathered' || stage === 'judged') return;
    const owner = { roundId: round.id, kind: 'site', subjectId } as const;
    const schedule = visitSchedule(monitoredAt);
    const visits = await summariseVisits(trx, round.id, subjectId, schedule, site.homeUrl);
    const origin = { subjectId, gatherer: 'probe/visits', gatheredAt: context.now() };
    await rendered.index(trx);
    await links.index(trx);
    await insertFacts(trx, owner, [
      recordFact('site.visits', observed(visits), origin),
      ...facts,
      ...transport,
      ...links.facts,
      ...rendered.facts,
    ]);
    await markSubject(trx, round.id, site, { stage: 'gathered', pages: pages.length });
  });
}

async function crawl(
  context: RoundContext,
  { site, reader, budget }: { site: Site; reader: SiteReader; budget: CrawlBudget },
  signal: AbortSignal,
): Promise<PageRecord[]> {
  const { deps, round, outside } = context;
  const owner = { kind: 'site', subjectId: site.id } as const;
  const kept = await keptPages(inspectionDb(deps.store), round.id, owner, (hash) =>
    deps.archive.get(hash),
  );
  const pages: PageRecord[] = [];
  const { hitLimits } = await crawlSite({
    reader,
    fetcher: outside,
    budget,
    signal,
    now: context.now,
    recall: (request) => kept.recall(request),
    onPage: async (page) => {
      const record = pageRecord(page);
      pages.push(record);
      if (kept.has(page.request)) return;
      const received = (page.received ?? []).map((response) => ({
        response,
        // The page's own payload was hashed when it was fetched; those of redirects and failed tries were not.
        payload: response.body === page.body ? (page.snapshot ?? undefined) : undefined,
      }));
      await context.pages.add({ ...owner, ...record, received });
      countPage(page.outcome);
    },
  });
  // Each page that was not fetched for a limit is a row with its reason; this line names the site once.
  if (hitLimits.length > 0) log.info('采集到了上限', { siteCode: site.siteCode, hitLimits });
  return pages;
}

function pageRecord(page: FetchedPage): PageRecord {
  return {
    url: page.url,
    askedUrl: page.request.url,
    role: page.request.role,
    outcome: page.outcome,
    status: page.status,
    snapshot: page.snapshot,
    bytes: page.body.byteLength,
    fetchedAt: page.fetchedAt,
    reason: page.reason ?? null,
    headers: page.headers,
    truncated: page.truncated,
    errorClass: page.errorClass ?? null,
  };
}

type SiteReaderFacts = ReturnType<ReturnType<typeof createSiteReader>['facts']>;

function siteFacts(
  facts: SiteReaderFacts,
  origin: { subjectId: number; gatheredAt: string; snapshots: readonly string[] },
): NewFact[] {
  const provenance = { ...origin, gatherer: 'crawl/site' };
  return (Object.entries(facts) as [keyof SiteReaderFacts, Fact<never>][]).map(([name, fact]) =>
    recordFact(`site.${name}` as FactKey, fact ?? unobserved('没有读到'), provenance),
  );
}
