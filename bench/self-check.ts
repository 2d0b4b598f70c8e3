import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { sql } from 'kysely';
import { writeXlsx } from '../src/documents/workbook.ts';
import { openAuditTrail } from '../src/identity/index.ts';
import { invariant } from '../src/lib/pure/errors.ts';
import { listUnits } from '../src/registry/index.ts';
import '../src/selfcheck/index.ts';
import { exportComparison } from '../src/selfcheck/export-comparison.ts';
import { importDraft } from '../src/selfcheck/import-draft.ts';
import { openSelfCheck } from '../src/selfcheck/open-self-check.ts';
import { readQuestion } from '../src/selfcheck/questions/read-question.ts';
import { readComparison } from '../src/selfcheck/read-comparison.ts';
import { listRows, readHandIn } from '../src/selfcheck/read-hand-in.ts';
import { COLUMNS, ROWS_MAX } from '../src/selfcheck/read-rows.ts';
import { chooseSubject, submitDraft } from '../src/selfcheck/step-draft.ts';
import { databaseSettings } from '../src/store/database-settings.ts';
import { openEmbeddedStore } from '../src/store/open-embedded-store.ts';
import { openPostgresStore } from '../src/store/open-postgres-store.ts';
import type { Store } from '../src/store/store.ts';
import {
  findBundledPrograms,
  findInstalledPrograms,
} from '../src/testing/postgres/find-programs.ts';
import { runCluster } from '../src/testing/postgres/run-cluster.ts';
import { registerTwoCities, reviewingRound } from '../src/testing/rounds/reviewing-round.ts';

const PERIOD = '2020Q3';
const CITY = '长沙市';
const AT = '2020-09-21T02:00:00.000Z';
/** The bounds: what a page, and an import of the largest file, may take. */
const PAGE_SECONDS = 0.3;
const IMPORT_SECONDS = 20;
/** Every tenth subject has a breach; the city found every other one of them, and every 20th row names no subject. */
const BREACHED_EVERY = 10;
const UNMATCHED_EVERY = 20;
/** One a breached subject, and one of the city's portal, which fails and which the city did not check. */
const LINES = ROWS_MAX / BREACHED_EVERY + 1;

/**
 * `npm run bench -- selfcheck`: a city's file of 20,000 rows, on the embedded database and on a PostgreSQL of its own: imported, looked at,
 * a subject chosen, submitted, compared, a question opened, exported.
 */
