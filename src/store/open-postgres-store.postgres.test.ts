import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { inspect } from 'node:util';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { UserError } from '../lib/pure/errors.ts';
import { type Cluster, runCluster } from '../testing/postgres/run-cluster.ts';
import {
  createDatabase,
  createTestDatabase,
  dropTestDatabase,
  urlOf,
} from '../testing/postgres/test-databases.ts';
import { databaseSettings } from './database-settings.ts';
import { openPostgresStore } from './open-postgres-store.ts';
import type { Store } from './store.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function freshDatabase(): Promise<string> {
  const url = await createTestDatabase(inject('postgresUrl'));
  cleanUps.push(() => dropTestDatabase(url));
  return url;
}

async function open(url: string): Promise<Store> {
  const store = await openPostgresStore(databaseSettings(url, { retrySeconds: 60 }));
  cleanUps.push(() => store.close());
  return store;
}

const refusal = async (url: string): Promise<UserError> => {
  const error = await open(url).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
};

const changed = (url: string, change: (url: URL) => void): string => {
  const copy = new URL(url);
  change(copy);
  return copy.href;
};

describe('opening', () => {
  const cluster = inject('postgresUrl');
  it.each([
    ['a port where nobody listens', changed(cluster, (url) => (url.port = '1')), 'unreachable'],
    ['an unknown host', changed(cluster, (url) => (url.hostname = 'db.invalid')), 'unreachable'],
    ['a wrong password', changed(cluster, (url) => (url.password = 'falsch')), 'password'],
    ['no password', changed(cluster, (url) => (url.password = '')), 'password'],
    ['a database that is not there', urlOf(cluster, '没有'), 'no-database'],
    ['no URL of PostgreSQL', 'mysql://a:geheim@b/c', 'url'],
    ['no URL', '主机=geheim', 'url'],
    ['a bare % in the name', 'postgresql://u:geheim@h/%zz', 'url'],
  ])('%s is refused in words that hold no secret', async (_name, url, code) => {
    const error = await refusal(url);
    expect(error.code).toBe(`store.${code}`);
    expect(error.message).toMatch(/请检查|请先建库|没有写|应写作/);
    expect(`${error.message}${error.details.join()}`).not.toMatch(/falsch|geheim/);
  });

  it('a database in another encoding is refused', async () => {
    const url = urlOf(cluster, `latin_${process.pid}`);
    await createDatabase(
      cluster,
      `latin_${process.pid}`,
      'template0',
      "encoding 'LATIN1' locale_provider libc locale 'C'",
    );
    cleanUps.push(() => dropTestDatabase(url));
    expect((await refusal(url)).message).toContain('LATIN1');
  });

  it('a user who may not make tables is told what to ask for', async () => {
    const name = `foreign_${process.pid}`;
    await createDatabase(cluster, name, 'template0');
    cleanUps.push(() => dropTestDatabase(urlOf(cluster, name)));
    const client = new pg.Client({ connectionString: urlOf(cluster, name) });
    await client.connect();
    await client.query(`create role low_${process.pid} login password 'p'`);
    await client.end();
    const url = changed(urlOf(cluster, name), (each) => {
      each.username = `low_${process.pid}`;
      each.password = 'p';
    });
    const error = await refusal(url);
    expect([error.code, error.message]).toEqual([
      'store.permission',
      expect.stringContaining('grant create on schema public'),
    ]);
  });

  it('a read-only database is refused', async () => {
    const url = await freshDatabase();
    const store = await open(url);
    const name = new URL(url).pathname.slice(1);
    await sql`alter database ${sql.ref(name)} set default_transaction_read_only to on`.execute(
      store.db,
    );
    expect((await refusal(url)).code).toBe('store.read-only');
  });

  it('a database of a newer version is refused', async () => {
    const url = await freshDatabase();
    const store = await open(url);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030')`.execute(
      store.db,
    );
    expect((await refusal(url)).code).toBe('store.newer');
  });

  it('several processes that start together on an empty database all find it ready', async () => {
    const name = `empty_${process.pid}`;
    await createDatabase(cluster, name, 'template0');
    const url = urlOf(cluster, name);
    cleanUps.push(() => dropTestDatabase(url));
    const stores = await Promise.all(Array.from({ length: 6 }, () => open(url)));
    for (const store of stores) {
      const { rows } = await sql`select * from unit`.execute(store.db);
      expect(rows).toEqual([]);
    }
  });

  it('a server that takes the call and says nothing counts as unreachable', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    cleanUps.push(async () => void silent.close());
    const { port } = silent.address() as AddressInfo;
    const settings = databaseSettings(`postgresql://u:p@127.0.0.1:${port}/x`, {
      connectSeconds: 1,
    });
    await expect(openPostgresStore(settings)).rejects.toMatchObject({ code: 'store.unreachable' });
  });

  it('settings never print their password', () => {
    const settings = databaseSettings('postgresql://u:geheim@h/d?password=geheim');
    expect(`${inspect(settings)}${JSON.stringify(settings)}`).not.toContain('geheim');
    expect(settings.shown).toBe('postgresql://u:[secret]@h:5432/d');
    expect(databaseSettings('postgresql://u:geheim@/d?host=/run/pg').shown).toBe(
      'postgresql://u:[secret]@/run/pg:5432/d',
    );
  });
});

