import { sql } from 'kysely';
import { observed } from '../../domain/fact.ts';
import { LINK_CLASSES, type LinkCounts, type SiteLinks } from '../../domain/facts/link-facts.ts';
import type { SiteText } from '../../domain/facts/text-facts.ts';
import type { Site } from '../../domain/subject.ts';
import { insertFacts } from '../../inspection/fact.repository.ts';
import { inspectionDb } from '../../inspection/inspection-db.ts';
import { recordFact } from '../../inspection/record-facts.ts';
import { listRoundSubjects, requireRound } from '../../inspection/round.repository.ts';
import type { Store } from '../../store/store.ts';

const AT = '2020-09-17T12:00:00.000Z';
/** More than one page of a list. */
const DEAD = 30;
const WORDS = 25;

/** Facts of whole sites for all sites of a round that were gathered without them, as if each had been walked. */
export async function surveyedSites(store: Store, period: string): Promise<void> {
  const db = inspectionDb(store);
  const round = await requireRound(db, period);
  for (const { subject } of await listRoundSubjects(db, round.id)) {
    if (subject.kind !== 'site') continue;
    const { id, homeUrl } = subject as Site;
    await sql`
      insert into survey (home_url, round_id, subject_id, seed, started_at, ended_at, requests, bytes, result)
      values (${homeUrl}, ${round.id}, ${id}, 1, ${AT}, ${AT}, 450, 9000000, ${JSON.stringify(resultOf(homeUrl))}::jsonb)`.execute(
      db,
    );
    const origin = { subjectId: id, gatheredAt: AT };
    await insertFacts(db, { roundId: round.id, kind: 'site', subjectId: id }, [
      recordFact('site.links', observed(linksOf(homeUrl)), { ...origin, gatherer: 'survey/links' }),
      recordFact('site.text', observed(textOf(homeUrl)), { ...origin, gatherer: 'survey/text' }),
    ]);
  }
}

const resultOf = (homeUrl: string) => ({
  outcomes: { page: 400, file: 20, 'http-error': DEAD },
  ...{ requests: 450, bytes: 9_000_000, hitLimits: [], notes: [], waiting: 0, complete: true },
  skipped: [{ reason: 'robots.txt 不允许', count: 3, examples: [`${homeUrl}inner/`] }],
});

const counts = (change: Partial<LinkCounts>): LinkCounts =>
  ({ ...Object.fromEntries(LINK_CLASSES.map((name) => [name, 0])), ...change }) as LinkCounts;

const linksOf = (homeUrl: string): SiteLinks => ({
  ...{ pages: 400, complete: true, failingLeftOut: 0 },
  ...{ home: counts({ ok: 40, dead: 1 }), otherPages: counts({ ok: 900, dead: DEAD - 1 }) },
  failing: Array.from({ length: DEAD }, (_, at) => ({
    ...{ url: `${homeUrl}gone/${at}.html`, from: homeUrl, onHome: at === 0, text: '旧闻' },
    ...{ use: 'page' as const, external: false, class: 'dead' as const, status: 404 },
    ...{ reason: '两次访问都返回 404', looks: [], snapshot: null },
  })),
});

const textOf = (homeUrl: string): SiteText => ({
  findings: Array.from({ length: WORDS }, (_, at) => ({
    ...{ text: '布署', suggestion: '部署', class: 'typo', severity: 'ordinary' as const },
    ...{ confidence: 0.9, rule: 'typo', reason: '常见错别字', place: 'body' as const },
    ...{ excerpt: '会议布署了下一步工作。', url: `${homeUrl}n/${at}.html`, pageDate: null },
    snapshot: null,
  })),
  ...{ cut: false, foundByClass: { typo: WORDS }, pagesRead: 400, charactersRead: 320_000 },
  ...{ lexicons: ['seed@1'], checkedAt: AT, complete: true },
});
