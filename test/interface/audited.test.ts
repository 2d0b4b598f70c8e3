import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeCsv } from '../../src/documents/workbook.ts';
import { addUser, makeLink } from '../../src/identity/index.ts';
import { linkIdentity } from '../../src/identity/oidc/link-identity.ts';
import { startProvider, type TestProvider } from '../../src/testing/oidc/start-provider.ts';
import { browser, cookieOf, type TestBrowser } from '../../src/testing/signed-in.ts';
import { ROOT } from '../../tools/source-files.ts';
import { FORMER, PERIOD } from '../e2e/fill.ts';
import { assessmentSteps } from './assessment-steps.ts';
import { bulletinSteps } from './bulletin-steps.ts';
import { asForm, Installation } from './city-offices.ts';
import { discoveredOf, discoverySteps } from './discovery-steps.ts';
import { measureSteps, regulationSteps, trainingSteps } from './duty-steps.ts';
import { enterByProvider } from './enter-by-provider.ts';
import { lifecycleSteps } from './lifecycle-steps.ts';
import { observationSteps } from './observation-steps.ts';
import { type Method, OPERATIONS } from './operations.ts';
import { registerSteps } from './register-steps.ts';
import { selfCheckSteps } from './self-check-steps.ts';
import { sourceSteps } from './source-steps.ts';
import { templateSteps } from './template-steps.ts';
import { yearlySteps } from './yearly-steps.ts';

// Whatever changes something, or takes data away, leaves a row that says who, from where, what, and what it was before and
// after. Every operation that is not a GET is done here once, for the rows that it leaves; one that nobody does fails the test.

/** What an operation's rows lack, and why it is right so. */
type Lacks = 'changes' | 'person';

/** One operation done: the actions that its rows name. */
interface Step {
  readonly operation: string;
  readonly does: () => Promise<{ readonly status: number; readonly text: string }>;
  readonly leaves: readonly string[];
  readonly lacks?: readonly Lacks[];
}

const PASSWORD = '青山-绿水-2026-晴';
const OTHER_PASSWORD = '白云-蓝天-2027-雨';
const NEXT = '2020Q4';

let installation: Installation;
let provider: TestProvider;
let supervisor: TestBrowser;
let second: TestBrowser;
let sponsor: TestBrowser;
let manager: TestBrowser;
let systemAdmin: TestBrowser;
let securityAdmin: TestBrowser;
const steps: Step[] = [];

beforeAll(async () => {
  provider = await startProvider();
  installation = await Installation.open({
    settings: {
      XUNJIAN_OIDC_ISSUER: provider.issuer,
      XUNJIAN_OIDC_CLIENT_ID: provider.clientId,
      XUNJIAN_OIDC_CLIENT_SECRET: provider.clientSecret.reveal(),
    },
  });
  supervisor = await installation.enter('supervisor', null);
  second = await installation.enter('supervisor', null);
  sponsor = await installation.enter('sponsor', '岳阳市');
  manager = await installation.enter('manager', '岳阳市');
  systemAdmin = await installation.enter('systemAdmin', null);
  securityAdmin = await installation.enter('securityAdmin', null);
  steps.push(
    ...ownAccount(),
    ...users(),
    ...imports(),
    ...registerSteps({ supervisor, second }, '4306000099'),
    ...findings(),
    ...sections(),
    ...sourceSteps(() => sponsor, supervisor),
    ...observationSteps(supervisor),
    ...wordings(),
    ...rounds(),
    ...bulletinSteps({ supervisor, second }, FORMER),
    ...assessmentSteps({ supervisor, second, manager }),
    ...yearlySteps({ supervisor, second, manager }),
    ...measureSteps({ supervisor, second, manager }),
    ...regulationSteps({ supervisor, second, manager }),
    ...trainingSteps({ manager }),
    ...selfCheckSteps({ supervisor, manager }, FORMER),
    ...templateSteps({ supervisor, second }),
    ...lifecycleSteps({ installation, sponsor, manager, supervisor }),
    ...discoverySteps(supervisor, await discoveredOf(installation, '4306000043', '岳阳微播')),
  );
});
afterAll(async () => {
  await installation?.close();
  await provider?.close();
});

