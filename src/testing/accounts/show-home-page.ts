import { sql } from 'kysely';
import { inspectionDb } from '../../inspection/inspection-db.ts';
import { insertPages } from '../../inspection/page.repository.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { findSite } from '../../registry/index.ts';
import type { Archive } from '../../store/archive/archive.ts';
import type { Store } from '../../store/store.ts';
import { receivedResponse } from '../received-response.ts';

export interface ShownHomePage {
  readonly siteCode: string;
  readonly url: string;
  readonly html: string;
  readonly at: Instant;
  /** Where hosts are, as the round is told: `*=127.0.0.1:8080`. */
  readonly resolve: string;
}

/** A site's home page as if the newest round had gathered it: a row, and its bytes in the archive. */
export async function showHomePage(
  { store, archive }: { readonly store: Store; readonly archive: Archive },
  { siteCode, url, html, at, resolve }: ShownHomePage,
): Promise<void> {
  const db = inspectionDb(store);
  const site = await findSite(store.db, { siteCode });
  const round = await db.selectFrom('round').select('id').orderBy('id', 'desc').executeTakeFirst();
  if (site === null || round === undefined) throw new Error(`没有网站 ${siteCode} 或批次。`);
  const body = Buffer.from(html);
  const intake = archive.begin(round.id);
  const snapshot = intake.add(receivedResponse({ url, body, receivedAt: at }));
  await intake.settle();
  await store.transaction(async (trx) => {
    await intake.index(trx);
    await sql`update round set resolve_rules = ${JSON.stringify([resolve])}::jsonb where id = ${round.id}`.execute(
      trx,
    );
  });
  await insertPages(db, round.id, [
    {
      ...{ kind: 'site', subjectId: site.id, url, role: 'home', outcome: 'ok' },
      ...{ status: 200, snapshot, bytes: body.byteLength, fetchedAt: at, reason: null },
      ...{ headers: { 'content-type': 'text/html; charset=utf-8' }, truncated: false },
      // A round keeps what it asked for first; asked for otherwise, the page is another.
      ...{ askedUrl: `${url}?${at}`, errorClass: null },
    },
  ]);
}
