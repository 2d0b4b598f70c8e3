import { type Kysely, sql } from 'kysely';
import { type Acting, personOf } from '../domain/acting.ts';
import { type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { defineNoticeKinds, queueNotices } from '../notify/index.ts';
import { clockOf, type Origin } from './find-error.ts';
import { findErrorDb } from './find-error-db.ts';

/** A message as it comes in. */
export interface NewMessage {
  /** The national platform's; null for our own form's. */
  readonly number: string | null;
  readonly siteCode: string;
  readonly siteName: string;
  readonly pageUrl: string;
  readonly problemType: string;
  readonly content: string;
  readonly leftAt: Instant;
  /** When it came to us: the clock's day. */
  readonly receivedAt: Instant;
  /** Of our own form only; empty = nothing was said. */
  readonly reporterName?: string;
  readonly reporterContact?: string;
}

defineNoticeKinds({
  'finderror.assigned': { name: '找错留言交办' },
  'finderror.chase': { name: '找错留言催办' },
});

const SLICE = 500;

/**
 * Takes messages in, in the caller's transaction: one number once. A site that the register knows by its code (else by the host of the
 * page) assigns the message to its operator at once; the others wait for somebody to assign them. Returns what is new.
 */
export async function receiveMessages<Tables>(
  trx: Kysely<Tables>,
  acting: Acting,
  input: {
    readonly messages: readonly NewMessage[];
    readonly origin: Origin;
    readonly at: Instant;
  },
): Promise<{ received: number; assigned: number; known: number }> {
  const { messages, origin, at } = input;
  let [received, assigned] = [0, 0];
  for (let from = 0; from < messages.length; from += SLICE) {
    const rows = messages.slice(from, from + SLICE).map((message) => {
      const receivedOn = shanghaiDate(message.receivedAt);
      const { handOnBy, dueOn, isProvisional } = clockOf(receivedOn);
      return {
        ...message,
        host: hostOf(message.pageUrl),
        receivedOn,
        handOnBy,
        dueOn,
        isProvisional,
      };
    });
    const fresh = await insert(trx, rows, origin);
    await stepAndTell(trx, fresh, { acting, at });
    received += fresh.length;
    assigned += fresh.filter(({ unitId }) => unitId !== null).length;
  }
  return { received, assigned, known: messages.length - received };
}

interface Fresh {
  readonly id: number;
  readonly number: string | null;
  readonly unitId: number | null;
  readonly siteName: string;
  readonly dueOn: string;
}

async function insert<Tables>(
  trx: Kysely<Tables>,
  rows: readonly object[],
  origin: Origin,
): Promise<Fresh[]> {
  const { rows: fresh } = await sql<Fresh>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(number text, "siteCode" text,
        "siteName" text, "pageUrl" text, host text, "problemType" text, content text, "leftAt" timestamptz,
        "receivedAt" timestamptz, "receivedOn" date, "handOnBy" date, "dueOn" date, "isProvisional" boolean,
        "reporterName" text, "reporterContact" text)
    ), matched as (
      select g.*, s.id as site_id, s.sponsor_id, s.name as registered from given g left join lateral (
        select id, sponsor_id, name from site
         where site_code = g."siteCode"
            or g."siteCode" = '' and g.host <> '' and lower(substring(home_url from '^https?://([^/:?#]+)')) = g.host
         order by id limit 1) s on true
    )
    insert into find_error (number, origin, site_code, site_name, page_url, problem_type, content, site_id, unit_id,
        state, left_at, received_at, received_on, assigned_on, hand_on_by, due_on, is_provisional,
        reporter_name, reporter_contact)
    select number, ${origin}, "siteCode", coalesce(registered, "siteName"), "pageUrl", "problemType", content, site_id,
           sponsor_id, case when sponsor_id is null then 'received' else 'assigned' end, "leftAt", "receivedAt",
           "receivedOn", case when sponsor_id is null then null else "receivedOn" end, "handOnBy", "dueOn", "isProvisional",
           coalesce("reporterName", ''), coalesce("reporterContact", '')
      from matched
    on conflict (number) do nothing
    returning id, number, unit_id as "unitId", site_name as "siteName", due_on as "dueOn"`.execute(
    trx,
  );
  return fresh;
}

async function stepAndTell<Tables>(
  trx: Kysely<Tables>,
  fresh: readonly Fresh[],
  { acting, at }: { readonly acting: Acting; readonly at: Instant },
): Promise<void> {
  if (fresh.length === 0) return;
  const { name, userId } = personOf(acting);
  await findErrorDb(trx)
    .insertInto('find_error_step')
    .values(
      fresh.map(({ id, unitId }) => ({
        ...{ find_error_id: id, step: 'receive', by_name: name, by_id: userId, at },
        note: unitId === null ? '' : '按网站标识码或网址交给主办单位',
      })),
    )
    .execute();
  await queueNotices(
    trx,
    fresh.map(({ id, unitId, siteName, dueOn }) => ({
      ...{ key: `finderror:${id}:${unitId === null ? 'received' : `assigned:${unitId}`}` },
      kind: 'finderror.assigned',
      to: unitId === null ? ({ role: 'supervisor' } as const) : { unitId },
      title: unitId === null ? '有一条找错留言待交办' : '有一条找错留言待答复',
      text: `“${siteName || '（没有写明网站）'}”收到一条找错留言，请在 ${dueOn} 前答复。`,
      ...{ link: `/find-errors/${id}`, urgent: false },
    })),
    at,
  );
}

function hostOf(pageUrl: string): string {
  return URL.canParse(pageUrl) ? new URL(pageUrl).hostname.toLowerCase() : '';
}
