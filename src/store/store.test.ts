import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { DatabaseError } from './database-error.ts';

let opened: TemporaryStore;
beforeAll(async () => {
  opened = await temporaryStore();
});
afterAll(() => opened.remove());

const given = async (expression: string): Promise<unknown> =>
  (await sql.raw<{ value: unknown }>(`select ${expression} as value`).execute(opened.store.db))
    .rows[0]?.value;

const add = <Tables>(db: Kysely<Tables>, actor: string) =>
  sql`insert into audit (actor, action, detail) values (${actor}, 'test', '{}')`.execute(db);
const actors = async (action = 'test'): Promise<string[]> =>
  (
    await sql<{
      actor: string;
    }>`select actor from audit where action = ${action} order by id`.execute(opened.store.db)
  ).rows.map((row) => row.actor);

describe('a value has one shape, whichever database gives it', () => {
  it.each([
    ['9007199254740991::int8', Number.MAX_SAFE_INTEGER],
    ['(select count(*) from audit where false)', 0],
    ['12.50::numeric', '12.50'],
    ['0.1::real', 0.1],
    ["date '2020-09-17'", '2020-09-17'],
    ["timestamptz '2020-09-17 23:59:59.999+08'", '2020-09-17T15:59:59.999Z'],
    ["timestamptz 'infinity'", 'infinity'],
    ["timestamp '2020-09-17 23:59:59.5'", '2020-09-17 23:59:59.5'],
    ["interval '1 day 2 hours'", '1 day 02:00:00'],
    ["'\\x00ff'::bytea", new Uint8Array([0, 255])],
    [`'{"a":[1,null]}'::jsonb`, { a: [1, null] }],
    ["'null'::jsonb", null],
    ['true', true],
    ["array['公', null]", ['公', null]],
    ['array[1, null]::int8[]', [1, null]],
    ["array[date '2020-09-17']", ['2020-09-17']],
    ["array[timestamptz '2020-09-17 00:00+00']", ['2020-09-17T00:00:00.000Z']],
  ])('%s', async (expression, value) => {
    expect(await given(expression)).toEqual(value);
  });

  it('a whole number that JavaScript cannot hold is refused, not rounded', async () => {
    await expect(given('9007199254740993::int8')).rejects.toThrow('超出可精确表示的范围');
  });

  it.each([
    ['bytes', 'bytea', new Uint8Array([1, 2, 255]), new Uint8Array([1, 2, 255])],
    ['an instant', 'timestamptz', '2020-09-17T15:59:59.999Z', '2020-09-17T15:59:59.999Z'],
    ['a date', 'date', '2020-09-17', '2020-09-17'],
    ['json text', 'jsonb', '{"甲":1}', { 甲: 1 }],
    ['nothing', 'text', null, null],
  ])('%s comes back as it was given', async (_name, type, parameter, value) => {
    const { rows } = await sql<{
      value: unknown;
    }>`select ${parameter}::${sql.raw(type)} as value`.execute(opened.store.db);
    expect(rows[0]?.value).toEqual(value);
  });
});

describe('the store', () => {
  it('names what a statement did wrong by its SQLSTATE', async () => {
    const error = await sql`insert into round_subject (round_id, kind) values (1, '无')`
      .execute(opened.store.db)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DatabaseError);
    expect((error as DatabaseError).code).toBe('23502');
  });

  it('does not mix transactions with each other or with queries from beside', async () => {
    const { store } = opened;
    const failing = store.transaction(async (trx) => {
      await add(trx, '撤销');
      throw new Error('撤销');
    });
    const beside = Array.from({ length: 20 }, (_each, index) =>
      store.transaction((trx) => add(trx, `第${index}个`)),
    );
    await expect(failing).rejects.toThrow('撤销');
    await Promise.all([...beside, actors()]);
    const written = await actors();
    expect(written).toHaveLength(20);
    expect(written).not.toContain('撤销');
  });

  it('for patient work is the same data, and an error of a statement is not waited for', async () => {
    const patient = opened.store.patient({ signal: new AbortController().signal });
    await patient.transaction((trx) => add(trx, '耐心'));
    expect(await actors()).toContain('耐心');
    await expect(sql`select 1 from nowhere`.execute(patient.db)).rejects.toThrow('nowhere');
  });
});