const V1 = '/api/v1';

/** A step that is one request. */
function step(
  who: () => TestBrowser,
  operation: string,
  leaves: readonly string[],
  given: {
    readonly url?: () => string | Promise<string>;
    readonly body?: () => object | Promise<object>;
    readonly lacks?: readonly Lacks[];
  } = {},
): Step {
  const [method, path] = operation.split(' ') as [Method, string];
  return {
    operation,
    leaves,
    ...(given.lacks ? { lacks: given.lacks } : {}),
    does: async () => {
      const url = (await given.url?.()) ?? path;
      return who().call(method, url, await given.body?.());
    },
  };
}

async function read<T>(person: TestBrowser, url: string): Promise<T> {
  const { status, body } = await person.call('GET', `${V1}/${url}`);
  expect([url, status]).toEqual([url, 200]);
  return body as T;
}

/** Somebody without a session asks. */
async function stranger(
  method: Method,
  url: string,
  payload: object,
): Promise<{ status: number; text: string; cookie: string }> {
  const headers = { host: '127.0.0.1' };
  const answer = await installation.app.inject({ method, url, headers, payload });
  return {
    status: answer.statusCode,
    text: answer.payload,
    cookie: cookieOf(answer.headers['set-cookie'] as string | undefined),
  };
}

/** From the set-up to the sign-out of one who looks after his own account. */
function ownAccount(): Step[] {
  let own: TestBrowser;
  const me = () => own;
  const link = (purpose: 'setup' | 'password') =>
    installation.link(purpose, purpose === 'setup' ? null : own.userId);
  let secret = '';
  const code = (ahead: number): string =>
    generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + ahead * 30 });
  let token = 0;
  return [
    {
      operation: `POST ${V1}/setup`,
      leaves: ['user.add', 'user.password', 'user.offer-password', 'identity.sign-in'],
      lacks: ['changes', 'person'],
      does: async () =>
        stranger('POST', `${V1}/setup`, {
          ...{ token: await link('setup'), login: 'chenzhiqiang', name: '陈志强' },
          password: PASSWORD,
        }),
    },
    {
      operation: `POST ${V1}/session`,
      leaves: ['identity.sign-in'],
      lacks: ['changes', 'person'],
      does: async () => {
        const { deps } = installation;
        const given = {
          login: 'wanglei',
          name: '王磊',
          unitId: null,
          roles: ['supervisor'],
        } as const;
        const user = await addUser(deps.identity, '测试', given);
        const password = await makeLink(deps.identity, 'password', user.id);
        await stranger('POST', `${V1}/session/password-link`, {
          token: password,
          password: PASSWORD,
        });
        const answer = await stranger('POST', `${V1}/session`, {
          ...{ login: 'wanglei', password: PASSWORD },
        });
        own = await browser(installation.app, user.id, answer.cookie);
        return answer;
      },
    },
    {
      operation: `POST ${V1}/session/oidc/code`,
      leaves: ['identity.sign-in'],
      lacks: ['changes', 'person'],
      does: () => enterByProvider(installation, provider),
    },
    step(me, `POST ${V1}/session/totp`, ['identity.totp-offer']),
    {
      operation: `POST ${V1}/session/totp/confirm`,
      leaves: ['identity.totp-on'],
      does: async () => {
        const offered = await own.call('POST', `${V1}/session/totp`);
        secret = (offered.body as { secret: string }).secret;
        return own.call('POST', `${V1}/session/totp/confirm`, { code: code(0) });
      },
    },
    step(me, `DELETE ${V1}/session/totp`, ['identity.totp-off'], {
      body: () => ({ password: PASSWORD }),
    }),
    step(me, `POST ${V1}/tokens`, ['token.make'], {
      body: () => ({
        ...{ name: '取数', abilities: ['round.read'] },
        expiresOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
      }),
    }),
    step(me, `DELETE ${V1}/tokens/{id}`, ['token.revoke'], {
      url: async () => {
        token = (await read<{ items: { id: number }[] }>(own, 'tokens')).items[0]!.id;
        return `${V1}/tokens/${token}`;
      },
    }),
    step(me, `POST ${V1}/session/password`, ['user.password'], {
      body: () => ({ old: PASSWORD, new: OTHER_PASSWORD }),
    }),
    step(me, `DELETE ${V1}/session/oidc`, ['identity.oidc-unlink'], {
      body: async () => {
        await linkIdentity(installation.deps.identity, own.userId, personOf('wl'));
        return { password: OTHER_PASSWORD };
      },
    }),
    step(me, `DELETE ${V1}/sessions/{id}`, ['session.end'], {
      url: async () => {
        await stranger('POST', `${V1}/session`, { login: 'wanglei', password: OTHER_PASSWORD });
        const { items } = await read<{ items: { id: number; current: boolean }[] }>(
          own,
          'sessions',
        );
        return `${V1}/sessions/${items.find(({ current }) => !current)!.id}`;
      },
    }),
    step(me, `DELETE ${V1}/session`, ['identity.sign-out']),
    {
      operation: `POST ${V1}/session/password-link`,
      leaves: ['user.password'],
      lacks: ['person'],
      does: async () =>
        stranger('POST', `${V1}/session/password-link`, {
          ...{ token: await link('password'), password: '高山-流水-2028-雪' },
        }),
    },
  ];
}

