import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOutput } from '../../src/cli/output.ts';
import { parseCommand } from '../../src/cli/parse-command.ts';
import { writeCsv } from '../../src/documents/workbook.ts';
import { type AppDeps, openApp, placeOf } from '../../src/main/app-deps.ts';
import { COMMANDS } from '../../src/main/commands.ts';
import { readConfig } from '../../src/main/config.ts';
import { databaseSettings } from '../../src/store/database-settings.ts';
import { openPostgresStore } from '../../src/store/open-postgres-store.ts';
import type { Store } from '../../src/store/store.ts';
import { startServer } from '../../src/testing/servers/start-server.ts';
import { temporaryDatabase } from '../../src/testing/temporary-store.ts';
import { FORMER, PERIOD } from '../e2e/fill.ts';
import { Installation } from './city-offices.ts';
import { ISSUED, issuedRound } from './rectification-steps.ts';

// Whoever is at the machine leaves his rows as well: every command that changes something, or takes data away, is run here
// once, for the rows that it leaves. A command that is in none of the lists fails the test.

/** Commands that only look, also where they write what they saw to a file that we do not keep. */
const READS = [
  ...[
    'registry show',
    'registry map list',
    'accounts diff',
    'round list',
    'finding list',
    'notice list',
    'inbox list',
    'notice log',
    'channel list',
    'finderror count',
    ...['assessment list', 'assessment show', 'assessment measure', 'yearly list'],
    'duty lacking',
    'selfcheck compare',
    'observation list',
    'site sections',
  ],
  ...['site blocked', 'site links', 'site render', 'site text', 'site inspect', 'site allow-kit'],
  ...['ruleset list', 'ruleset show', 'ruleset diff', 'lexicon list', 'lexicon show'],
  ...['text ignores', 'text check', 'evidence verify', 'evidence status', 'evidence check'],
  ...[
    'accounts cases',
    'accounts discover',
    'wechat list',
    'accounts upkeep list',
    'user list',
    'audit verify',
    'bulletin verify',
    ...['bulletin templates', 'bulletin remake', 'bulletin pictures', 'bulletin corrections'],
    'workday add',
    ...['rectify notices', 'rectify list', 'rectify show', 'rectify counts'],
    'contest list',
    'page',
    'config',
    'config show',
  ],
];

/** Commands that do what was recorded when it was asked for, and why nothing is recorded again. */
const RECORDED_BEFORE: Readonly<Record<string, string>> = {
  'notice deliver': '发送的是已有的通知；每次发送记在发送记录里',
  'finderror chase': '催办就是通知，每条只有一次',
  'duty chase': '催办就是通知，每条只有一次',
  'assessment chase': '催报就是通知，每条只有一次',
  'yearly chase': '同上',
  'selfcheck chase': '催报就是通知，每条只有一次',
  worker: '做的是批次的任务：批次的每一步由 round run 记下',
  'rectify recheck': '只做填报、自测时要的复看；看到什么由系统记下',
  'evidence upload': '把已存档的原件交到设置里的证据库，内容不变',
};

interface Step {
  readonly words: string;
  readonly more?: readonly string[];
  readonly leaves: readonly string[];
  /** 0 unless what the command met makes it 1. */
  readonly exit?: number;
  /** Instead of now. */
  readonly at?: string;
  /** What has to have happened. */
  readonly before?: () => Promise<void>;
}

const LATER = new Date(Date.now() + 400 * 86_400_000).toISOString();
const NEXT = '2020Q4';

let installation: Installation;
let folder: string;
let closeWeb: () => Promise<void>;
const steps: Step[] = [];
const at = (...path: string[]): string => join(folder, ...path);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), '巡鉴 命令-'));
  installation = await Installation.open({
    settings: {
      ...{ XUNJIAN_EVIDENCE_KEEP_DAYS: '1', XUNJIAN_AUDIT_KEEP_DAYS: '180' },
    },
  });
  const web = await startServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end('<p>青山县人民政府</p>');
  });
  closeWeb = async () => web[Symbol.asyncDispose]();
  steps.push(...(await registry()), ...wordings(), ...(await findings()), ...rounds(), ...users());
  steps.push(
    ...sites(`*=127.0.0.1:${web.port}`),
    ...(await rectification()),
    ...notices(),
    { words: 'backup', more: ['--to', at('一.tar')], leaves: ['data.backup'] },
    { words: 'key rotate', leaves: ['key.rotate'] },
    {
      words: 'accounts sweep',
      more: ['--limit', '1', '--resolve', '*=127.0.0.1:9'],
      leaves: ['source.sweep'],
    },
    { words: 'audit rekey', more: ['--reason', '换人保管'], leaves: ['audit.rekey'] },
    { words: 'audit prune', at: LATER, leaves: ['audit.prune'] },
  );
});
afterAll(async () => {
  await closeWeb?.();
  await installation?.close();
  await rm(folder, { recursive: true, force: true });
});

