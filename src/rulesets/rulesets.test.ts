import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutput } from '../cli/output.ts';
import { runCommand } from '../cli/run-command.ts';
import type { Actor } from '../domain/actor.ts';
import { createServer, type HttpServer } from '../http/create-server.ts';
import { PACKAGE_ROOT } from '../main/config.ts';
import { actorWith } from '../testing/as-actor.ts';
import { registerTwoCities, reviewingRound } from '../testing/rounds/reviewing-round.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { testRuleset } from '../testing/test-ruleset.ts';
import { loadRuleset, type RulesetDeps, registerRulesetRoutes, rulesetCommands } from './index.ts';

const shipped = testRuleset('hunan-2020');
const actors: Readonly<Record<string, Actor>> = {
  zhang: actorWith({ userId: 1, name: '张三（zhangsan）' }),
  reader: actorWith({ abilities: ['ruleset.read'] }),
  city: actorWith({ scope: new Set([1]) }),
};

let opened: TemporaryStore;
let deps: RulesetDeps;
let app: HttpServer;

beforeAll(async () => {
  opened = await temporaryStore();
  deps = { store: opened.store, rulesetsDir: `${PACKAGE_ROOT}/rulesets` };
  app = await createServer(async ({ headers }) => actors[String(headers['x-as'])] ?? null);
  registerRulesetRoutes(app, deps);
});
afterAll(async () => {
  await app.close();
  await opened.remove();
});

async function ask(path: string, asked: { as?: string; body?: unknown } = {}) {
  const response = await app.inject({
    method: asked.body === undefined ? 'GET' : 'POST',
    url: `/api/v1/rulesets${path}`,
    headers: { host: '127.0.0.1', 'x-as': asked.as ?? 'zhang' },
    ...(asked.body === undefined ? {} : { payload: asked.body as object }),
  });
  const json = response.json();
  return { status: response.statusCode, code: json.code as string | undefined, json };
}

const days = (value: number, base: string, as = 'zhang') =>
  ask('/hunan-2020/versions', {
    as,
    body: {
      base,
      reason: '按会议纪要',
      changes: [{ ruleId: 'site.veto.home-stale', parameters: { days: value } }],
    },
  });

async function run(...words: string[]) {
  const printed = { out: '', err: '' };
  const out = createOutput({
    out: (text) => (printed.out += text),
    err: (text) => (printed.err += text),
    json: false,
    terminal: false,
  });
  const code = await runCommand<RulesetDeps>({
    commands: rulesetCommands,
    argv: ['ruleset', ...words],
    out,
    execute: (parsed) => parsed.command.run({ ...parsed, out, deps } as never),
  });
  return { code, ...printed };
}

describe('the shipped rulesets', () => {
  it('are version 1', async () => {
    const { json } = await ask('');
    expect(json).toMatchObject({
      total: 2,
      items: [
        { id: 'hunan-2020', version: 1, isShipped: true, isNewest: true, extends: 'national-2019' },
        { id: 'national-2019', version: 1, extends: null, changedBy: null },
      ],
    });
    expect(json.items[0].hash).toBe(shipped.hash);
    expect(await loadRuleset(deps, 'hunan-2020')).toEqual(shipped);
  });

  it('show their rules: what is unverified, what each reads and where it is changed', async () => {
    const { json } = await ask('/national-2019');
    const rule = (id: string) => json.rules.find((each: { id: string }) => each.id === id);
    expect(rule('media.veto.interaction.fake')).toMatchObject({
      isOn: false,
      isUnverified: true,
      object: 'account',
      class: 'veto',
      parameters: [],
    });
    expect(rule('portal.deduct.marks')).toMatchObject({ isUnverified: true, class: 'deduction' });
    const stale = rule('site.veto.home-stale');
    expect([stale.isUnverified, stale.clause]).toEqual([
      false,
      '国办秘函〔2019〕19号 检查指标 第一部分 首页不更新',
    ]);
    expect(stale.parameters).toContainEqual({
      name: 'days',
      value: 14,
      default: 14,
      unit: '天',
      why: expect.any(String),
      min: 1,
      max: 3660,
      of: null,
    });
    expect(stale.parameters[0]).toMatchObject({ name: 'failPercent', of: 'site.veto.unreachable' });
  });
});