const personOf = (subject: string) => ({
  ...{ issuer: 'https://sso.example.gov.cn', claim: 'sub', subject, label: subject },
});

function users(): Step[] {
  let made = 0;
  const url = (rest: string) => () => `${V1}/users/${made}${rest}`;
  const add = step(() => systemAdmin, `POST ${V1}/users`, ['user.add', 'user.offer-password'], {
    body: () => ({ login: 'zhangwei', name: '张伟', unitId: null }),
    lacks: ['changes'],
  });
  return [
    {
      ...add,
      does: async () => {
        const answer = await add.does();
        made = (JSON.parse(answer.text) as { id: number }).id;
        return answer;
      },
    },
    step(() => systemAdmin, `PATCH ${V1}/users/{id}`, ['user.change'], {
      ...{ url: url(''), body: () => ({ name: '张大伟' }) },
    }),
    step(() => systemAdmin, `POST ${V1}/users/{id}/password-reset`, ['user.offer-password'], {
      ...{ url: url('/password-reset'), lacks: ['changes'] },
    }),
    step(() => systemAdmin, `DELETE ${V1}/users/{id}/oidc`, ['identity.oidc-unlink'], {
      url: async () => {
        await linkIdentity(installation.deps.identity, made, personOf('zw'));
        return `${V1}/users/${made}/oidc`;
      },
    }),
    step(() => securityAdmin, `PUT ${V1}/users/{id}/roles`, ['user.grant'], {
      ...{ url: url('/roles'), body: () => ({ roles: ['manager'] }) },
    }),
    step(() => securityAdmin, `POST ${V1}/users/{id}/unlock`, ['user.unlock'], {
      url: url('/unlock'),
    }),
    step(() => securityAdmin, `DELETE ${V1}/users/{id}/totp`, ['identity.totp-off'], {
      url: url('/totp'),
    }),
    step(() => securityAdmin, `DELETE ${V1}/users/{id}/sessions`, ['user.sign-out'], {
      url: url('/sessions'),
    }),
  ];
}

/** Uploads a register of one new site; returns the draft. */
async function upload(code: string): Promise<{ status: number; text: string }> {
  const file = writeCsv([
    ['网站标识码', '网站名称', '主办单位', '首页网址'],
    [code, `岳阳市新网站${code}`, '岳阳市', `http://${code}.gov.cn/`],
  ]);
  return sendFile(`${V1}/registry/imports`, '网站.csv', file);
}

async function sendFile(
  url: string,
  name: string,
  file: string | Uint8Array,
): Promise<{ status: number; text: string }> {
  return supervisor.call('POST', url, ...asForm(name, file));
}