async function registry(): Promise<Step[]> {
  const files = join(installation.folder, 'files');
  const { rows } = await sql<{ id: number }>`
    select id from account where platform = '微信公众号' order by id limit 1`.execute(
    installation.deps.store.db,
  );
  return [
    { words: 'registry import', more: [at('单位.csv')], leaves: ['registry.import'] },
    { words: 'wechat invite', more: [String(rows[0]?.id)], leaves: ['wechat.invite'] },
    { words: 'accounts collect', leaves: ['discovery.collect'] },
    { words: 'registry map save', more: [at('映射.json')], leaves: ['registry.map-save'] },
    {
      words: 'registry export',
      ...{ more: [at('报送.xlsx'), '--map', '报送系统'], leaves: ['registry.export'] },
    },
    { words: 'registry map delete', more: ['报送系统'], leaves: ['registry.map-delete'] },
    { words: 'accounts upkeep open', leaves: ['upkeep.open', 'upkeep.chase'] },
    { words: 'accounts fill', leaves: ['matrix.fill'] },
    { words: 'accounts watch', leaves: ['alert.watch'] },
    {
      words: 'observation import',
      ...{ more: [join(files, 'observations.csv')], leaves: ['observation.import'] },
    },
    {
      words: 'observation withdraw',
      ...{ more: ['1', '--reason', '看错'], leaves: ['observation.withdraw'] },
    },
    {
      words: 'round import-history',
      ...{ more: [join(files, 'history.json')], leaves: ['round.import-history'] },
    },
  ];
}

function wordings(): Step[] {
  return [
    {
      words: 'lexicon import',
      more: [at('本省.csv'), '--reason', '首次'],
      leaves: ['lexicon.import'],
    },
    { words: 'lexicon activate', more: ['本省@1'], leaves: ['lexicon.activate'] },
    {
      words: 'text ignore',
      more: ['贯切', '--class', 'typo', '--severity', 'ordinary', '--reason', '当地地名'],
      leaves: ['text.ignore'],
    },
  ];
}

async function findings(): Promise<Step[]> {
  const { rows } = await sql<{ id: number; site_code: string | null }>`
    select finding.id::int as id, site.site_code
      from finding join round on round.id = finding.round_id
      left join site on finding.kind = 'site' and site.id = finding.subject_id
     where round.period = ${PERIOD} and finding.status = 'breached' order by site_code, id`.execute(
    installation.deps.store.db,
  );
  const { id, site_code: code } = rows[0]!;
  const by = ['--period', PERIOD, '--by', '李明华', '--note', '已核实'];
  const decide = (word: string, action: string): Step => ({
    words: `finding ${word}`,
    ...{ more: [String(id), ...by], leaves: [`finding.${action}`] },
  });
  return [
    decide('annotate', 'annotate'),
    decide('confirm', 'confirm'),
    decide('withdraw', 'withdraw'),
    decide('reject', 'reject'),
    decide('cannot-judge', 'cannotJudge'),
    {
      words: 'finding enter',
      more: [
        ...['--period', PERIOD, '--by', '李明华', '--rule', 'site.veto.security.expression'],
        ...['--site-code', code!, '--locator', 'http://x/', '--excerpt', '原文'],
      ],
      leaves: ['finding.enter'],
    },
    {
      words: 'evidence pack',
      more: [String(id), '--out', at('一.zip')],
      leaves: ['evidence.take'],
    },
    { words: 'evidence show', more: [String(id), '--out', at('证据')], leaves: ['evidence.take'] },
  ];
}

