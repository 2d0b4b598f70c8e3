import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/domain/actor.ts';
import { runUpkeep } from '../../src/lifecycle/index.ts';
import type { TestBrowser } from '../../src/testing/signed-in.ts';
import { FORMER, PERIOD } from '../e2e/fill.ts';
import { asForm, ask, Installation, type Said } from './city-offices.ts';
import { attachToContest, letterOf, shownRound } from './contest-steps.ts';
import { discoveredOf } from './discovery-steps.ts';
import { openAlerts } from './matrix-steps.ts';
import { SIGHT } from './observation-steps.ts';
import { addressOf, OPERATIONS, type Operation } from './operations.ts';
import { attachTo, caseOf, ISSUED, issuedRound } from './rectification-steps.ts';

// Nobody of 岳阳市 sees, guesses or changes a row of 长沙市, on any operation of the interface. Each is asked for what is 长沙市's
// and for what does not exist: the answers must be the same, and say no word of 长沙市. The province's own people, asking the
// same, must see it, or the question would prove nothing. A new operation fails here until it says what is asked of it.

/** Operations on which there is no row of a unit to see, and why; everything else must show 长沙市's to the province. */
const WITHOUT_ROWS: Readonly<Record<string, string>> = {
  'GET /api/v1/session': '自己的登录',
  'GET /api/v1/session/oidc': '自己的绑定',
  'GET /api/v1/session/oidc/start': '去提供方',
  'GET /api/v1/session/link': '用过的链接',
  'GET /api/v1/sessions': '自己的登录',
  'GET /api/v1/tokens': '自己的令牌',
  'GET /api/v1/find-errors': '还没有留言；别人的看不到见 find-errors.test.ts',
  'GET /api/v1/find-errors/{id}': '还没有留言；别人的看不到见 find-errors.test.ts',
  'GET /api/v1/public/find-errors': '人人可看的已公布留言，还没有',
  'GET /api/v1/public/find-errors/form': '公开表单开不开',
  'GET /api/v1/rectification/issued-rounds/{period}/preview': '都已下发，没有要再下发的',
  'GET /api/v1/inbox': '自己的收件箱',
  'GET /api/v1/inbox/unread': '自己的收件箱',
  'GET /api/v1/inbox/preferences': '自己的设定',
  'GET /api/v1/notice-channels': '发送通道，只给系统管理员和审计员看',
  'GET /api/v1/notice-deliveries': '还没有发送过',
  'GET /api/v1/notice-templates': '文书的文字，只给发文的主管单位看',
  'GET /api/v1/assessments': '还没有考核；别人的看不到见 assessment.test.ts',
  'GET /api/v1/duty/measures': '还没有措施；别人的看不到见 measures.test.ts',
  'GET /api/v1/duty/measures/counts': '同上',
  'GET /api/v1/duty/measures/{id}': '同上',
  'GET /api/v1/duty/measures/{id}/letter.docx': '同上',
  'GET /api/v1/duty/regulations': '还没有制度；别人的看不到见 regulations.test.ts',
  'GET /api/v1/duty/regulations/export': '同上',
  'GET /api/v1/duty/regulations/{id}': '同上',
  'GET /api/v1/duty/regulations/{id}/readers': '同上',
  'GET /api/v1/duty/regulations/{id}/versions/{versionId}/file': '同上',
  'GET /api/v1/duty/trainings': '还没有培训；别人的看不到见 trainings.test.ts',
  'GET /api/v1/duty/trainings/totals': '同上',
  'GET /api/v1/duty/trainings/export': '同上',
  'GET /api/v1/duty/trainings/{id}': '同上',
  'GET /api/v1/duty/trainings/{id}/files/{fileId}': '同上',
  'GET /api/v1/assessments/{id}': '同上',
  'GET /api/v1/assessments/{id}/units/{unitId}': '同上',
  'GET /api/v1/assessments/{id}/export': '同上',
  'GET /api/v1/yearly-forms': '还没有年度报表；别人的看不到见 yearly-forms.test.ts',
  'GET /api/v1/yearly-forms/{id}': '同上',
  'GET /api/v1/yearly-forms/{id}/export': '同上',
  'GET /api/v1/assessments/{id}/units/{unitId}/files/{fileId}': '同上',
  'GET /api/v1/self-checks': '还没有自查；别人的看不到见 self-check.test.ts',
  'GET /api/v1/self-checks/{id}': '同上',
  'GET /api/v1/self-checks/{id}/units/{unitId}': '同上',
  'GET /api/v1/self-checks/{id}/units/{unitId}/rows': '同上',
  'GET /api/v1/self-checks/{id}/units/{unitId}/template': '同上',
  'GET /api/v1/self-checks/{id}/units/{unitId}/comparison': '同上',
  'GET /api/v1/self-checks/{id}/units/{unitId}/comparison/export': '同上',
  'GET /api/v1/self-checks/{id}/units/{unitId}/questions/{key}': '同上',
  'GET /api/v1/self-checks/{id}/units/{unitId}/questions/{key}/files/{fileId}': '同上',
  'GET /api/v1/rounds': '批次本身，没有单位的行',
  'GET /api/v1/rounds/{period}': '只有看得到的对象的计数',
  'GET /api/v1/registry/imports': '还没有导入；谁看得到见 import-routes.test.ts',
  'GET /api/v1/registry/imports/{id}': '只有本人找得到自己的草稿',
  'GET /api/v1/registry/imports/{id}/changes': '只有本人找得到自己的草稿',
  'GET /api/v1/column-maps': '列映射的名称，没有单位的行',
  'GET /api/v1/register-diffs': '比对的文件名和时间，没有单位的行',
  'GET /api/v1/register-diffs/{id}': '没有这次比对；各单位只见自己的行见 diff-accounts.test.ts',
  'GET /api/v1/register-diffs/{id}/differences': '同上',
  'GET /api/v1/register-diffs/{id}/export': '同上',
  'GET /api/v1/bulletins': '各期的状态',
  'GET /api/v1/bulletin-templates': '写法，没有单位的行',
  'GET /api/v1/bulletins/{period}/blocks': '办公室自己的话，还没有写',
  'GET /api/v1/bulletins/{period}/blocks/{block}/versions': '办公室自己的话，还没有写',
  'GET /api/v1/bulletins/{period}/corrections':
    '没有更正；签发前别人看不到见 bulletin-http.test.ts',
  'GET /api/v1/bulletins/{period}/corrections/{id}/files/{name}': '同上',
  'GET /api/v1/bulletins/{period}/archive': '各稿的时间和校验和',
  'GET /api/v1/bulletins/{period}/signing': '签名和为何不能签',
  'GET /api/v1/bulletins/{period}/files/{name}': '没有生成 PDF 的环境里没有这个文件',
  'GET /api/v1/rulesets': '规则',
  'GET /api/v1/rulesets/{id}': '规则',
  'GET /api/v1/rulesets/{id}/diff': '规则',
  'GET /api/v1/lexicons': '词库',
  'GET /api/v1/lexicons/{name}/entries': '词库',
  'GET /api/v1/text-ignores': '忽略',
  'GET /api/v1/index-formulas': '公式，没有单位的行',
  'GET /api/v1/accounts/{id}/publishing': '一个账号的日期和数，没有名称',
  'GET /api/v1/accounts/{id}/indices': '一个账号的数，没有名称',
  'GET /api/v1/sites/{id}/quiet-hours': '时段，没有名称',
  'GET /api/v1/accounts/{id}/sources': '信源的地址，没有账号的名称',
  'GET /api/v1/accounts/{id}/wechat-authorisation': '还没有授权；别人的账号问不到',
  'GET /api/v1/accounts/{id}/record': '登记信息，没有名称',
  'GET /api/v1/account-cases/waiting': '只有计数',
  'GET /api/v1/rectification/waiting': '只有计数',
  'GET /api/v1/rectification/board': '只有计数',
  'GET /api/v1/rectification/calendar': '只有计数',
  'GET /api/v1/account-sweeps': '只有计数',
  'GET /api/v1/accounts/{id}/pictures/{sha256}': '图片的字节，没有名称',
  'GET /api/v1/discovered-accounts/{id}/pictures/{sha256}': '图片的字节，没有名称',
  'GET /api/v1/audit/actions': '程序里的动作表',
  'GET /api/v1/audit/verification': '整条链',
  'GET /api/v1/system/health': '系统',
  'GET /api/v1/system/about': '系统',
  'GET /api/v1/system/settings': '系统',
  'GET /api/v1/system/jobs': '系统',
  'GET /healthz': '系统',
  'GET /readyz': '系统',
};
/** Not asked, and why. */
const NOT_ASKED: Readonly<Record<string, string>> = {
  'DELETE /api/v1/session': '退出后别的都问不成',
  'GET /api/v1/progress': '不会结束的流；其中只有批次和计数（RoundProgress）',
};
/** What somebody of a city may do without touching a row of another's. */
const OWN_AFFAIRS = new Set([
  ...['POST /api/v1/session/totp', 'POST /api/v1/tokens', 'POST /api/v1/inbox/read'],
  ...['PUT /api/v1/inbox/preferences', 'POST /api/v1/public/find-errors'],
]);

