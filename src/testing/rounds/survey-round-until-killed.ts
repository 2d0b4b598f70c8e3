import { join } from 'node:path';
import process from 'node:process';
import { writeCsv } from '../../documents/workbook.ts';
import { parsePeriod } from '../../domain/period.ts';
import { openAuditTrail } from '../../identity/index.ts';
import { loadFacts } from '../../inspection/fact.repository.ts';
import { type InspectionDeps, ProgressHub } from '../../inspection/index.ts';
import { inspectionDb } from '../../inspection/inspection-db.ts';
import { planRound } from '../../inspection/plan-round.ts';
import { findRound, listRoundSubjects } from '../../inspection/round.repository.ts';
import { runTasks } from '../../inspection/work/run-tasks.ts';
import { planSurveys } from '../../inspection/work/survey-task.ts';
import { workOnRounds } from '../../inspection/work/work-on-rounds.ts';
import { LazyQueue } from '../../jobs/lazy-queue.ts';
import { importRegistry } from '../../registry/index.ts';
import { Archive } from '../../store/archive/archive.ts';
import { LocalSegments } from '../../store/archive/segment-store.ts';
import { openEmbeddedStore } from '../../store/open-embedded-store.ts';
import { testRuleset } from '../test-ruleset.ts';
import { TEST_SEALING } from '../test-sealing.ts';

/**
 * The surveys of a live round of a few sites, until somebody kills it or to the end (a test of rounds): says `pages N` as rows come,
 * and at last one line with the facts of every site by host.
 */
const [folder = '', port = '', ...hosts] = process.argv.slice(2);
const PERIOD = '2026H2';
const LOOK_EVERY_MS = 100;
const now = (): string => new Date().toISOString();
const store = await openEmbeddedStore(folder);
const db = inspectionDb(store);
const segments = new LocalSegments(join(folder, 'evidence'));
const archive = await Archive.open({ store, segments, now });
await openAuditTrail({ store, dataDir: folder, key: null, keepDays: null });
const jobs = new LazyQueue(store);
const deps: InspectionDeps = {
  ...{ store, archive, jobs, progress: new ProgressHub(), userAgent: 'Xunjian test' },
  sealing: TEST_SEALING,
  loadRuleset: async (id) => testRuleset(id as 'hunan-2020'),
};

async function openRound() {
  const begun = await findRound(db, PERIOD);
  if (begun) return begun;
  const rows = hosts.map((host, at) => [`430100000${at + 1}`, host, '某市', `http://${host}/`]);
  const files = [
    {
      name: '单位.csv',
      bytes: writeCsv([
        ['名称', '上级', '通报行'],
        ['某市', '', '某市'],
      ]),
    },
    {
      name: '网站.csv',
      bytes: writeCsv([['网站标识码', '网站名称', '主办单位', '首页网址'], ...rows]),
    },
  ];
  await importRegistry({ store, sealing: TEST_SEALING }, '测试', {
    files,
    dryRun: false,
    today: '2026-07-01',
  });
  return planRound(deps, '测试', {
    period: parsePeriod(PERIOD),
    window: ['2026-07-01', '2026-12-31'],
    monitoredAt: '2026-12-31T15:59:59.999Z',
    ruleset: testRuleset('hunan-2020'),
    clock: 'live',
    coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } },
    sampleRows: [],
    resolveRules: [`*.province.test=127.0.0.1:${port}`],
    wholeSites: { sites: 'all', pagesPerSite: 5_000 },
    at: now(),
  });
}

// Whoever reads this may be gone first.
process.stdout.on('error', () => process.exit(1));
const round = await openRound();
const sites = (await listRoundSubjects(db, round.id)).filter(
  ({ subject }) => subject.kind === 'site',
);
const counting = setInterval(async () => {
  const rows = await store.db
    .selectFrom('survey_page' as never)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirst();
  process.stdout.write(`pages ${rows?.count ?? 0}\n`);
}, LOOK_EVERY_MS);
const io = { now, note: () => undefined, signal: new AbortController().signal };
await workOnRounds(deps, io, async (worker) => {
  const run = { db, queue: worker.queue, roundId: round.id, signal: worker.signal };
  const tasks = planSurveys(round, sites);
  await runTasks({ ...run, onLook: async () => undefined }, 'survey', worker.jobs.survey, tasks);
});
clearInterval(counting);
const ids = sites.map(({ subject }) => subject.id);
const facts = await loadFacts(db, round.id, 'site', ids);
const byHost = sites.map(({ subject }) => [subject.name, facts.get(subject.id)]);
process.stdout.write(`${JSON.stringify(Object.fromEntries(byHost))}\n`);
await jobs.close();
await archive.close();
await store.close();