function rounds(): Step[] {
  const waived = ['--confirm-all', '测试免审', '--leave-undetermined', '测试不计'];
  return [
    {
      words: 'round run',
      more: [
        ...['--period', NEXT, '--window', '2020-10-07..2020-12-17', '--at', '2020-12-17'],
        ...['--ruleset', 'hunan-2020', '--clock', 'replay', '--resolve', '*=127.0.0.1:9'],
      ],
      leaves: ['round.plan', 'round.gathering', 'round.judging', 'round.judge'],
    },
    {
      words: 'contest show',
      more: [PERIOD],
      leaves: ['contest.show'],
      before: async () => {
        await sql`update finding set review = 'confirmed' where status = 'breached' and review = 'open'`.execute(
          installation.deps.store.db,
        );
      },
    },
    {
      words: 'contest clock',
      more: ['--at', LATER.slice(0, 10)],
      leaves: ['contest.close', 'contest.clock'],
    },
    { words: 'round freeze', more: ['--period', PERIOD, ...waived], leaves: ['round.freeze'] },
    {
      words: 'bulletin build',
      more: ['--period', FORMER, '--out', at('通报')],
      leaves: ['bulletin.build'],
    },
    {
      words: 'bulletin correct',
      more: [
        ...['--period', FORMER, '--number', '湘政务函〔2020〕9号', '--issued-on', '2020-04-01'],
        ...['--wrong', '2020年第一季度', '--correct', '2020年一季度', '--reason', '笔误'],
      ],
      leaves: ['bulletin.correct'],
      // How it is signed is told by the bulletin's own tests.
      before: async () =>
        void (await sql`update round set state = 'issued' where period = ${FORMER}`.execute(
          installation.deps.store.db,
        )),
    },
    { words: 'evidence prune', at: LATER, leaves: ['evidence.prune'] },
  ];
}

async function rectification(): Promise<Step[]> {
  const { rows } = await sql<{ id: number }>`select id from account order by id limit 1`.execute(
    installation.deps.store.db,
  );
  await issuedRound(installation, { kind: 'account', id: rows[0]!.id });
  return [
    { words: 'rectify open', more: [ISSUED], leaves: ['rectification.open'] },
    {
      words: 'rectify step',
      more: ['1', '--step', 'plan', '--note', '本周恢复更新'],
      leaves: ['rectification.plan'],
    },
    { words: 'rectify clock', more: ['--at', LATER.slice(0, 10)], leaves: ['rectification.clock'] },
  ];
}

function notices(): Step[] {
  return [
    { words: 'finderror import', more: [at('找错.csv')], leaves: ['finderror.receive'] },
    { words: 'duty import', more: [at('责任人员.csv')], leaves: ['duty.import'] },
    { words: 'selfcheck open', more: [PERIOD, '--workdays', '10'], leaves: ['selfcheck.open'] },
    {
      words: 'selfcheck import',
      more: [at('自查.csv'), '--period', PERIOD, '--unit', '岳阳市', '--submit'],
      leaves: ['selfcheck.import', 'selfcheck.submit'],
    },
    {
      words: 'assessment open',
      more: ['2019', '--report-by', LATER.slice(0, 10)],
      leaves: ['assessment.open'],
    },
    { words: 'yearly open', more: ['2019'], leaves: ['yearly.open'] },
    {
      words: 'channel set',
      more: [at('通道.json'), '--inner', '127.0.0.1'],
      leaves: ['channel.keep'],
    },
    // Nobody listens there.
    { words: 'channel test', more: ['1'], exit: 1, leaves: ['channel.test'] },
    { words: 'notice resend', more: ['1'], leaves: ['delivery.resend'], before: failedDelivery },
  ];
}

async function failedDelivery(): Promise<void> {
  await sql`
    insert into delivery (key, channel_id, kind, title, text, urgent, state, next_at, made_at)
    values ('一', 1, 'test', '催办', '请尽快办理', true, 'failed', now(), now())`.execute(
    installation.deps.store.db,
  );
}

function users(): Step[] {
  const user = (word: string, leaves: string, more: readonly string[] = []): Step => ({
    words: `user ${word}`,
    ...{ more: ['zhangwei', ...more], leaves: [`user.${leaves}`] },
  });
  return [
    user('add', 'add', ['--name', '张伟', '--role', 'manager']),
    user('grant', 'grant', ['--role', 'supervisor']),
    user('disable', 'change'),
    user('enable', 'change'),
    user('unlock', 'unlock'),
    user('reset-password', 'offer-password'),
    user('link', 'offer-sign-in'),
  ];
}

function sites(resolve: string): Step[] {
  const code = '4301000025';
  const reason = ['--reason', '业务高峰'];
  return [
    {
      words: 'site quiet-hours',
      more: [code, '--hours', '08:30-18:00', ...reason],
      leaves: ['site.quiet-hours'],
    },
    {
      words: 'site section',
      more: [code, 'http://example.gov.cn/ldzc/', '--kind', '领导信息', ...reason],
      leaves: ['section.decide'],
    },
    {
      words: 'site survey',
      more: ['http://qingshan.gov.cn/', '--resolve', resolve],
      leaves: ['site.survey'],
    },
  ];
}

