import { createSiteReader } from '../derive/site/index.ts';
import type { FetchedPage } from '../domain/crawl.ts';
import type { Fact, FactKey } from '../domain/fact.ts';
import { unobserved } from '../domain/fact.ts';
import type { Site } from '../domain/subject.ts';
import { crawlSite } from '../gather/crawl/crawl-site.ts';
import { log } from '../lib/node/log.ts';
import { shanghaiDate } from '../lib/pure/dates.ts';
import { insertFacts, type NewFact } from './fact.repository.ts';
import { forEachParallel } from './for-each-parallel.ts';
import { type GatherContext, WORK } from './gather-context.ts';
import { inspectionDb, inTransaction } from './inspection-db.ts';
import { insertPages, type PageRecord } from './page.repository.ts';
import { recordFact } from './record-facts.ts';
import { listRoundSubjects, markSubject, type RoundSubject } from './round.repository.ts';
import { countPage } from './round-metrics.ts';

/** Sites crawled at the same time: enough to keep two cores busy while some answer slowly, few enough to stay flat in memory. */
const SITES_AT_ONCE = 12;

/** What one site may cost (DESIGN: budgets on everything). A typical site needs 15–40 pages. */
const SITE_BUDGET = { requests: 160, bytes: 40 * 1024 * 1024, milliseconds: 10 * 60_000 } as const;

/** Crawls every site of the round that is not gathered yet, and stores pages and facts per site in one transaction. */
export async function gatherSites(context: GatherContext): Promise<void> {
  const subjects = await listRoundSubjects(inspectionDb(context.deps.store), context.round.id);
  const waiting = subjects.filter(
    ({ subject, checked, stage }) => checked && subject.kind === 'site' && stage === 'visited',
  );
  await forEachParallel(waiting, SITES_AT_ONCE, context.io.signal, (each) =>
    gatherSite(context, each),
  );
}

async function gatherSite(
  context: GatherContext,
  { subject, monitoredAt }: RoundSubject,
): Promise<void> {
  const site = subject as Site;
  const { deps, outside, round, io, meter } = context;
  const reader = createSiteReader({
    homeUrl: site.homeUrl,
    siteCode: site.siteCode,
    today: shanghaiDate(monitoredAt),
    monitoredAt,
  });
  const pages: PageRecord[] = [];
  const archiving: Promise<unknown>[] = [];
  await crawlSite({
    reader,
    fetcher: outside,
    budget: SITE_BUDGET,
    signal: io.signal,
    now: io.now,
    onPage: (page) => {
      pages.push(pageRecord(page));
      countPage(page.outcome);
      if (page.snapshot !== null) archiving.push(deps.snapshots.put(page.body, page.snapshot));
    },
  });
  await Promise.all(archiving);
  const facts = siteFacts(reader.facts(), {
    subjectId: site.id,
    gatheredAt: io.now(),
    snapshots: pages.flatMap((page) => page.snapshot ?? []),
  });
  await inTransaction(deps.store, async (trx) => {
    const owner = { roundId: round.id, kind: 'site', subjectId: site.id } as const;
    await insertPages(trx, owner, pages);
    await insertFacts(trx, owner, facts);
    await markSubject(trx, round.id, site, { stage: 'gathered', pages: pages.length });
  });
  meter.counters.pages += pages.length;
  meter.counters.records += pages.length + facts.length;
  meter.advance(WORK.site);
  log.debug('网站采集完', { siteCode: site.siteCode, pages: pages.length });
}

function pageRecord(page: FetchedPage): PageRecord {
  return {
    url: page.url,
    role: page.request.role,
    outcome: page.outcome,
    status: page.status,
    snapshot: page.snapshot,
    bytes: page.body.byteLength,
    fetchedAt: page.fetchedAt,
    reason: page.reason ?? null,
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
