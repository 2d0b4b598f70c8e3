import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Issue } from '../src/bulletin/bulletin.ts';
import { composeBulletin } from '../src/bulletin/compose-bulletin.ts';
import { placeOf } from '../src/bulletin/place.ts';
import { reconcile } from '../src/bulletin/reconcile.ts';
import { writeBulletinFiles } from '../src/bulletin/write-bulletin-files.ts';
import type { CaseFile, UnitRow } from '../src/domain/case-file.ts';
import { frozenCase, readPackageJson } from '../src/testing/rounds/frozen-case.ts';

const SITES = 15_000;
const ACCOUNTS = 120_000;
/** One failing subject in five is a site. */
const FAILING = { sites: 1_000, accounts: 4_000 } as const;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const seed = readPackageJson('samples/hunan-2020q3.json') as CaseFile;
const issue = readPackageJson('samples/hunan-2020q3-issue.json') as Issue;

/** `npm run bench -- bulletin`: all formats of the founding document and of a large province, time and memory. */
export async function benchBulletin(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-bulletin-'));
  try {
    await measure('种子', seed, folder);
    await measure(`${SITES} 个网站、${ACCOUNTS} 个账号、5000 行问题`, largeCase(), folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(name: string, given: CaseFile, folder: string): Promise<void> {
  const frozen = frozenCase(given, {}, '2020Q2');
  let peak = process.memoryUsage().rss;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const bulletin = composeBulletin(frozen, issue, placeOf(['湖南省']));
  reconcile(bulletin, frozen.round.ruleset);
  const { files, pdfSkipped } = await writeBulletinFiles(bulletin, folder, undefined);
  const used = process.cpuUsage(cpu);
  clearInterval(watch);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const ours = ((used.user + used.system) / 1_000_000).toFixed(1);
  print(
    `${name}：${seconds} 秒（本进程 CPU ${ours} 秒），内存最高 ${Math.round(peak / 1e6)} MB，${files.join('、')}${pdfSkipped === null ? '' : `；没有 PDF：${pdfSkipped}`}`,
  );
}

/** The founding document's units with a large province's numbers. */
function largeCase(): CaseFile {
  const rows = (all: number, failing: number): UnitRow[] =>
    seed.sitesByUnit.map(({ unit }, index, units) => {
      const share = (of: number): number =>
        Math.floor(of / units.length) + (index < of % units.length ? 1 : 0);
      return { unit, running: share(all), checked: share(all), failing: share(failing), ratio: '' };
    });
  const listed = (units: readonly UnitRow[], problems: readonly string[]) =>
    units
      .flatMap(({ unit, failing }) => Array.from({ length: failing }, () => unit))
      .map((unit, index) => ({
        ...{ order: index + 1, unit, name: `${unit}某单位第${index}号` },
        problems: index % 9 === 0 ? problems : problems.slice(index % 2, (index % 2) + 1),
      }));
  const sitesByUnit = rows(SITES, FAILING.sites);
  const accountsByUnit = rows(ACCOUNTS, FAILING.accounts);
  return {
    ...seed,
    ...{ sitesByUnit, accountsByUnit, repeatOffenders: [] },
    failingSites: listed(sitesByUnit, ['站点无法访问', '首页不更新']).map((row, index) => ({
      ...row,
      siteCode: String(4_300_000_000 + index),
    })),
    failingAccounts: listed(accountsByUnit, ['监测时间点前2周内无更新', '互动回应差']).map(
      (row) => ({
        ...row,
        ...{ operator: `${row.unit}某局`, platform: '微信公众号' },
        ...{ lastUpdated: '2020-08-01', lastUpdatedPrinted: '' },
      }),
    ),
  };
}