describe('a database that goes away', () => {
  let own: Cluster;
  beforeAll(async () => {
    own = await runCluster();
    return () => own.remove();
  });

  const insert = (store: Store, actor: string): Promise<unknown> =>
    store.transaction((trx) =>
      sql`insert into audit (actor, action, detail) values (${actor}, 'test', '{}')`.execute(trx),
    );
  const count = async (store: Store): Promise<number> =>
    (await sql<{ n: number }>`select count(*) as n from audit`.execute(store.db)).rows[0]!.n;

  it('stops other work with an error that says a retry may help', async () => {
    const store = await open(own.url);
    own.stop();
    try {
      await expect(insert(store, '甲')).rejects.toMatchObject({ code: 'store.lost' });
      await expect(count(store)).rejects.toMatchObject({ code: 'store.lost' });
    } finally {
      own.start();
    }
    expect(await count(store)).toBe(0);
  });

  it('is waited for by patient work, in a transaction and outside, and nothing is written twice', async () => {
    const store = await open(own.url);
    const waits: string[] = [];
    let waiting = (): void => undefined;
    const waited = new Promise<void>((resolve) => {
      waiting = resolve;
    });
    const patient = store.patient({
      signal: new AbortController().signal,
      onWait: (message) => {
        waits.push(message);
        waiting();
      },
    });
    let runs = 0;
    const inTheMidst = patient.transaction(async (trx) => {
      runs += 1;
      await sql`insert into audit (actor, action, detail) values ('中断', 'test', '{}')`.execute(
        trx,
      );
      if (runs === 1) own.stop();
      await sql`select 1`.execute(trx);
    });
    await Promise.race([waited, inTheMidst]);
    const reading = count(patient);
    const writing = insert(patient, '乙');
    own.start();
    await Promise.all([inTheMidst, writing]);
    expect(await reading).toBeLessThanOrEqual(2);
    expect(runs).toBe(2);
    expect(await count(store)).toBe(2);
    expect(waits[0]).toContain('数据库连接中断');
  });

  it('is waited for no longer than patience or the signal allows', async () => {
    const store = await openPostgresStore(databaseSettings(own.url, { retrySeconds: 1 }));
    cleanUps.push(() => store.close());
    const abort = new AbortController();
    const aborting = (await open(own.url)).patient({
      signal: abort.signal,
      onWait: () => abort.abort(),
    });
    own.stop();
    try {
      const gaveUp = count(store.patient({ signal: new AbortController().signal }));
      await expect(gaveUp).rejects.toMatchObject({ code: 'store.unavailable' });
      await expect(count(aborting)).rejects.toMatchObject({ name: 'AbortError' });
    } finally {
      own.start();
    }
  });
});