describe('a new version', () => {
  it('stands on the shipped file, is the newest, and leaves the first as it was', async () => {
    const { status, json } = await days(30, shipped.hash);
    expect([status, json.version, json.changedBy, json.reason]).toEqual([
      201,
      2,
      '张三（zhangsan）',
      '按会议纪要',
    ]);
    const newest = await loadRuleset(deps, 'hunan-2020');
    expect([newest.version, newest.hash]).toEqual([2, json.hash]);
    expect(await loadRuleset(deps, 'hunan-2020@2')).toEqual(newest);
    expect(await loadRuleset(deps, 'hunan-2020@1')).toEqual(shipped);
    expect(
      (await ask('')).json.items.map(({ id, version, isNewest }: Record<string, unknown>) => [
        id,
        version,
        isNewest,
      ]),
    ).toEqual([
      ['hunan-2020', 2, true],
      ['hunan-2020', 1, false],
      ['national-2019', 1, true],
    ]);
    expect((await ask('/hunan-2020?version=1')).json.hash).toBe(shipped.hash);
    expect((await ask('/hunan-2020/diff?from=1&to=2')).json).toMatchObject({
      from: { version: 1, hash: shipped.hash },
      to: { version: 2 },
      rules: [{ ruleId: 'site.veto.home-stale', parameters: [{ name: 'days', from: 14, to: 30 }] }],
    });
    const { rows } = await sql<object>`
      select actor, subject, detail, before, after from audit where action = 'ruleset.change'
    `.execute(opened.store.db);
    expect(rows).toMatchObject([
      {
        actor: '张三（zhangsan）',
        subject: 'ruleset:hunan-2020',
        detail: { rules: [{ ruleId: 'site.veto.home-stale' }] },
        before: { version: 1, hash: shipped.hash },
        after: { version: 2 },
      },
    ]);
  });

  it('is made of what was looked at: a second change of the same base is refused', async () => {
    const late = await days(31, shipped.hash);
    expect([late.status, late.code]).toEqual([409, 'ruleset.changed']);
    expect(late.json.message).toContain('张三（zhangsan）：按会议纪要');
    const { hash } = await loadRuleset(deps, 'hunan-2020');
    const both = await Promise.all([days(40, hash), days(41, hash)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await loadRuleset(deps, 'hunan-2020')).version).toBe(3);
  });

  it('is not in a round that was planned before', async () => {
    await registerTwoCities(opened.store);
    const ruleset = await loadRuleset(deps, 'hunan-2020@2');
    await reviewingRound(opened.store, '2020Q3', { ruleset });
    const { hash } = await loadRuleset(deps, 'hunan-2020');
    await days(60, hash);
    const { rows } = await sql<{ ruleset: { version: number; hash: string } }>`
      select ruleset from round
    `.execute(opened.store.db);
    expect(rows[0]?.ruleset).toMatchObject({ version: 2, hash: ruleset.hash });
  });

  it('is listed, shown and compared on the command line', async () => {
    expect(await run('list')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^hunan-2020@4（最新）\t[0-9a-f]{12}\t[^\n]+张三/),
    });
    const { out } = await run('show', 'hunan-2020');
    expect(out).toContain('启用\tsite.veto.home-stale\t首页不更新\tdays=60天');
    expect(out).toContain('停用 待核\tmedia.veto.interaction.fake');
    expect((await run('diff', 'hunan-2020@1', 'hunan-2020@2')).out).toBe(
      'site.veto.home-stale\tdays 14 → 30\n',
    );
    expect((await run('diff', 'national-2019', 'national-2019@1')).out).toBe('没有不同。\n');
    expect(await run('show', 'hunan-2020@9')).toMatchObject({
      code: 2,
      err: expect.stringContaining('没有第 9 版'),
    });
  });

  it('whose row was changed by hand is not used', async () => {
    await sql`update ruleset_version set content = jsonb_set(content, '{rules,0,enabled}', 'false')
      where version = 2`.execute(opened.store.db);
    const damaged = await ask('/hunan-2020?version=2');
    expect([damaged.status, damaged.code]).toEqual([409, 'ruleset.damaged']);
    await expect(loadRuleset(deps, 'hunan-2020@2')).rejects.toMatchObject({
      code: 'ruleset.damaged',
    });
  });
});

describe('what is asked wrongly', () => {
  const body = (change: object) => ({
    base: shipped.hash,
    reason: '理由',
    changes: [{ ruleId: 'site.veto.home-stale', isOn: false }],
    ...change,
  });
  const post = (change: object, as = 'zhang') =>
    ask('/national-2019/versions', { as, body: body(change) });
  it.each([
    ['no reason', () => post({ reason: ' ' }), 400, /^http\./],
    ['no change', () => post({ changes: [] }), 400, /^http\./],
    ['an unknown field', () => post({ force: true }), 400, /^http\./],
    ['a wrong type', () => post({ changes: [{ ruleId: 'x', isOn: 'yes' }] }), 400, /^http\./],
    [
      'a word that is not true',
      () => post({ changes: [{ ruleId: 'x', confirmsUnverified: false }] }),
      400,
      /^http\./,
    ],
    ['another base', () => post({}), 409, /^ruleset\.changed$/],
    ['a reader', () => post({}, 'reader'), 403, /^identity\.forbidden$/],
    ['a city', () => post({}, 'city'), 403, /^identity\.forbidden$/],
    ['a stranger', () => post({}, 'nobody'), 401, /^identity\.signed-out$/],
    ['no such ruleset', () => ask('/hainan-2020'), 404, /^ruleset\.unknown$/],
    ['no file', () => ask('/..%2Fpackage'), 404, /^ruleset\.unknown$/],
    ['no such version', () => ask('/hunan-2020?version=99'), 404, /^ruleset\.unknown$/],
    ['half a comparison', () => ask('/hunan-2020/diff?from=1'), 400, /^http\./],
  ])('%s', async (_, work, status, code) => {
    const answer = await work();
    expect([answer.status, answer.code]).toEqual([status, expect.stringMatching(code)]);
  });

  it.each(['hunan-2020@', 'hunan-2020@0', 'hunan-2020@x', '@1', '', '../x'])(
    'reference %j is no ruleset',
    async (reference) => {
      await expect(loadRuleset(deps, reference)).rejects.toMatchObject({ code: 'ruleset.unknown' });
    },
  );
});