const ROLES: readonly Role[] = [
  ...(['manager', 'sponsor', 'leader', 'supervisor', 'inspector', 'editor', 'reviewer'] as const),
  'auditor',
];

/** What 长沙市 has, and in the same places what nobody has. */
interface Things {
  readonly siteId: string;
  readonly accountId: string;
  readonly findingId: string;
  readonly contestId: string;
  readonly unitId: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly tokenId: string;
  readonly draftId: string;
  readonly caseId: string;
  readonly fileId: string;
  readonly dutyId: string;
  readonly discoveredId: string;
  readonly alertId: string;
  readonly rectificationId: string;
  readonly noticeId: string;
  readonly letterId: string;
  readonly observationId: string;
  readonly sha256: string;
  readonly row: string;
  readonly words: string;
  readonly printRow: string;
}
const NOTHING: Things = {
  ...{ siteId: '999999', accountId: '999999', findingId: '999999', contestId: '999999' },
  ...{ unitId: '999999', userId: '999999', sessionId: '999999', tokenId: '999999' },
  draftId: '0f8f6a5e-6f55-4f0e-9a52-2b1b6b0a4a11',
  ...{ caseId: '999999', fileId: '999999', dutyId: '999999', discoveredId: '999999' },
  ...{ alertId: '999999', rectificationId: '999999', noticeId: '999999', letterId: '999999' },
  observationId: '999999',
  sha256: 'f'.repeat(64),
  row: '9999999999',
  words: '没有这样的名称',
  printRow: '没有这一行',
};