/** Runs a command of the contract as the machine's owner would, at an instant of ours. */
async function run(
  deps: AppDeps,
  { words, more = [], at: instant = new Date().toISOString() }: Step,
): Promise<{ exit: number; said: string }> {
  let said = '';
  const say = (text: string): void => {
    said += text;
  };
  const { command, args } = parseCommand(COMMANDS, [...words.split(' '), ...more]);
  expect(command.words.join(' ')).toBe(words);
  const exit = await command.run({
    ...{ args, deps, cwd: folder, dataDir: deps.dataDir, actor: '本机操作者' },
    out: createOutput({ out: say, err: say, json: false, terminal: false }),
    signal: new AbortController().signal,
    now: () => instant,
  });
  return { exit, said };
}

interface Row {
  readonly id: number;
  readonly action: string;
  readonly actor: string;
}

async function rowsAfter({ db }: Store, id: number): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select id::int as id, action, actor from audit where id > ${id} order by id`.execute(db);
  return rows;
}

it('every command that changes something leaves its rows, in the name of who ran it', async () => {
  await writeFile(
    at('映射.json'),
    JSON.stringify({ name: '报送系统', columns: [{ header: '名称', field: 'name' }] }),
  );
  await writeFile(
    at('单位.csv'),
    writeCsv([
      ['名称', '上级'],
      ['新设县', '岳阳市'],
    ]),
  );
  await writeFile(
    at('找错.csv'),
    writeCsv([
      ['留言编号', '网站标识码', '问题网址', '留言内容', '留言时间'],
      ['1', '4306000043', '', '首页打不开', '2026-11-16 09:30'],
    ]),
  );
  await writeFile(
    at('责任人员.csv'),
    writeCsv([
      ['网站标识码', '岗位', '姓名或单位'],
      ['4306000043', '分管领导', '刘建国'],
    ]),
  );
  await writeFile(
    at('自查.csv'),
    writeCsv([
      ['名称', '检查日期', '检查结果'],
      ['岳阳市门户', '2020-09-16', '正常'],
    ]),
  );
  const hook = { kind: 'webhook', name: '值班', url: 'https://127.0.0.1:9/', key: 'k'.repeat(16) };
  await writeFile(at('通道.json'), JSON.stringify(hook));
  await writeFile(
    at('本省.csv'),
    writeCsv([
      ['错误写法', '正确写法'],
      ['甲厅', '乙厅'],
    ]),
  );
  const { deps } = installation;
  const faults: string[] = [];
  for (const step of steps) {
    await step.before?.();
    const last = (await rowsAfter(deps.store, 0)).at(-1)?.id ?? 0;
    const { exit, said } = await run(deps, step);
    if (exit !== (step.exit ?? 0)) faults.push(`${step.words}：${exit} ${said.slice(0, 300)}`);
    const rows = await rowsAfter(deps.store, last);
    for (const action of step.leaves)
      if (!rows.some((row) => row.action === action && row.actor !== ''))
        faults.push(`${step.words}：没有留下 ${action}，只有 ${rows.map((row) => row.action)}`);
  }
  expect(faults).toEqual([]);
});

it('what was put somewhere else says so there', async () => {
  // A PostgreSQL to copy to is there where the project has one.
  const target = await temporaryDatabase();
  if (target.url !== null) {
    const { exit } = await run(installation.deps, {
      ...{ words: 'data copy', more: ['--to', target.url], leaves: ['data.copy'] },
    });
    const copied = await openPostgresStore(databaseSettings(target.url));
    expect([exit, (await rowsAfter(copied, 0)).at(-1)?.action]).toEqual([0, 'data.copy']);
    await copied.close();
  }
  await target.remove();
  const config = readConfig({ XUNJIAN_DATA: at('恢复') });
  const restored = await openApp(config, placeOf(config, undefined, folder));
  const { exit } = await run(restored, {
    ...{ words: 'restore', more: [at('一.tar')], leaves: ['data.restore'] },
  });
  expect([exit, (await rowsAfter(restored.store, 0)).at(-1)?.action]).toEqual([0, 'data.restore']);
  await restored.close();
});

it('no command is left out', () => {
  const changes = [...steps.map(({ words }) => words), 'data copy', 'restore'];
  const listed = [...READS, ...Object.keys(RECORDED_BEFORE), ...changes];
  const commands = COMMANDS.map(({ words }) => words.join(' '));
  expect([...listed].sort()).toEqual([...commands].sort());
});
