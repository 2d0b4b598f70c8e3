import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeCsv } from '../documents/workbook.ts';
import { importRegistry } from '../registry/index.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { sealPlain } from './seal-plain.ts';
import { credentialOf, sourcesOf } from './source.repository.ts';

let opened: TemporaryStore;
beforeAll(async () => {
  opened = await temporaryStore();
  const account = (n: number) => ['微信公众号', `号${n}`, `gh_${n}`, '乙市'];
  const tables: [string, string[][]][] = [
    [
      '单位.csv',
      [
        ['名称', '上级'],
        ['乙市', ''],
      ],
    ],
    [
      '新媒体.csv',
      [
        ['平台', '账号名称', '账号ID', '主办单位'],
        ...Array.from({ length: 501 }, (_, n) => account(n)),
      ],
    ],
  ];
  const files = tables.map(([name, rows]) => ({ name, bytes: writeCsv(rows) }));
  await importRegistry(opened, '测试', { files, dryRun: false, today: '2026-01-01' });
});
afterAll(() => opened.remove());

it('secrets that an older version kept in plain text are sealed, all of them, once', async () => {
  const { store, sealing } = opened;
  await sql`insert into account_source (account_id, position, origin, kind, level, address, identity, credential)
    select id, 1, 'register', 'wechat', 'A1', '', account_id, 'plain:hush ' || id from account`.execute(
    store.db,
  );
  expect([await sealPlain(store, sealing), await sealPlain(store, sealing)]).toEqual([501, 0]);
  const { rows } = await sql<{ id: number; text: string }>`
    select account_id as id, credential as text from account_source`.execute(store.db);
  expect(rows.filter(({ text }) => text.includes('hush') || text.startsWith('plain'))).toEqual([]);
  const { id } = rows[500]!;
  const source = (await sourcesOf(store.db, [id])).get(id)![0]!;
  expect(credentialOf(sealing, source)?.reveal()).toBe(`hush ${id}`);
});