let installation: Installation;
let changsha: Things;
/** Words by which a row of 长沙市 is known. */
let marks: readonly string[];
let province: readonly TestBrowser[];
const people = new Map<Role, TestBrowser>();
let before: string;

beforeAll(async () => {
  installation = await Installation.open();
  const supervisor = await installation.enter('supervisor', null);
  province = [supervisor, await installation.enter('auditor', null)];
  for (const role of ROLES) people.set(role, await installation.enter(role, '岳阳市'));
  await buildBulletin(supervisor);
  changsha = await thingsOfChangsha(supervisor);
  marks = await marksOfChangsha(supervisor);
  before = await standingOf(supervisor);
});
afterAll(() => installation?.close());

async function json<T>(person: TestBrowser, url: string): Promise<T> {
  const { status, words } = await ask(person, 'GET', url);
  if (status !== 200) throw new Error(`${url}: ${status} ${words}`);
  return JSON.parse(words) as T;
}

async function buildBulletin(supervisor: TestBrowser): Promise<void> {
  const built = await ask(supervisor, 'POST', `/api/v1/bulletins/${FORMER}/build`, {
    ...{ documentNumber: '湘政务函〔2020〕8号', issuer: '湖南省政务管理服务局' },
    issuedOn: '2020-03-27',
  });
  expect([built.status, built.words]).toEqual([201, expect.anything()]);
}

