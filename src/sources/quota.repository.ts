import { type Kysely, sql } from 'kysely';
import type { QuotaCounter, WechatQuota } from '../gather/accounts/wechat/wechat-quotas.ts';
import { addDays, type CalendarDate } from '../lib/pure/dates.ts';
import { storableJson } from '../lib/pure/storable-json.ts';
import { type SourcesDb, sourcesDb } from './sources-db.ts';

/** Calls counted in one statement. */
const BATCH = 500;

interface Call {
  readonly credential: string;
  readonly interface: string;
  readonly day: CalendarDate;
  readonly allowed: number;
}

interface Waiting extends Call {
  readonly key: string;
  readonly settle: (isCounted: boolean) => void;
  readonly fail: (error: unknown) => void;
}

/** The counter of a process; whoever asks with the same one writes together. */
export const storedQuotas = <Tables>(db: Kysely<Tables>): QuotaCounter =>
  new StoredQuotas(sourcesDb(db));

/**
 * The day's calls of all accounts, counted in the database by all processes together, before each call is made: whoever is killed
 * has counted one too many and never one too few. Calls that wait while a statement is under way are counted by the next one
 * together, so that a sweep of many accounts does not write once a call. Of yesterday's counts nothing is needed but for people.
 */
class StoredQuotas implements QuotaCounter {
  readonly #db: SourcesDb;
  #waiting: Waiting[] = [];
  #isWriting = false;
  #day: CalendarDate = '';

  constructor(db: SourcesDb) {
    this.#db = db;
  }

  take(credential: string, { key, perDay }: WechatQuota, day: CalendarDate): Promise<boolean> {
    const call = { credential, interface: key, day, allowed: perDay };
    return new Promise((settle, fail) => {
      this.#waiting.push({ ...call, key: `${credential} ${key} ${day}`, settle, fail });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  async exhaust(
    credential: string,
    { key, perDay }: WechatQuota,
    day: CalendarDate,
  ): Promise<void> {
    await sql`
      insert into account_source_quota as q (credential, interface, day, used, allowed)
      values (${credential}, ${key}, ${day}, ${perDay}, ${perDay})
      on conflict (credential, interface, day) do update set used = greatest(q.used, excluded.used)`.execute(
      this.#db,
    );
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#nextBatch();
      try {
        await this.#removeOld(batch);
        const counted = await countCalls(this.#db, batch);
        for (const { key, settle } of batch) settle(counted.has(key));
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
    this.#isWriting = false;
  }

  /** Each account and interface once: whether a second call is allowed is told after the first. */
  #nextBatch(): Waiting[] {
    const batch = new Map<string, Waiting>();
    const rest: Waiting[] = [];
    for (const each of this.#waiting) {
      if (batch.size < BATCH && !batch.has(each.key)) batch.set(each.key, each);
      else rest.push(each);
    }
    this.#waiting = rest;
    return [...batch.values()];
  }

  async #removeOld(batch: readonly Call[]): Promise<void> {
    const newest = batch.reduce((last, { day }) => (day > last ? day : last), this.#day);
    if (newest === this.#day) return;
    await sql`delete from account_source_quota where day < ${addDays(newest, -1)}`.execute(
      this.#db,
    );
    this.#day = newest;
  }
}

/** Counts calls; the keys of those that were within the day's allowance. In the order of the key: two processes never wait for each other. */
async function countCalls(db: SourcesDb, calls: readonly Call[]): Promise<ReadonlySet<string>> {
  const rows = calls.map(({ credential, interface: name, day, allowed }) => ({
    ...{ credential, interface: name, day, allowed },
  }));
  const counted = await sql<{ credential: string; interface: string; day: CalendarDate }>`
    insert into account_source_quota as q (credential, interface, day, used, allowed)
    select credential, interface, day, 1, allowed
      from jsonb_to_recordset(${storableJson(rows)}::jsonb)
        as r(credential text, interface text, day date, allowed integer)
     where allowed > 0 order by credential, interface, day
    on conflict (credential, interface, day) do update set used = q.used + 1, allowed = excluded.allowed
      where q.used < excluded.allowed
    returning credential, interface, day`.execute(db);
  return new Set(counted.rows.map((row) => `${row.credential} ${row.interface} ${row.day}`));
}
