import { sql } from 'kysely';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { defineNoticeKinds, type NoticeDraft, queueNotices } from '../../notify/index.ts';
import type { StoreDeps } from '../../store/store.ts';
import type { DutyTrx } from '../duty-db.ts';
import { ADDRESSED, BELOW, CURRENT, READER } from './readers.ts';

defineNoticeKinds({ 'duty.regulation': { name: '制度学习' } });

/** People asked, and people reminded, in one pass; the next pass does the rest. */
const PASS_MAX = 5_000;

interface Asked {
  readonly versionId: number;
  readonly userId: number;
  readonly regulationId: number;
  readonly title: string;
  readonly number: number;
  readonly readBy: string | null;
}

const WHAT = sql`v.regulation_id as "regulationId", v.title, v.number, v.read_by as "readBy"`;

/** Asks whoever is addressed and was not asked yet, of one version or of all that are in force. Returns how many are new. */
export async function askReaders(
  trx: DutyTrx,
  { at, versionId }: { readonly at: Instant; readonly versionId?: number },
): Promise<number> {
  const one = versionId === undefined ? sql`true` : sql`v.id = ${versionId}`;
  const { rows } = await sql<Asked>`
    with recursive ${CURRENT}, ${BELOW}, ${READER}, fresh as (
      insert into regulation_reader (version_id, user_id, asked_at)
      select v.id, p.id, ${at}::timestamptz from current v join reader p on ${ADDRESSED}
       where ${one} and not exists (select 1 from regulation_reader d where d.version_id = v.id and d.user_id = p.id)
       order by v.id, p.id limit ${PASS_MAX}
      on conflict do nothing returning version_id, user_id)
    select f.version_id as "versionId", f.user_id as "userId", ${WHAT} from fresh f join current v on v.id = f.version_id`.execute(
    trx,
  );
  return queueNotices(
    trx,
    rows.map((each) => notice(each, 'ask')),
    at,
  );
}

/**
 * Asks whoever came to an addressed unit since, and reminds once, from the last day on, those who have not confirmed. However often it
 * runs, nobody is told the same twice. Returns how many notices are new.
 */
export async function remindReaders(
  { store }: StoreDeps,
  { at }: { readonly at: Instant },
): Promise<number> {
  const today = shanghaiDate(at);
  return store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    const asked = await askReaders(trx, { at });
    const { rows } = await sql<Asked>`
      with recursive ${CURRENT}, ${BELOW}, ${READER}, due as (
        select d.version_id, d.user_id from regulation_reader d join current v on v.id = d.version_id
          join reader p on p.id = d.user_id
         where d.read_at is null and d.reminded_at is null and v.read_by <= ${today}::date
           and (d.asked_at at time zone 'Asia/Shanghai')::date < ${today}::date and ${ADDRESSED}
         order by d.version_id, d.user_id limit ${PASS_MAX}),
      told as (
        update regulation_reader d set reminded_at = ${at}::timestamptz from due
         where d.version_id = due.version_id and d.user_id = due.user_id returning d.version_id, d.user_id)
      select t.version_id as "versionId", t.user_id as "userId", ${WHAT} from told t join current v on v.id = t.version_id`.execute(
      trx,
    );
    const late = await queueNotices(
      trx,
      rows.map((each) => notice(each, 'late')),
      at,
    );
    return asked + late;
  });
}

function notice(asked: Asked, why: 'ask' | 'late'): NoticeDraft {
  const { versionId, userId, regulationId, title, number, readBy } = asked;
  const until = readBy === null ? '' : `，请在 ${readBy} 前读完并确认`;
  return {
    ...{ key: `duty:regulation:${versionId}:${userId}:${why}`, kind: 'duty.regulation' },
    ...{ to: { userId }, urgent: false, link: `/duty/regulations/${regulationId}` },
    title: why === 'ask' ? `请学习制度：${title}` : `还没有确认学习制度：${title}`,
    text:
      why === 'ask'
        ? `${number === 1 ? '新发布' : `修订后的第 ${number} 版，以前的确认不再算`}${until}。`
        : `学习期限是 ${readBy}；请打开读完，按“确认已学习”。`,
  };
}