interface Row {
  readonly id: number;
  readonly name: string;
  readonly unitId: number;
  readonly siteCode?: string;
  readonly homeUrl?: string;
  readonly printRow: string;
}
interface Finding {
  readonly id: number;
  readonly kind: 'site' | 'account';
  readonly subject: { readonly id: number; readonly printRow: string; readonly identity: string };
  readonly evidence: readonly { readonly snapshot: string | null }[];
}
type Items<T> = { readonly items: readonly T[] };

async function thingsOfChangsha(supervisor: TestBrowser): Promise<Things> {
  const { items } = await json<Items<Finding>>(
    supervisor,
    `/api/v1/findings?period=${PERIOD}&status=breached&limit=200`,
  );
  const ofCity = (kind: string) =>
    items.find((each) => each.kind === kind && each.subject.printRow === '长沙市')!;
  const [site, account] = [ofCity('site'), ofCity('account')];
  const detail = await json<Finding>(supervisor, `/api/v1/findings/${site.id}`);
  const units = await json<Items<{ id: number; name: string }>>(supervisor, '/api/v1/units');
  const sponsor = await installation.enter('sponsor', '长沙市');
  const manager = await installation.enter('manager', '长沙市');
  const contested = await ask(sponsor, 'POST', `/api/v1/findings/${site.id}/contests`, {
    text: '长沙市认为这一条不成立，请复核存档页面。',
  });
  expect(contested.status).toBe(201);
  const { contests } = await json<{ contests: readonly { id: number }[] }>(
    supervisor,
    `/api/v1/findings/${site.id}`,
  );
  expect((await attachToContest(sponsor, String(contests[0]!.id))).status).toBe(201);
  const token = await ask(manager, 'POST', '/api/v1/tokens', {
    ...{ name: '长沙市取数', abilities: ['round.read'] },
    expiresOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
  });
  const sessions = await json<Items<{ id: number }>>(manager, '/api/v1/sessions');
  return {
    siteId: String(site.subject.id),
    accountId: String(account.subject.id),
    findingId: String(site.id),
    contestId: String(contests[0]!.id),
    unitId: String(units.items.find(({ name }) => name === '长沙市')!.id),
    userId: String(manager.userId),
    sessionId: String(sessions.items[0]!.id),
    tokenId: String((JSON.parse(token.words) as { id: number }).id),
    draftId: NOTHING.draftId,
    ...(await lifecycleOfChangsha(supervisor, sponsor, account.subject.id)),
    ...(await rectificationOfChangsha(supervisor, sponsor, account.subject.id)),
    letterId: await letterOfChangsha(supervisor, sponsor, account.subject.id),
    discoveredId: await discoveredOf(installation, site.subject.identity, '长沙微播'),
    observationId: await sightOf(supervisor, account.subject.id),
    sha256: detail.evidence.find(({ snapshot }) => snapshot !== null)!.snapshot!,
    row: site.subject.identity,
    words: '长沙',
    printRow: '长沙市',
  };
}

async function letterOfChangsha(
  supervisor: TestBrowser,
  sponsor: TestBrowser,
  id: number,
): Promise<string> {
  expect((await shownRound(installation, supervisor, { kind: 'account', id })).status).toBe(200);
  return letterOf(sponsor);
}

