import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SiteLinks } from '../../domain/facts/link-facts.ts';
import type { Judgement } from '../../domain/finding.ts';
import { createServer, type HttpServer } from '../../http/create-server.ts';
import { portalAvailability } from '../../indicators/portal/deduct.availability.ts';
import { insertFacts } from '../../inspection/fact.repository.ts';
import { inspectionDb, inTransaction } from '../../inspection/inspection-db.ts';
import { gatherLinks } from '../../inspection/work/gather-links.ts';
import { createFetcher } from '../../lib/node/http/create-fetcher.ts';
import { parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import { listSites } from '../../registry/index.ts';
import { type ArchivedRound, archivedRound } from '../../testing/archived-round.ts';
import { actorWith } from '../../testing/as-actor.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import { portalFacts } from '../../testing/facts/portal-views.ts';
import { scoringRuleset } from '../../testing/scoring-ruleset.ts';
import { answer, redirect, routes } from '../../testing/servers/behaviours.ts';
import { startServer } from '../../testing/servers/start-server.ts';
import { TEST_NOW } from '../../testing/servers/test-fetcher.ts';
import { registerEvidenceRoutes } from '../routes.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const MISSING = '<title>找不到</title><body>很抱歉，这一页已经不在本站</body>';
const SITE = routes({
  '/': answer(
    200,
    '<title>某市</title><a href="/gone.html">旧闻</a><a href="/zwgk/2020/1.html">旧政策</a><a href="/none.html">无言</a>',
    HTML,
  ),
  '/gone.html': answer(404, MISSING, HTML),
  '/zwgk/2020/1.html': redirect('/', 302),
  '/none.html': answer(404, ''),
});

let round: ArchivedRound;
let app: HttpServer;
let scope: 'all' | ReadonlySet<number> = 'all';
let links: SiteLinks;
let judgement: Judgement;
let sponsorId: number;

beforeAll(async () => {
  round = await archivedRound();
  const { store } = round.opened;
  await using server = await startServer(SITE);
  const resolveRules = [`*.x.gov.cn=127.0.0.1:${server.port}`];
  const [resolve, now] = [resolveRules.map(parseResolveRule), () => TEST_NOW];
  const outside = createFetcher({ userAgent: 'test', resolve, pacePerAddressMs: 0, now });
  const [site] = await listSites(store.db);
  sponsorId = site!.sponsorId;
  const context = {
    ...{ outside, now, browser: null, deps: { userAgent: 'test', archive: round.archive } },
    round: { id: round.round.id, clock: 'live' as const, resolveRules, ruleset: scoringRuleset() },
  };
  const portal = { id: site!.id, homeUrl: 'http://www.x.gov.cn/', isPortal: true };
  const { facts, index } = await gatherLinks(context, portal, new AbortController().signal);
  await outside.close();
  await inTransaction(store, (trx) => index(trx));
  const owner = { roundId: round.round.id, kind: 'site', subjectId: site!.id } as const;
  await insertFacts(inspectionDb(store), owner, facts);
  links = (facts[0] as unknown as { value: SiteLinks }).value;
  const values = factSet(portalFacts({ 'site.links': links }));
  judgement = portalAvailability.judge(
    values as never,
    {
      ...Object.fromEntries(
        Object.entries(portalAvailability.parameters).map(([name, spec]) => [name, spec.default]),
      ),
    } as never,
  );
  app = await createServer(async () => actorWith({ scope }));
  registerEvidenceRoutes(app, {
    ...{ store, archive: round.archive, audit: round.opened.audit, dataDir: round.opened.folder },
  });
});
afterAll(async () => {
  await app.close();
  await round.remove();
});

const open = (payload: string | null, what: 'meta' | 'view') =>
  app.inject({
    url: `/api/v1/evidence/records/${payload}/${what}`,
    headers: { host: '127.0.0.1' },
  });

describe('what answered at the broken links of a portal', () => {
  it('is named by the finding, and is what the viewer shows', async () => {
    expect(judgement).toMatchObject({ status: 'breached', occurrences: 3 });
    const { evidence } = judgement as Extract<Judgement, { status: 'breached' }>;
    const [gone] = evidence.filter(({ locator }) => locator.endsWith('/gone.html'));
    const view = await open(gone!.snapshot, 'view');
    expect([view.statusCode, view.body]).toEqual([200, expect.stringContaining('不在本站')]);
    expect((await open(gone!.snapshot, 'meta')).json()).toMatchObject({
      ...{ url: 'http://www.x.gov.cn/gone.html', status: 404 },
    });
    // An answer without a body proves by its status alone.
    const [none] = evidence.filter(({ locator }) => locator.endsWith('/none.html'));
    expect(none!.snapshot).toBeNull();
  });

  it('a link that went home shows the home page that came', async () => {
    const home = links.failing.find((link) => link.class === 'redirectHome');
    const view = await open(home!.snapshot, 'view');
    expect([view.statusCode, view.body]).toEqual([200, expect.stringContaining('旧闻')]);
  });

  it('is open to whoever may see the site, to nobody else', async () => {
    const payload = links.failing.find(({ url }) => url.endsWith('/gone.html'))!.snapshot;
    scope = new Set([sponsorId]);
    expect((await open(payload, 'view')).statusCode).toBe(200);
    scope = new Set([sponsorId + 1000]);
    expect((await open(payload, 'view')).statusCode).toBe(404);
    scope = 'all';
  });
});
