import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { fillStore } from '../../testing/fill-store.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import type { Store } from '../store.ts';
import { copyStore } from './copy-store.ts';

const opened: TemporaryStore[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.remove();
});

async function open(kind: Store['kind']): Promise<Store> {
  const temporary = await temporaryStore(kind);
  opened.push(temporary);
  return temporary.store;
}

const io = { signal: new AbortController().signal, onProgress: () => undefined };
const nothing = async (): Promise<void> => undefined;

describe('a store copied into an empty one', () => {
  it.each([
    ['embedded', 'postgres'],
    ['postgres', 'embedded'],
    ['postgres', 'postgres'],
  ] as const)('%s → %s: the same rows, and numbering goes on', async (from, to) => {
    const [source, target] = [await open(from), await open(to)];
    await fillStore(source.db);
    const copied = await copyStore(source, target, io, nothing);
    const rows = Object.fromEntries(copied.map((each) => [each.table, each.rows]));
    expect(rows).toMatchObject({ unit: 3, unit_rename: 2, page: 400, fact: 40, finding: 0 });
    for (const table of ['unit', 'unit_rename', 'fact', 'page', 'audit']) {
      const all = sql`select to_jsonb(t)::text as row from ${sql.table(table)} t order by to_jsonb(t)::text collate "C"`;
      expect((await all.execute(target.db)).rows).toEqual((await all.execute(source.db)).rows);
    }
    const next = sql<{ id: number }>`
      insert into unit (name, aliases, print_order, registry_order) values ('丁市', '[]', 9, 9) returning id`;
    expect((await next.execute(target.db)).rows).toEqual((await next.execute(source.db)).rows);
  });

  it('keeps keys as strict as they were', async () => {
    const [source, target] = [await open('embedded'), await open('postgres')];
    await fillStore(source.db);
    await copyStore(source, target, io, nothing);
    await expect(
      target.transaction(async (trx) => {
        await sql`update unit set parent_id = 999`.execute(trx);
        throw new Error('过了这里就太晚了');
      }),
    ).rejects.toMatchObject({ code: '23503' });
  });

  it('refuses a target that holds anything, and one of another shape', async () => {
    const [source, target] = [await open('postgres'), await open('postgres')];
    await fillStore(source.db);
    await sql`insert into audit (actor, action, detail) values ('甲', 'test', '{}')`.execute(
      target.db,
    );
    await expect(copyStore(source, target, io, nothing)).rejects.toMatchObject({
      code: 'copy.target-filled',
    });
    await sql`alter table audit add extra text`.execute(target.db);
    await expect(copyStore(source, target, io, nothing)).rejects.toMatchObject({
      code: 'copy.target-differs',
    });
  });

  it('leaves nothing behind when it is cut off or its proof fails', async () => {
    const [source, target] = [await open('postgres'), await open('postgres')];
    await fillStore(source.db);
    const abort = new AbortController();
    const cut = copyStore(
      source,
      target,
      { signal: abort.signal, onProgress: () => abort.abort() },
      nothing,
    );
    await expect(cut).rejects.toMatchObject({ name: 'AbortError' });
    // A rule of the target that quietly changes what is written: the copy must notice.
    await sql`create function falsify() returns trigger language plpgsql as $$ begin new.url := '改'; return new; end $$`.execute(
      target.db,
    );
    await sql`create trigger falsify before insert on page for each row execute function falsify()`.execute(
      target.db,
    );
    await expect(copyStore(source, target, io, nothing)).rejects.toMatchObject({
      code: 'copy.unproven',
    });
    const { rows } = await sql<{ n: number }>`
      select (select count(*) from unit) + (select count(*) from page) + (select count(*) from fact) as n`.execute(
      target.db,
    );
    expect(rows[0]?.n).toBe(0);
  });
});
