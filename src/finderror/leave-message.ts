import { createHmac } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { recordAudit } from '../identity/index.ts';
import { type CalendarDate, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { lockInTransaction } from '../store/lock-in-transaction.ts';
import type { FindErrorDeps } from './find-error-deps.ts';
import { receiveMessages } from './receive-messages.ts';

/** Messages of one address and day: a person finds no more errors in a day; a school's shared address may have to wait until tomorrow. */
export const WRITER_PER_DAY = 5;
/** Characters of a writer's digest that are kept. */
const DIGEST_CHARACTERS = 32;
const BY_FORM = '网民（公开表单）';

/** What somebody on the street writes. */
export interface LeftMessage {
  readonly siteName: string;
  readonly pageUrl: string;
  readonly problemType: string;
  readonly content: string;
  readonly name: string;
  readonly contact: string;
}

/**
 * Takes a message of the public form, from whoever it is. No riddles are asked: an address may write so often a day, all together as often
 * as the setting says, the same about the same page once. What is refused is counted. Addresses are kept as a digest of the day. Audited.
 * Throws {@link UserError} `finderror.form-closed`, `finderror.writer`, `finderror.full`, `finderror.repeated`.
 */
export async function leaveMessage(
  { store, findError }: FindErrorDeps,
  input: { readonly message: LeftMessage; readonly address: string; readonly at: Instant },
): Promise<{ readonly id: number }> {
  const { message, address, at } = input;
  if (findError.formPerDay === 0)
    throw new UserError(
      'finderror.form-closed',
      '这里没有开通网上找错；请通过网站底部的“我为政府网站找错”反映。',
      { family: 'state' },
    );
  const day = shanghaiDate(at);
  const writer = { day, digest: digestOf(findError.writerKey(), day, address) };
  const kept = await store.transaction(async (trx) => {
    // Counting and keeping are one: two at once must not both be the last one.
    await lockInTransaction(trx, 'finderror.form');
    const refused = await refusalOf(trx, { message, writer, perDay: findError.formPerDay });
    await count(trx, writer, refused === null);
    if (refused !== null) return refused;
    const { name, contact, ...rest } = message;
    const full = { ...rest, number: null, siteCode: '', leftAt: at, receivedAt: at };
    const messages = [{ ...full, reporterName: name, reporterContact: contact }];
    await receiveMessages(trx, BY_FORM, { messages, origin: 'form', at });
    // This session's own: another one may have taken in messages meanwhile.
    const { rows } = await sql<{ id: number }>`
      select currval(pg_get_serial_sequence('find_error', 'id'))::int as id`.execute(trx);
    await recordAudit(trx, {
      ...{ actor: BY_FORM, action: 'finderror.receive', detail: { origin: 'form' } },
      ...{ before: null, after: { received: 1 }, subject: `finderror:${rows[0]!.id}` },
    });
    return { id: rows[0]!.id };
  });
  if (kept instanceof UserError) throw kept;
  return kept;
}

interface Writer {
  readonly day: CalendarDate;
  readonly digest: string;
}

/** Addresses of one household differ in the last half of IPv6: they are one writer. */
function digestOf(key: Uint8Array, day: CalendarDate, address: string): string {
  const whole = address.replace(/^::ffff:(?=\d+\.)/i, '');
  const network = whole.includes(':') ? expand(whole).slice(0, 4).join(':') : whole;
  return createHmac('sha256', key)
    .update(`${day} ${network}`)
    .digest('hex')
    .slice(0, DIGEST_CHARACTERS);
}

/** The eight groups of an IPv6 address. */
function expand(address: string): string[] {
  const [head = '', tail] = address.replace(/%.*$/, '').toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  if (tail === undefined) return before;
  const after = tail === '' ? [] : tail.split(':');
  const missing = Math.max(0, 8 - before.length - after.length);
  return [...before, ...Array<string>(missing).fill('0'), ...after];
}

async function refusalOf<Tables>(
  trx: Kysely<Tables>,
  given: { readonly message: LeftMessage; readonly writer: Writer; readonly perDay: number },
): Promise<UserError | null> {
  const { message, writer, perDay } = given;
  const state = { family: 'state' } as const;
  const { rows } = await sql<{ own: number; all: number; same: number | null }>`
    select coalesce(sum(messages) filter (where writer = ${writer.digest}), 0)::int as own,
           coalesce(sum(messages), 0)::int as all,
           (select min(id) from find_error where origin = 'form' and received_on = ${writer.day}::date
              and content = ${message.content} and page_url = ${message.pageUrl}) as same
      from find_error_writer where day = ${writer.day}::date`.execute(trx);
  const [{ own, all, same } = { own: 0, all: 0, same: null }] = rows;
  if (same !== null)
    return new UserError('finderror.repeated', '这条留言今天已经收到，不用再提交。', state);
  if (own >= WRITER_PER_DAY)
    return new UserError(
      'finderror.writer',
      `同一网络一天最多提交 ${WRITER_PER_DAY} 条；请明天再来，或把几处问题写在一条里。`,
      state,
    );
  if (all >= perDay)
    return new UserError('finderror.full', '今天收到的留言已满，请明天再来。', state);
  return null;
}

async function count<Tables>(trx: Kysely<Tables>, writer: Writer, isKept: boolean): Promise<void> {
  const [kept, refused] = isKept ? [1, 0] : [0, 1];
  await sql`
    insert into find_error_writer (day, writer, messages, refused)
    values (${writer.day}::date, ${writer.digest}, ${kept}, ${refused})
    on conflict (day, writer) do update
       set messages = find_error_writer.messages + ${kept}, refused = find_error_writer.refused + ${refused}`.execute(
    trx,
  );
}