async function sightOf(supervisor: TestBrowser, accountId: number): Promise<string> {
  const path = `/api/v1/accounts/${accountId}/observations`;
  expect((await supervisor.call('POST', path, SIGHT)).status).toBe(204);
  return String((await json<Items<{ id: number }>>(supervisor, path)).items[0]!.id);
}

/** A closing with its file, and a duty that is overdue. */
async function lifecycleOfChangsha(
  supervisor: TestBrowser,
  sponsor: TestBrowser,
  accountId: number,
): Promise<Pick<Things, 'caseId' | 'fileId' | 'dutyId' | 'alertId'>> {
  const form = {
    ...{ kind: 'close', closesOn: '2027-01-31', followers: '请关注长沙发布', announcement: '' },
    reason: '长沙市整合账号',
  };
  const asked = { unitId: null, accountId, dutyId: null, form };
  const made = await ask(sponsor, 'POST', '/api/v1/account-cases', asked);
  expect([made.status, made.words]).toEqual([201, expect.anything()]);
  const caseId = String((JSON.parse(made.words) as { id: number }).id);
  const files = `/api/v1/account-cases/${caseId}/files`;
  const pdf = Buffer.from('%PDF-1.4 长沙市的申请表 %%EOF');
  const sent = await sponsor.call('POST', files, ...asForm('申请表.pdf', pdf));
  expect([sent.status, sent.text]).toEqual([201, expect.anything()]);
  const past = new Date(Date.now() - 20 * 86_400_000).toISOString();
  for (const at of [past, new Date().toISOString()]) await runUpkeep(installation.deps, { at });
  const { items } = await json<Items<{ id: number; unit: { name: string } }>>(
    ...([supervisor, '/api/v1/upkeep/duties?q=%E9%95%BF%E6%B2%99&limit=200'] as const),
  );
  const [alert] = await openAlerts(installation, sponsor);
  return {
    caseId,
    fileId: String((sent.body as { id: number }).id),
    dutyId: String(items[0]!.id),
    alertId: String(alert!.id),
  };
}

/** A case of an account, with a file. */
async function rectificationOfChangsha(
  supervisor: TestBrowser,
  sponsor: TestBrowser,
  id: number,
): Promise<Pick<Things, 'rectificationId' | 'noticeId'>> {
  const subject = { kind: 'account', id } as const;
  await issuedRound(installation, subject);
  const opened = await caseOf(supervisor, subject);
  const sent = await attachTo(sponsor, opened.id);
  // The same number as the file of the account's case: both addresses end with it.
  expect([sent.status, sent.body]).toEqual([201, expect.objectContaining({ id: 1 })]);
  return { rectificationId: String(opened.id), noticeId: String(opened.noticeId) };
}

/** Names and codes of everything below 长沙市. */
async function marksOfChangsha(supervisor: TestBrowser): Promise<string[]> {
  const own = async (kind: string) =>
    (await json<Items<Row>>(supervisor, `/api/v1/${kind}?unitId=${changsha.unitId}&limit=200`))
      .items;
  const [sites, accounts] = [await own('sites'), await own('accounts')];
  expect([sites.length > 0, accounts.length > 0]).toEqual([true, true]);
  return [
    '长沙',
    ...sites.flatMap(({ name, siteCode = '', homeUrl = '' }) => [
      name,
      siteCode,
      homeUrl === '' ? '' : new URL(homeUrl).host,
    ]),
    ...accounts.map(({ name }) => name),
  ].filter((mark) => mark.length > 1);
}

