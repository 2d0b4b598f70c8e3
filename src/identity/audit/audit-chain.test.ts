import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withOrigin } from '../../lib/node/origin.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { Secret } from '../../lib/pure/secret.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { listAudit } from './audit.repository.ts';
import { openAuditKeys, parseKeys } from './audit-keys.ts';
import { auditDb } from './audit-tables.ts';
import { AuditTrail, holdAuditTrail, openAuditTrail } from './audit-trail.ts';
import { pruneAudit } from './prune-audit.ts';
import { recordAudit } from './record-audit.ts';
import { rekeyAudit } from './rekey-audit.ts';
import { verifyAudit } from './verify-audit.ts';

let opened: TemporaryStore;
let audit: AuditTrail;
beforeAll(async () => {
  opened = await temporaryStore();
});
afterAll(() => opened.remove());
beforeEach(async () => {
  await tamper('delete from audit; delete from audit_checkpoint');
  const { settings, keys, anchors } = opened.audit;
  for (const file of [anchors.path, join(opened.folder, 'audit-key')])
    await rm(file, { force: true });
  audit = new AuditTrail(settings, keys);
  holdAuditTrail(audit);
});

async function write(count: number, actor = '甲'): Promise<void> {
  for (let index = 1; index <= count; index += 1)
    await opened.store.transaction((trx) =>
      recordAudit(trx, { actor, action: 'registry.import', detail: { index, 数: 1.5e3 } }),
    );
}

/** What somebody with the database's own password can do: the triggers are off. */
async function tamper(statement: string): Promise<void> {
  await opened.store.transaction(async (trx) => {
    for (const table of ['audit', 'audit_checkpoint'])
      await sql`alter table ${sql.table(table)} disable trigger user`.execute(trx);
    for (const each of statement.split(';')) await sql.raw(each).execute(trx);
    for (const table of ['audit', 'audit_checkpoint'])
      await sql`alter table ${sql.table(table)} enable trigger user`.execute(trx);
  });
}

const verify = () => verifyAudit(audit);

