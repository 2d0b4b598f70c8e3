import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { sql } from 'kysely';
import { readPage } from '../src/derive/page/read-page.ts';
import { openRow } from '../src/evidence/open-row.ts';
import { parseRow } from '../src/evidence/parse-row.ts';
import { createFetcher } from '../src/lib/node/http/create-fetcher.ts';
import type { ReceivedResponse } from '../src/lib/pure/received-response.ts';
import { type ArchivedRound, archivedRound, ROWS } from '../src/testing/archived-round.ts';
import { receivedResponse } from '../src/testing/received-response.ts';
import { startServer } from '../src/testing/servers/start-server.ts';
import { ROOT } from '../tools/source-files.ts';

const PAGES = 2_000;
const OPENINGS = 200;
const ROWS_DEFAULT = 200_000;
const ROWS_PER_STATEMENT = 100_000;

/**
 * What keeping a page costs beside what the page costs, and how long a finding's evidence takes to open with `--rows N`
 * (default 200,000) records in the index. Storing must stay within 15 % of a page's CPU, opening within 50 ms.
 */
export async function benchEvidence(args: readonly string[]): Promise<void> {
  const at = args.indexOf('--rows');
  const rows = at < 0 ? ROWS_DEFAULT : Number(args[at + 1]);
  if (!Number.isInteger(rows) || rows < 0) throw new Error('--rows 要写整数');
  const round = await archivedRound();
  try {
    await storing(round);
    await opening(round, rows);
  } finally {
    await round.remove();
  }
}

/** Real pages, each made unique as the pages of a round are. */
async function realPages(): Promise<Buffer[]> {
  const folder = join(ROOT, 'src/derive/page/fixtures/real');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.html'));
  const pages = await Promise.all(names.map((name) => readFile(join(folder, name))));
  return Array.from({ length: PAGES }, (_, index) =>
    Buffer.concat([pages[index % pages.length]!, Buffer.from(`<!-- ${index} -->`)]),
  );
}

async function storing(round: ArchivedRound): Promise<void> {
  const pages = await realPages();
  const bytes = pages.reduce((sum, page) => sum + page.byteLength, 0);
  print('页面', `${PAGES} 个真实页面，平均 ${Math.round(bytes / PAGES)} 字节`);
  const page = await cpuPerPage(() => fetchAndRead(pages));
  print('抓取并阅读一页', `${page} 微秒 CPU（本进程；服务端在内，故偏高时另看 round）`);
  const files = await cpuPerPage(() => keepAsFiles(pages));
  print('一页一文件（旧）', `${files} 微秒 CPU，占 ${share(files, page)}`);
  for (const perSubject of [1, 30]) {
    const segments = await cpuPerPage(() => keepInArchive(round, pages, perSubject));
    print(
      `WARC 分段加索引，每 ${perSubject} 页一事务`,
      `${segments} 微秒 CPU，占 ${share(segments, page)}（目标 ≤ 15%）`,
    );
  }
}

async function cpuPerPage(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return Math.round((user + system) / PAGES);
}

async function fetchAndRead(pages: readonly Buffer[]): Promise<void> {
  await using server = await startServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(pages[Number(request.url?.slice(1))]);
  });
  const fetcher = createFetcher({
    userAgent: 'bench',
    resolve: [],
    allowAddresses: ['127.0.0.1'],
    pacePerAddressMs: 0,
    now: () => new Date().toISOString(),
  });
  for (const index of pages.keys()) {
    const url = `http://127.0.0.1:${server.port}/${index}`;
    const result = await fetcher.fetch(url);
    if (result.kind === 'error') throw new Error(result.message);
    createHash('sha256').update(result.body).digest();
    readPage({ bytes: result.body, url, today: '2020-09-17', assets: new Map() });
  }
  await fetcher.close();
}