/** What 长沙市 has, as the province sees it. */
async function standingOf(supervisor: TestBrowser): Promise<string> {
  const { findingId, siteId, unitId } = changsha;
  const asked = [
    ...[`findings/${findingId}`, `sites/${siteId}`, `sites/${siteId}/rounds/${PERIOD}/sections`],
    ...[`rounds/${PERIOD}`, `rounds/${FORMER}`],
    ...[
      `discovered-accounts/${changsha.discoveredId}`,
      `account-cases/${changsha.caseId}`,
      `upkeep/duties/${changsha.dutyId}`,
      `rectification/cases/${changsha.rectificationId}`,
      `contest-letters/${changsha.letterId}`,
    ],
    ...[`findings?period=${PERIOD}&status=all&unitId=${unitId}&limit=200`, 'rounds'],
    ...[`rounds/${PERIOD}/subjects?unitId=${unitId}&limit=200`, `bulletins/${FORMER}/signing`],
  ];
  const answers: string[] = [];
  for (const path of asked) answers.push((await ask(supervisor, 'GET', `/api/v1/${path}`)).words);
  return answers.join('\n');
}

/** What fills a parameter of a path, by what stands before it. Throws for one that nobody thought of. */
function filled({ path, name }: Operation, things: Things, parameter: string): string {
  const noun = path.split(`/{${parameter}}`)[0]!.split('/').at(-1)!;
  const known: Readonly<Record<string, string>> = {
    'sites.id': things.siteId,
    'accounts.id': things.accountId,
    'findings.id': things.findingId,
    'contests.id': things.contestId,
    'users.id': things.userId,
    'sessions.id': things.sessionId,
    'tokens.id': things.tokenId,
    'imports.id': things.draftId,
    'register-diffs.id': '999999',
    'account-cases.id': things.caseId,
    ...{ 'handovers.id': '999999', 'measures.id': '999999', 'regulations.id': '999999' },
    'trainings.id': '999999',
    'versions.versionId': '999999',
    'files.fileId': things.fileId,
    'sources.sourceId': '999999',
    'duties.id': things.dutyId,
    'discovered-accounts.id': things.discoveredId,
    'account-alerts.id': things.alertId,
    'cases.id': things.rectificationId,
    'notices.id': things.noticeId,
    'contest-letters.id': things.letterId,
    'issued-rounds.period': ISSUED,
    'notice-channels.id': '999999',
    'notice-templates.kind': 'rectify.letter',
    'find-errors.id': '999999',
    'assessments.id': '999999',
    'yearly-forms.id': '999999',
    'self-checks.id': '999999',
    'rows.number': '1',
    'units.unitId': things.unitId,
    'questions.key': '0'.repeat(32),
    'notice-deliveries.id': '999999',
    'observations.id': things.observationId,
    'index-formulas.name': 'weibo-short',
    'column-maps.name': '没有这个列映射',
    'rows.row': things.row,
    'records.sha256': things.sha256,
    'pictures.sha256': things.sha256,
    'rounds.period': PERIOD,
    'bulletins.period': FORMER,
    'rulesets.id': 'hunan-2020',
    'lexicons.name': 'seed',
    'text-ignores.id': '999999',
    'jobs.id': NOTHING.draftId,
    'files.name': 'bulletin.docx',
    'blocks.block': '1',
    'corrections.id': '999999',
  };
  const value = known[`${noun}.${parameter}`];
  if (value === undefined) throw new Error(`${name}：请写明 {${parameter}} 问长沙市的哪一个`);
  return value;
}

/** The ways in which an operation can be aimed at a city. */
function aimed(operation: Operation, things: Things): { url: string; payload?: object }[] {
  const url = addressOf(operation.path, (parameter) => filled(operation, things, parameter));
  const queries = new Map([
    ['unitId', things.unitId],
    ['q', things.words],
    ['printRow', things.printRow],
    ['mark', things.words],
  ]);
  const own = operation.parameters.filter((each) => each.in === 'query');
  const base = new URLSearchParams(
    own
      .filter((each) => each.required === true || each.name === 'period')
      .map(({ name, schema }): [string, string] => [name, baseOf(name, schema.example)]),
  );
  const narrowed = own
    .filter(({ name }) => queries.has(name))
    .map(({ name }) => new URLSearchParams([...base, [name, queries.get(name)!]]));
  const payload = payloadOf(operation, things);
  return [base, ...narrowed].map((query) => ({
    url: query.size === 0 ? url : `${url}?${query}`,
    ...(payload === undefined ? {} : { payload }),
  }));
}