function imports(): Step[] {
  const draft = async (code: string): Promise<string> =>
    (JSON.parse((await upload(code)).text) as { id: string }).id;
  const who = () => supervisor;
  return [
    {
      ...{ operation: `POST ${V1}/registry/imports`, leaves: ['import.create'] },
      does: () => upload('4306000097'),
    },
    step(who, `DELETE ${V1}/registry/imports/{id}`, ['import.discard'], {
      url: async () => `${V1}/registry/imports/${await draft('4306000098')}`,
    }),
    step(who, `POST ${V1}/registry/imports/{id}/confirmation`, ['registry.import'], {
      url: async () => `${V1}/registry/imports/${await draft('4306000099')}/confirmation`,
    }),
    {
      ...step(who, `POST ${V1}/rulesets/{id}/versions`, ['ruleset.change'], {
        url: () => `${V1}/rulesets/hunan-2020/versions`,
        body: async () => {
          const { hash } = await read<{ hash: string }>(supervisor, 'rulesets/hunan-2020');
          const changes = [{ ruleId: 'site.veto.home-stale', parameters: { days: 15 } }];
          return { base: hash, reason: '按本季度会议意见调整', changes };
        },
      }),
    },
  ];
}

interface Finding {
  readonly id: number;
  readonly kind: string;
  readonly subject: { readonly id: number; readonly printRow: string };
  readonly contests: readonly { readonly id: number }[];
}

function findings(): Step[] {
  let contested = 0;
  const breached = async (): Promise<Finding> => {
    const { items } = await read<{ items: Finding[] }>(
      supervisor,
      `findings?period=${PERIOD}&status=breached&limit=200`,
    );
    return items.find(({ kind, subject }) => kind === 'site' && subject.printRow === '岳阳市')!;
  };
  return [
    step(() => supervisor, `POST ${V1}/findings`, ['finding.enter'], {
      body: async () => ({
        ...{ period: PERIOD, kind: 'site', subjectId: (await breached()).subject.id },
        ...{ ruleId: 'site.veto.security.expression', locator: 'http://x/', excerpt: '原文' },
      }),
    }),
    step(() => supervisor, `POST ${V1}/findings/{id}/reviews`, ['finding.confirm'], {
      url: async () => `${V1}/findings/${(await breached()).id}/reviews`,
      body: () => ({ decision: 'confirm', note: '' }),
    }),
    step(() => sponsor, `POST ${V1}/findings/{id}/contests`, ['finding.contest'], {
      url: async () => {
        contested = (await breached()).id;
        return `${V1}/findings/${contested}/contests`;
      },
      body: () => ({ text: '该网站九月十日已经更新，请复核存档页面。' }),
    }),
    step(() => supervisor, `POST ${V1}/contests/{id}/answer`, ['contest.uphold'], {
      url: async () => {
        const { contests } = await read<Finding>(supervisor, `findings/${contested}`);
        return `${V1}/contests/${contests[0]!.id}/answer`;
      },
      body: () => ({ decision: 'uphold', note: '已核实' }),
    }),
  ];
}

/** A section's kind is decided, and the decision taken back; a sponsor wishes his site to be left alone. */
function sections(): Step[] {
  const decide = (kind: string | null, leaves: string) =>
    step(() => supervisor, `PUT ${V1}/sites/{id}/section-kinds`, [leaves], {
      url: async () => {
        const { items } = await read<{ items: { id: number }[] }>(
          supervisor,
          'sites?q=岳阳市商务局',
        );
        return `${V1}/sites/${items[0]!.id}/section-kinds`;
      },
      body: () => ({ url: 'http://example.gov.cn/ldzc/', kind, reason: '内容是领导名单' }),
    });
  const quiet = step(() => sponsor, `PUT ${V1}/sites/{id}/quiet-hours`, ['site.quiet-hours'], {
    url: async () => {
      const { items } = await read<{ items: { id: number }[] }>(sponsor, 'sites?limit=1');
      return `${V1}/sites/${items[0]!.id}/quiet-hours`;
    },
    body: () => ({ windows: [{ from: '08:30', to: '18:00' }], reason: '办件高峰' }),
  });
  const record = step(() => sponsor, `PATCH ${V1}/accounts/{id}/record`, ['account.record'], {
    url: async () => {
      const { items } = await read<{ items: { id: number }[] }>(sponsor, 'accounts?limit=1');
      return `${V1}/accounts/${items[0]!.id}/record`;
    },
    body: () => ({
      ...{ version: 1, reason: '责任人调整' },
      changes: [{ field: 'responsible', value: '李四' }],
    }),
  });
  return [decide('leaders', 'section.decide'), decide(null, 'section.forget'), quiet, record];
}