/** How bodies were kept before: one gzip file under its hash. */
async function keepAsFiles(pages: readonly Buffer[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'xunjian-bench-'));
  const pack = promisify(gzip);
  for (const page of pages) {
    const hash = createHash('sha256').update(page).digest('hex');
    const path = join(folder, hash.slice(0, 2), `${hash.slice(2)}.gz`);
    await mkdir(join(folder, hash.slice(0, 2)), { recursive: true });
    const temporary = `${path}.${randomUUID()}`;
    await writeFile(temporary, await pack(page, { level: 1 }));
    await rename(temporary, path);
  }
  await rm(folder, { recursive: true });
}

let nextRound = 1000;

async function keepInArchive(
  { archive, opened }: ArchivedRound,
  pages: readonly Buffer[],
  perSubject: number,
): Promise<void> {
  const roundId = nextRound++;
  for (let start = 0; start < pages.length; start += perSubject) {
    const intake = archive.begin(roundId);
    for (const [index, page] of pages.slice(start, start + perSubject).entries())
      intake.add(benchResponse(page, start + index));
    await intake.settle();
    await opened.store.transaction((trx) => intake.index(trx));
  }
  await archive.finish(roundId);
}

function benchResponse(body: Uint8Array, index: number): ReceivedResponse {
  const rawHeaders = ['Server', 'nginx', 'Date', 'Thu, 17 Sep 2020 00:00:00 GMT'];
  return receivedResponse({ url: `http://www.example.gov.cn/${index}.html`, body, rawHeaders });
}

async function opening(round: ArchivedRound, rows: number): Promise<void> {
  const { store } = round.opened;
  const started = performance.now();
  const segment = 1_000_000;
  await sql`insert into evidence_segment (id, round_id, name, state, writer, created_at)
            overriding system value values (${segment}, 1, 'bench', 'dropped', '', now())`.execute(
    store.db,
  );
  for (let from = 0; from < rows; from += ROWS_PER_STATEMENT) {
    const to = Math.min(rows, from + ROWS_PER_STATEMENT) - 1;
    await sql`
      insert into evidence_record
      select sha256(i::text::bytea), ${segment}::int, i, 2000, 'response',
             'http://www.example.gov.cn/section/2020/09/article_' || i || '.html', 200, now(), 19000
        from generate_series(${from}::int, ${to}::int) as i order by 1`.execute(store.db);
    if (to % 1_000_000 === 999_999) process.stderr.write(`已插入 ${to + 1} 行\n`);
  }
  await sql`analyze evidence_record`.execute(store.db);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  print('索引', `${rows} 行（${seconds} 秒建成）`);
  const one = async (): Promise<void> => {
    const row = await openRow({ store, archive: round.archive }, parseRow(ROWS.stale), {
      period: null,
      rule: null,
    });
    if (row.findings[0]?.records[0]?.reading.state !== 'whole') throw new Error('证据没有打开');
  };
  print('打开一行的证据', await milliseconds(one));
  let index = 0;
  const lookUp = async (): Promise<void> => {
    index = (index + 7919) % Math.max(1, rows);
    const payload = createHash('sha256').update(String(index)).digest('hex');
    const found = await round.archive.find(payload);
    if (rows > 0 && found.length !== 1) throw new Error('索引里没有');
  };
  print('按摘要查一条', await milliseconds(lookUp));
}

async function milliseconds(work: () => Promise<void>): Promise<string> {
  const times: number[] = [];
  for (let run = 0; run < OPENINGS; run += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  const first = times[0]!;
  times.sort((a, b) => a - b);
  const at = (share: number): string => times[Math.floor((times.length - 1) * share)]!.toFixed(1);
  return `中位 ${at(0.5)} 毫秒，95% ${at(0.95)} 毫秒，最慢 ${at(1)} 毫秒，头一次 ${first.toFixed(1)} 毫秒（目标 < 50）`;
}

function share(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(1)}%`;
}

function print(what: string, figure: string): void {
  process.stdout.write(`${what}：${figure}\n`);
}
