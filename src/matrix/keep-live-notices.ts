import { sql } from 'kysely';
import type { Instant } from '../lib/pure/dates.ts';
import { storableJson } from '../lib/pure/storable-json.ts';
import { defineNoticeKinds, type NoticeDraft, queueNotices } from '../notify/index.ts';
import { findLiveNotices, type LiveEvidence } from './live-notices.ts';
import { LIVE_TITLES, liveWords } from './live-words.ts';
import type { LiveKind, MatrixDb } from './matrix-db.ts';

/** What became of the live notices in one pass. */
export interface KeptNotices {
  readonly raised: number;
  readonly closed: number;
  readonly passedOn: number;
  /** Kinds of which only the first ones are listed; of these none is ended. */
  readonly overflowing: readonly LiveKind[];
}

/** The manager is told of what nobody acknowledged for so long; the register can wait a week, not a quarter. */
const PATIENCE_DAYS = 7;

/**
 * Keeps one alert for each place where the register and the platform do not agree: ended when they do again, open again (and not
 * acknowledged any more) when they do not, told once to the operator and once to the manager.
 */
export async function keepLiveNotices(db: MatrixDb, at: Instant): Promise<KeptNotices> {
  const { notices, overflowing } = await findLiveNotices(db, at);
  const rows = notices.map(({ accountId, mark, evidence }) => ({
    ...{ account_id: accountId, kind: evidence.kind, mark, evidence },
  }));
  const found = sql`jsonb_to_recordset(${storableJson(rows)}::jsonb)
    as f(account_id integer, kind text, mark text, evidence jsonb)`;
  const same = sql`f.account_id = x.account_id and f.kind = x.kind and f.mark = x.mark`;
  const closed = await sql<{ id: number }>`
    update account_alert x set state = 'closed', closed_at = ${at}::timestamptz,
           closed_why = case when exists (select 1 from account a where a.id = x.account_id
             and (a.status = 'running') = (x.kind = 'closed-posting')) then 'status' else 'changed' end
     where x.state = 'open' and x.kind <> 'silence'
       and not x.kind = any(${`{${overflowing.join(',')}}`}::text[])
       and not exists (select 1 from ${found} where ${same})
    returning x.id`.execute(db);
  const again = await sql<{ id: number }>`
    update account_alert x set state = 'open', closed_at = null, closed_why = null,
           acknowledged_at = null, acknowledged_by = null, acknowledged_by_id = null, note = ''
      from ${found} where ${same} and x.state = 'closed' returning x.id`.execute(db);
  const kept = await sql<Told & { isNew: boolean }>`
    with kept as (
      insert into account_alert as x (account_id, kind, mark, state, made_at, evidence)
      select account_id, kind, mark, 'open', ${at}::timestamptz, evidence from ${found}
      on conflict (account_id, kind, silent_since, mark) do update
        set evidence = excluded.evidence where x.evidence is distinct from excluded.evidence
      returning id, account_id, evidence, xmax = 0 as "isNew")
    select kept.id, kept.evidence, kept."isNew", a.name as account, a.sponsor_id as "unitId"
      from kept join account a on a.id = kept.account_id order by kept.id`.execute(db);
  const fresh = kept.rows.filter(({ isNew }) => isNew);
  await tell(db, at, 'sponsor', fresh);
  return {
    ...{ raised: fresh.length + again.rows.length, closed: closed.rows.length },
    ...{ passedOn: await passOn(db, at), overflowing },
  };
}

interface Told {
  readonly id: number;
  readonly account: string;
  readonly unitId: number;
  readonly evidence: LiveEvidence;
}

async function passOn(db: MatrixDb, at: Instant): Promise<number> {
  const { rows } = await sql<Told>`
    update account_alert x set manager_told_at = ${at}::timestamptz from account a
     where x.state = 'open' and x.kind <> 'silence' and a.id = x.account_id and x.acknowledged_at is null
       and x.manager_told_at is null and x.made_at <= ${at}::timestamptz - make_interval(days => ${PATIENCE_DAYS}::int)
    returning x.id, x.evidence, a.name as account, a.sponsor_id as "unitId"`.execute(db);
  await tell(db, at, 'manager', rows);
  return rows.length;
}

defineNoticeKinds({ 'account.differs': { name: '账号与登记不一致' } });

/** The key keeps anything from being told twice. */
async function tell(
  db: MatrixDb,
  at: Instant,
  audience: 'sponsor' | 'manager',
  alerts: readonly Told[],
): Promise<void> {
  const drafts = alerts.map(
    ({ id, unitId, account, evidence }): NoticeDraft => ({
      ...{ key: `alert:${id}:${audience}`, kind: 'account.differs' },
      ...{ to: { unitId, only: audience }, title: LIVE_TITLES[evidence.kind] },
      ...{ text: liveWords(account, evidence), link: '/alerts', urgent: false },
    }),
  );
  await queueNotices(db, drafts, at);
}