/** A lexicon is looked at, imported, withdrawn and taken up again; a wording is ignored, and no longer. */
function wordings(): Step[] {
  const who = () => supervisor;
  const file = '错误写法,正确写法\n甲厅,乙厅\n';
  const address = () => `${V1}/lexicons/${encodeURIComponent('本省')}/active`;
  return [
    {
      ...{ operation: `POST ${V1}/lexicons/previews`, leaves: [] },
      does: () => sendFile(`${V1}/lexicons/previews`, '本省.csv', file),
    },
    {
      ...{ operation: `POST ${V1}/lexicons`, leaves: ['lexicon.import'] },
      does: () => sendFile(`${V1}/lexicons?reason=${encodeURIComponent('首次')}`, '本省.csv', file),
    },
    step(who, `DELETE ${V1}/lexicons/{name}/active`, ['lexicon.disable'], { url: address }),
    step(who, `PUT ${V1}/lexicons/{name}/active`, ['lexicon.activate'], {
      ...{ url: address, body: () => ({ version: 1 }) },
    }),
    step(who, `POST ${V1}/text-ignores`, ['text.ignore'], {
      body: () => ({
        ...{ text: '贯切', class: 'typo', urlPrefix: '', severity: 'ordinary' },
        ...{ reason: '当地地名', until: null },
      }),
    }),
    step(who, `DELETE ${V1}/text-ignores/{id}`, ['text.unignore'], {
      url: async () => {
        const { items } = await read<{ items: { id: number }[] }>(supervisor, 'text-ignores');
        return `${V1}/text-ignores/${items[0]!.id}`;
      },
    }),
  ];
}

function rounds(): Step[] {
  const who = () => supervisor;
  const idle = async <T>(answer: T): Promise<T> => {
    await installation.runner.idle();
    return answer;
  };
  const retry = step(who, `POST ${V1}/rounds/{period}/retries`, ['round.retry'], {
    url: () => `${V1}/rounds/${PERIOD}/retries`,
    body: async () => {
      const { items } = await read<{ items: { id: number }[] }>(supervisor, 'sites?q=岳阳市商务局');
      return { kind: 'site', subjectId: items[0]!.id };
    },
  });
  const run = step(who, `POST ${V1}/rounds/{period}/run`, ['round.gathering'], {
    url: () => `${V1}/rounds/${NEXT}/run`,
  });
  return [
    { ...retry, does: async () => idle(await retry.does()) },
    step(who, `POST ${V1}/rounds`, ['round.plan'], {
      body: () => ({
        ...{ period: NEXT, window: ['2020-10-07', '2020-12-17'], at: '2020-12-17' },
        ...{ ruleset: 'hunan-2020', clock: 'replay', resolve: ['*=127.0.0.1:9'] },
        coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } },
      }),
    }),
    step(who, `POST ${V1}/rounds/{period}/pause`, ['round.pause'], {
      url: () => `${V1}/rounds/${NEXT}/pause`,
    }),
    { ...run, does: async () => idle(await run.does()) },
    step(() => systemAdmin, `POST ${V1}/system/jobs/{id}/retry`, ['job.retry'], {
      url: async () => {
        const { rows } = await sql<{ id: string }>`
          update job.job set state = 'failed', output = '{"reason":"测试"}'
           where id = (select id from job.job where state = 'completed' limit 1) returning id`.execute(
          installation.deps.store.db,
        );
        return `${V1}/system/jobs/${rows[0]!.id}/retry`;
      },
    }),
    step(who, `POST ${V1}/rounds/{period}/freeze`, ['round.freeze'], {
      url: () => `${V1}/rounds/${PERIOD}/freeze`,
      body: () => ({ reviewWaived: '测试免审', undeterminedWaived: '测试不计' }),
    }),
  ];
}