const BASES: Readonly<Record<string, string>> = {
  ...{ period: PERIOD, rows: 'sites', from: '1', to: '1', token: 'a'.repeat(32) },
};
const baseOf = (name: string, example: unknown): string => BASES[name] ?? String(example ?? '1');

/** The example of a body, aimed at a city wherever it names a row. */
function payloadOf({ body }: Operation, things: Things): object | undefined {
  if (body?.type !== 'application/json') return undefined;
  const example = body.schema.example as Readonly<Record<string, unknown>>;
  const at: Readonly<Record<string, unknown>> = {
    ...{ period: PERIOD, subjectId: Number(things.siteId), unitId: Number(things.unitId) },
  };
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => [name, at[name] ?? value]),
  );
}

/** An answer without what is different in every one. */
const plain = ({ status, words }: Said): string =>
  `${status} ${words.replaceAll(/"requestId":"[^"]*"/g, '').replaceAll(/\d+|[0-9a-f]{64}/g, '#')}`;

/** How many row-naming parameters there are: such an address answers as if the row did not exist. */
const namesRow = ({ path }: Operation): boolean =>
  /\/\{(id|row|sha256)\}/.test(path) && !path.startsWith('/api/v1/rulesets/');

const ASKED = OPERATIONS.filter(({ name }) => !(name in NOT_ASKED));
const READS = ASKED.filter(({ method }) => method === 'GET');

it('knows only operations that there are', () => {
  const names = new Set(OPERATIONS.map(({ name }) => name));
  const listed = [...Object.keys(WITHOUT_ROWS), ...Object.keys(NOT_ASKED), ...OWN_AFFAIRS];
  expect(listed.filter((name) => !names.has(name))).toEqual([]);
});

const isPublic = ({ description }: Operation): boolean =>
  !description.includes('identity.signed-out');

describe.each(READS.map((operation) => [operation.name, operation] as const))(
  '%s',
  (name, operation) => {
    it('shows the province what is 长沙市’s, or has nothing to show', async () => {
      if (name in WITHOUT_ROWS || isPublic(operation)) return;
      const seen: string[] = [];
      for (const person of province)
        for (const { url } of aimed(operation, changsha)) {
          const { status, words } = await ask(person, 'GET', url);
          if (status === 200) seen.push(words);
        }
      expect(marks.filter((mark) => seen.join().includes(mark))).not.toEqual([]);
    });
  },
);

describe.each(ROLES)('a %s of 岳阳市', (role) => {
  it.each(ASKED.map((operation) => [operation.name, operation] as const))(
    '%s: not a word of 长沙市, and nothing done to it',
    async (name, operation) => {
      const person = people.get(role)!;
      const [own, none] = [aimed(operation, changsha), aimed(operation, NOTHING)];
      for (const [at, { url, payload }] of own.entries()) {
        const said = await ask(person, operation.method, url, payload);
        expect([url, marks.filter((mark) => said.words.includes(mark))]).toEqual([url, []]);
        expect(said.status).toBeLessThan(500);
        if (operation.method !== 'GET' && !OWN_AFFAIRS.has(name))
          expect([url, said.status]).toEqual([url, expect.toSatisfy((status) => status >= 400)]);
        const missing = none[at]!;
        if (namesRow(operation)) expect(said.status).toBeGreaterThanOrEqual(400);
        if (namesRow(operation) || (operation.method === 'GET' && at > 0)) {
          const other = await ask(person, operation.method, missing.url, missing.payload);
          expect(plain(said)).toBe(plain(other));
        }
      }
    },
  );
});

it('all that leaves 长沙市 as it was', async () => {
  expect(await standingOf(province[0]!)).toBe(before);
});