describe('the chain', () => {
  it('of nothing, and of rows with all that may stand in them, proves itself', async () => {
    expect(await verify()).toMatchObject({ rows: 0, ok: true, head: null });
    await withOrigin({ userId: 7, address: '10.0.0.8', requestId: 'r-1' }, () =>
      opened.store.transaction((trx) =>
        recordAudit(trx, {
          actor: '𠮷\u0000\ud800"\n',
          action: 'finding.confirm',
          subject: 'finding:1',
          detail: {
            b: 1e21,
            a: [0.1, -0, null, true],
            '\u2028': '"\\',
            long: 12345678901234567000,
          },
          before: { review: 'open' },
          after: { review: 'once' },
        }),
      ),
    );
    await write(2);
    expect(await verify()).toMatchObject({ rows: 3, ok: true, firstBroken: null, anchored: null });
    const { items } = await listAudit(
      auditDb(opened.store.db),
      {},
      {
        ...{ limit: 10, offset: 0, oldestFirst: true },
      },
    );
    expect(items[0]).toMatchObject({
      actor: '𠮷\ufffd"\n',
      userId: 7,
      address: '10.0.0.8',
      requestId: 'r-1',
      actionWords: '确认问题',
      subjectWords: '问题 1',
      before: { review: 'open' },
      after: { review: 'once' },
      position: 1,
    });
    expect(items[1]!.previousHash).toBe(items[0]!.hash);
  });

  it('has no gap where a transaction was rolled back', async () => {
    await write(1);
    const undone = opened.store.transaction(async (trx) => {
      await recordAudit(trx, { actor: '乙', action: 'registry.import', detail: {} });
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    await write(1);
    expect(await verify()).toMatchObject({ rows: 2, ok: true });
  });

  it('is one chain whoever writes at the same time', async () => {
    await Promise.all([write(10, '甲'), write(10, '乙'), write(10, '丙')]);
    expect(await verify()).toMatchObject({ rows: 30, ok: true });
  });

  it('masks secrets by their names and cuts what is endless', async () => {
    await opened.store.transaction((trx) =>
      recordAudit(trx, {
        actor: '甲',
        action: 'user.create',
        detail: { password: 'p1', appSecret: 's1', key: new Secret('s2'), tokenId: 'kept' },
        after: { long: '长'.repeat(200_000) },
      }),
    );
    const { rows } = await sql<{ all: string }>`select audit::text as all from audit`.execute(
      opened.store.db,
    );
    expect(rows[0]!.all).not.toMatch(/p1|s1|s2/);
    expect(rows[0]!.all).toContain('kept');
    expect(rows[0]!.all.length).toBeLessThan(10_000);
  });
});

describe('what was done to it is named', () => {
  const NINE: readonly [string, string, number | null, RegExp][] = [
    ['a changed value', `update audit set actor = '丁' where position = 5`, 5, /不符/],
    ['a changed detail', `update audit set detail = '{"index": 9}' where position = 5`, 5, /不符/],
    [
      'a changed time',
      `update audit set at = at + interval '1 microsecond' where position = 5`,
      5,
      /不符/,
    ],
    ['an added address', `update audit set address = '1.2.3.4' where position = 5`, 5, /不符/],
    ['an empty subject for none', `update audit set subject = '' where position = 5`, 5, /不符/],
    ['a row deleted in the middle', 'delete from audit where position = 5', 6, /缺了第 5 到 5 行/],
    ['the first row deleted', 'delete from audit where position = 1', 2, /缺了第 1 到 1 行/],
    [
      'a row inserted with a copied hash',
      `update audit set position = -position where position > 5; update audit set position = 1 - position where position < 0;
       insert into audit (at, actor, action, detail, position, key_id, previous_hash, hash)
       select at, actor, action, detail, 6, key_id, hash, hash from audit where position = 5`,
      6,
      /不符/,
    ],
    [
      'two rows in each other’s place',
      `update audit set position = -4 where position = 4; update audit set position = 4 where position = 5;
       update audit set position = 5 where position = -4`,
      4,
      /不符/,
    ],
    [
      'a row written past the program',
      `insert into audit (actor, action, detail) values ('戊', 'registry.import', '{}')`,
      null,
      /不在链上/,
    ],
    ['a foreign key', `update audit set key_id = 'ffffffffffffffff' where position = 5`, 5, /密钥/],
  ];
  it.each(NINE)('%s', async (_name, statement, position, why) => {
    await write(9);
    expect((await verify()).ok).toBe(true);
    await tamper(statement);
    const { ok, firstBroken } = await verify();
    expect(ok).toBe(false);
    expect(firstBroken).toMatchObject({ position, why: expect.stringMatching(why) });
  });

  it('the newest rows cut off, known by the anchors', async () => {
    await write(6);
    expect(await verify()).toMatchObject({ ok: true, rows: 6 });
    await tamper('delete from audit where position > 4');
    expect(await verify()).toMatchObject({
      ok: false,
      rows: 4,
      anchored: 6,
      firstBroken: { id: null, position: 5, why: expect.stringContaining('记得有 6 行') },
    });
  });

  it('all rows cut off, and new ones written in their place', async () => {
    await write(6);
    await verify();
    await tamper('delete from audit');
    await write(7);
    expect((await verify()).firstBroken).toMatchObject({
      position: 6,
      why: expect.stringContaining('锚点不符'),
    });
  });

  it('a changed anchor', async () => {
    await write(3);
    await verify();
    const { path } = audit.anchors;
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"position":3', '"position":2'));
    expect((await verify()).firstBroken).toMatchObject({ why: expect.stringContaining('第 1 行') });
  });
});

describe('the database refuses', () => {
  it.each([
    ['update', `update audit set actor = '丁'`],
    ['update of the hash', `update audit set hash = 'x' where position = 1`],
    ['unchaining', 'update audit set position = null'],
    ['delete', 'delete from audit'],
    ['truncate', 'truncate audit'],
    ['delete of a checkpoint', 'delete from audit_checkpoint'],
  ])('%s', async (_name, statement) => {
    await write(2);
    await sql`insert into audit_checkpoint (at, position, hash, key_id, mac) values (now(), 0, '', '', '')`.execute(
      opened.store.db,
    );
    await expect(sql.raw(statement).execute(opened.store.db)).rejects.toThrow('append-only');
    const rows = await sql<{ actor: string }>`select actor from audit`.execute(opened.store.db);
    expect(rows.rows).toEqual([{ actor: '甲' }, { actor: '甲' }]);
  });
});

describe('rows of before the chain', () => {
  it('are chained at the first opening, once; later ones past the program are not', async () => {
    const insert = () =>
      sql`insert into audit (at, actor, action, detail) values ('infinity', '旧', 'registry.import', 'null')`.execute(
        opened.store.db,
      );
    for (let count = 0; count < 3; count += 1) await insert();
    const settings = { ...audit.settings };
    await openAuditTrail(settings);
    const reading = () => verifyAudit(new AuditTrail(settings, keys));
    const keys = await openAuditKeys(settings.dataDir, null);
    expect(await reading()).toMatchObject({ rows: 3, ok: true });
    await insert();
    await openAuditTrail(settings);
    await write(1);
    expect((await reading()).firstBroken?.why).toMatch('不在链上');
  });
});

describe('keys', () => {
  const OTHER = '6'.repeat(64);
  const trailWith = (text: string) => new AuditTrail(audit.settings, parseKeys(text, '测试'));

  it('the folder’s own is made once, for its owner only', async () => {
    const dataDir = join(opened.folder, '新');
    const [one, two] = await Promise.all([
      openAuditKeys(dataDir, null),
      openAuditKeys(dataDir, null),
    ]);
    expect(one.current.id).toBe(two.current.id);
    expect((await stat(join(dataDir, 'audit-key'))).mode & 0o777).toBe(0o600);
  });

  it('a process with another key is refused, and writes nothing', async () => {
    await write(1);
    holdAuditTrail(trailWith(OTHER));
    await expect(write(1)).rejects.toMatchObject({ code: 'audit.key' });
    expect(await verify()).toMatchObject({ rows: 1, ok: true });
  });

  it('a new key before the old one goes on with the same chain', async () => {
    await write(1);
    const both = trailWith(`${OTHER} ${'5'.repeat(64)}`);
    holdAuditTrail(both);
    await write(1);
    expect(await verifyAudit(both)).toMatchObject({ rows: 2, ok: true });
    expect((await verify()).firstBroken?.why).toMatch('密钥');
  });

  it('a lost key is replaced with a reason; what it proved is then unproved', async () => {
    await write(1);
    const trail = new AuditTrail(audit.settings, await openAuditKeys(opened.folder, null));
    holdAuditTrail(trail);
    await expect(write(1)).rejects.toBeInstanceOf(UserError);
    const { to } = await rekeyAudit(trail, '甲', '密钥丢失');
    expect(trail.keys.current.id).toBe(to);
    await write(1);
    expect((await verifyAudit(trail)).firstBroken).toMatchObject({
      position: 1,
      why: expect.stringMatching('密钥'),
    });
    const all = new AuditTrail(
      audit.settings,
      parseKeys(
        `${await readFile(join(opened.folder, 'audit-key'), 'utf8')} ${'5'.repeat(64)}`,
        '测试',
      ),
    );
    expect(await verifyAudit(all)).toMatchObject({ rows: 3, ok: true });
  });

  it.each(['', 'abc', '7'.repeat(63), `${'7'.repeat(64)} x`])('%j is none', (text) => {
    expect(() => parseKeys(text, '测试')).toThrow(UserError);
  });
});

describe('retention', () => {
  it('deletes from the beginning on, and what stays is proved', async () => {
    await write(5);
    await tamper(`update audit set at = '2020-01-01' where position <= 3`);
    // Written as the program would have written it three years ago: under its own hashes.
    await rechain();
    const trail = new AuditTrail({ ...audit.settings, keepDays: 180 }, audit.keys);
    const now = new Date().toISOString();
    expect(await pruneAudit(trail, '甲', now)).toEqual({ rows: 3, upTo: 3 });
    expect(await verifyAudit(trail)).toMatchObject({ ok: true, rows: 3, keptAfter: 3 });
    expect(await pruneAudit(trail, '甲', now)).toEqual({ rows: 0, upTo: null });
    await sql`insert into audit_checkpoint (at, position, hash, key_id, mac)
              select at, 5, hash, key_id, mac from audit_checkpoint`.execute(opened.store.db);
    await sql`delete from audit where position <= 5`.execute(opened.store.db);
    expect((await verifyAudit(trail)).firstBroken?.why).toMatch('检查点签名不符');
  });

  it('does not delete what shows a forgery', async () => {
    await write(2);
    await tamper(`update audit set at = '2020-01-01' where position = 1`);
    const trail = new AuditTrail({ ...audit.settings, keepDays: 180 }, audit.keys);
    await expect(pruneAudit(trail, '甲', new Date().toISOString())).rejects.toMatchObject({
      code: 'audit.broken',
    });
  });
});

/** Chains all rows anew under the test's key. */
async function rechain(): Promise<void> {
  await tamper(
    'update audit set position = null, key_id = null, previous_hash = null, hash = null',
  );
  const settings = { ...audit.settings, key: new Secret('5'.repeat(64)) };
  await openAuditTrail(settings);
}

describe('a long chain', () => {
  it('is read page by page and hashed in a thread; a change deep inside is found', async () => {
    const ROWS = 12_345;
    await sql`
      insert into audit (actor, action, detail)
      select '甲', 'registry.import', jsonb_build_object('index', i, '文', repeat('长', i % 50))
        from generate_series(1, ${ROWS}::int4) i`.execute(opened.store.db);
    const key = new Secret('5'.repeat(64));
    const trail = await openAuditTrail({ ...audit.settings, key });
    await write(1);
    expect(await verifyAudit(trail)).toMatchObject({ ok: true, rows: ROWS + 1 });
    await tamper(`update audit set detail = '{}' where position = 11111`);
    expect(await verifyAudit(trail)).toMatchObject({
      rows: 11_110,
      firstBroken: { position: 11_111 },
    });
  });
});