interface Row {
  readonly id: number;
  readonly action: string;
  readonly actor: string;
  readonly user_id: number | null;
  readonly address: string | null;
  readonly request_id: string | null;
  readonly before: object | null;
  readonly after: object | null;
}

async function rowsAfter(id: number): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select id::int as id, action, actor, user_id, address, request_id, before, after
      from audit where id > ${id} order by id`.execute(installation.deps.store.db);
  return rows;
}

it('every operation that changes something leaves its rows: who, from where, before and after', async () => {
  const faults: string[] = [];
  for (const { operation, does, leaves, lacks = [] } of steps) {
    const last = (await rowsAfter(0)).at(-1)?.id ?? 0;
    const { status, text } = await does();
    const own = (await rowsAfter(last)).filter(({ action }) => leaves.includes(action));
    const say = (words: string): void => void faults.push(`${operation}：${words}`);
    if (status >= 300) say(`${status} ${text.slice(0, 300)}`);
    for (const action of leaves)
      if (!own.some((row) => row.action === action)) say(`没有留下 ${action}`);
    for (const row of own) {
      if (row.actor === '' || row.address === null || row.request_id === null)
        say(`${row.action} 没有写明谁、从哪里`);
      if (row.user_id === null && !lacks.includes('person')) say(`${row.action} 没有写明用户`);
      if (row.before === null && row.after === null && !lacks.includes('changes'))
        say(`${row.action} 没有写明改动前后`);
    }
  }
  expect(faults).toEqual([]);
});

it('the auditor reads them in words', async () => {
  // What an import changed is told by the rows' own codes.
  const rows = (await rowsAfter(0)).filter(({ action }) => action !== 'registry.import');
  const fields = rows.flatMap(({ before, after }) => [
    ...Object.keys(before ?? {}),
    ...Object.keys(after ?? {}),
  ]);
  // The console is a program of its own: its words are read, not imported.
  const words = readFileSync(join(ROOT, 'console/src/pages/audit/audit-words.ts'), 'utf8');
  const known = new Set([...words.matchAll(/^ {2}(\w+): '/gm)].map(([, name]) => name));
  expect([...new Set(fields)].filter((name) => !known.has(name))).toEqual([]);
});

it('none is left out', () => {
  const done = new Set(steps.map(({ operation }) => operation));
  const changes = OPERATIONS.filter(({ method }) => method !== 'GET').map(({ name }) => name);
  expect(changes.filter((name) => !done.has(name))).toEqual([]);
  expect([...done].filter((name) => !changes.includes(name))).toEqual([]);
});

it('what is taken away leaves a row as well, and the chain holds', async () => {
  const auditor = await installation.enter('auditor', null);
  const [last] = (await rowsAfter(0)).slice(-1);
  const { items } = await read<{ items: Finding[] }>(supervisor, `findings?period=${PERIOD}`);
  for (const [person, path] of [
    [supervisor, 'registry/export?format=json'],
    [supervisor, 'upkeep/export'],
    [supervisor, 'duty/chains/export'],
    [supervisor, 'duty/regulations/export'],
    [supervisor, 'duty/trainings/export?year=2026'],
    [supervisor, 'duty/load/export?year=2026'],
    [supervisor, `findings/export?period=${PERIOD}`],
    [auditor, 'audit/export'],
    [auditor, `findings/${items[0]!.id}/chain.zip`],
  ] as const)
    expect([path, (await person.call('GET', `${V1}/${path}`)).status]).toEqual([path, 200]);
  const actions = (await rowsAfter(last!.id)).map(({ action }) => action);
  expect(actions).toEqual(
    expect.arrayContaining([
      ...[
        'registry.export',
        ...['upkeep.export', 'duty.export', 'regulation.export', 'training.export'],
        'duty.export-load',
        'finding.export',
        'audit.export',
        'finding.export-chain',
      ],
    ]),
  );
  expect(await read(auditor, 'audit/verification')).toMatchObject({ ok: true, firstBroken: null });
});