export async function benchSelfCheck(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'xunjian-self-check-'));
  try {
    await run('内嵌数据库', await openEmbeddedStore(folder), folder);
    const cluster = await runCluster([findInstalledPrograms, findBundledPrograms]);
    try {
      await run('PostgreSQL', await openPostgresStore(databaseSettings(cluster.url)), folder);
    } finally {
      await cluster.remove();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(name: string, store: Store, dataDir: string): Promise<void> {
  try {
    await openAuditTrail({ store, dataDir, key: null, keepDays: null });
    await fill(store);
    const city = (await listUnits(store.db)).find((unit) => unit.name === CITY)!;
    const deps = { store };
    const actor = '测速';
    const opening = { period: PERIOD, unitIds: [city.id], workdays: 5, note: '', at: AT };
    const { id } = await openSelfCheck(deps, actor, opening);
    const asked = { id, unitId: city.id };
    const file = { name: '自查.xlsx', bytes: await cityFile() };
    const measure = measureOf(name);
    const draft = await measure('导入 2 万行', IMPORT_SECONDS, () =>
      importDraft(deps, actor, { ...asked, file, at: AT }),
    );
    await measure('填报页', PAGE_SECONDS, () => readHandIn(deps, actor, asked));
    const page = { version: 1, limit: 50, offset: ROWS_MAX / 2 };
    await measure('填报页的一页行', PAGE_SECONDS, () => listRows(deps, actor, asked, page));
    const unmatched = { ...page, offset: 0, stands: 'unmatched' as const };
    const { items } = await listRows(deps, actor, asked, unmatched);
    await measure('给一行选对象', PAGE_SECONDS, () =>
      chooseSubject(deps, actor, {
        ...{ ...asked, number: items[0]!.number, subjectId: null },
        ...{ revision: draft.revision, at: AT },
      }),
    );
    const { revision } = await readHandIn(deps, actor, asked);
    await submitDraft(deps, actor, { ...asked, revision, reason: '', at: AT });
    const { lines } = await measure('比对页', PAGE_SECONDS, () =>
      readComparison(deps, actor, asked),
    );
    invariant(
      lines.length === LINES,
      `比对 ${lines.length} 处，应当是 ${LINES} 处：数据不对，速度不作数`,
    );
    const key = lines.find((line) => line.key !== null)!.key!;
    await measure('一个问题', PAGE_SECONDS, () => readQuestion(deps, actor, { ...asked, key }));
    await measure('导出比对', IMPORT_SECONDS, () =>
      exportComparison(deps, actor, { ...asked, filter: {}, at: AT }),
    );
    process.stdout.write(`${name}：比对 ${lines.length} 处\n`);
  } finally {
    await store.close();
  }
}

const measureOf =
  (name: string) =>
  async <Result>(what: string, most: number, work: () => Promise<Result>): Promise<Result> => {
    const [started, own] = [performance.now(), process.cpuUsage()];
    const result = await work();
    const seconds = (performance.now() - started) / 1_000;
    const { user, system } = process.cpuUsage(own);
    const memory = Math.round(process.memoryUsage().rss / 1_048_576);
    process.stdout.write(
      `${name}，${what}：${seconds.toFixed(2)} 秒（本进程 CPU ${((user + system) / 1e6).toFixed(2)} 秒，内存 ${memory} MB）；要求 ≤ ${most} 秒：${seconds <= most ? '达到' : '没有达到'}\n`,
    );
    return result;
  };

/** A city with 20,000 sites in a frozen round. */
async function fill(store: Store): Promise<void> {
  await registerTwoCities(store);
  const { db } = store;
  await sql`insert into site (site_code, name, sponsor_id, home_url, status, is_portal, has_service, registry_order)
    select ${codeSql()}, '网站' || n, u.id, 'http://w' || n || '.test/', 'running', false, false, n + 10
      from generate_series(1, ${ROWS_MAX}::int) n, unit u where u.name = ${CITY}`.execute(db);
  await reviewingRound(store, PERIOD);
  await sql`insert into finding (round_id, kind, subject_id, rule_id, status, judgement, source, review, sponsor_id)
    select r.id, 'site', s.id, 'site.veto.home-stale', 'breached', f.judgement, f.source, 'confirmed', s.sponsor_id
      from round r, site s, (select judgement, source from finding where status = 'breached' limit 1) f
     where s.registry_order > 10 and s.registry_order % ${BREACHED_EVERY}::int = 0`.execute(db);
  await sql`update round set state = 'frozen', frozen_at = ${AT}`.execute(db);
  await sql`analyze`.execute(db);
}

const codeSql = () => sql`'4399' || lpad(n::text, 6, '0')`;

function cityFile(): Promise<Uint8Array> {
  const rows = Array.from({ length: ROWS_MAX }, (_each, at) => {
    const number = at + 1;
    const order = number + 10;
    const isBad = order % (2 * BREACHED_EVERY) === 0;
    const code = number % UNMATCHED_EVERY === 1 ? '' : `4399${String(number).padStart(6, '0')}`;
    const named = code === '' ? `没有登记的${number}` : `网站${number}`;
    return [
      ...['网站', named, code, '', '', CITY, '2020-09-16', isBad ? '有问题' : '正常'],
      ...[isBad ? '首页不更新' : '', ''],
    ];
  });
  const head = Object.values(COLUMNS).map(([name]) => name);
  return writeXlsx([{ name: '自查', rows: [head, ...rows] }]);
}
