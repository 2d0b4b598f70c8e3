import { generateSync } from 'otplib';
import { writeCsv } from '../../src/documents/workbook.ts';
import { makeLink } from '../../src/identity/index.ts';
import { runUpkeep } from '../../src/lifecycle/index.ts';
import { watchAccounts } from '../../src/matrix/index.ts';
import { sourcesWereRead } from '../../src/testing/sources-were-read.ts';
import { FORMER, PERIOD } from './fill.ts';
import type { Office } from './office.ts';
import type { Person } from './person.ts';
import { caseWork, type KnownCases } from './staff-cases.ts';

const CAST = {
  supervisor: { role: 'supervisor', unit: '湖南省', name: '李明华' },
  inspector: { role: 'inspector', unit: '湖南省', name: '王建国' },
  sponsor: { role: 'sponsor', unit: '岳阳市', name: '周晓岚' },
  auditor: { role: 'auditor', name: '何静' },
  systemAdmin: { role: 'systemAdmin', name: '陈志强' },
  securityAdmin: { role: 'securityAdmin', name: '刘敏' },
} as const;

/** The people of a filled office, and what its pages can be asked for. */
export interface Staffed {
  readonly people: Readonly<Record<keyof typeof CAST, Person>>;
  readonly known: KnownCases & {
    readonly city: number;
    readonly site: number;
    /** A site of the sponsor's, one of whose sections somebody decided about. */
    readonly decided: number;
    readonly account: number;
    readonly finding: number;
    readonly contested: number;
    readonly user: number;
    /** Import drafts. */
    readonly faulty: string;
    readonly ready: string;
    /** A comparison with an export of the national system. */
    readonly diff: number;
    /** A case of the sponsor's that waits for the first approval, a draft of a closing, and his unit's monthly duty. */
    readonly submitted: number;
    readonly closing: number;
    readonly duty: number;
    readonly ownAccount: number;
    /** Token of a link that lets somebody choose a password. */
    readonly link: string;
  };
}

/** Lets people in and has them do what gives every page something to show. */
export async function staff(office: Office): Promise<Staffed> {
  const people = {} as Record<keyof typeof CAST, Person>;
  for (const [role, entrant] of Object.entries(CAST))
    people[role as keyof typeof CAST] = await office.enter(entrant);
  for (const role of ['auditor', 'systemAdmin', 'securityAdmin'] as const)
    await secure(people[role]);
  return { people, known: await work(office, people) };
}

/** Administrators see nothing before they have a second factor. */
export async function secure(person: Person): Promise<void> {
  const { secret } = (await person.send('post', 'session/totp')) as { secret: string };
  await person.send('post', 'session/totp/confirm', { code: generateSync({ secret }) });
}

interface Item {
  readonly id: number;
  readonly kind: 'site' | 'account';
  readonly subject: { readonly id: number; readonly printRow: string };
}

async function work(office: Office, people: Staffed['people']): Promise<Staffed['known']> {
  const { supervisor, inspector, sponsor, systemAdmin } = people;
  const breached = await supervisor.ask(`findings?period=${PERIOD}&status=breached`);
  const { items } = breached.body as { items: readonly Item[] };
  const site = items.find(({ kind }) => kind === 'site')!;
  const account = items.find(({ kind }) => kind === 'account')!;
  const contested = items.find(({ subject }) => subject.printRow === '岳阳市')!;
  const review = { decision: 'confirm', note: '' };
  await supervisor.send('post', `findings/${site.id}/reviews`, review);
  await inspector.send('post', `findings/${site.id}/reviews`, review);
  await supervisor.send('post', `findings/${account.id}/reviews`, review);
  const text = '该账号九月十日已经更新，请复核存档页面。';
  await sponsor.send('post', `findings/${contested.id}/contests`, { text });
  await supervisor.send('post', `bulletins/${FORMER}/build`, {
    ...{ documentNumber: '湘政务函〔2020〕8号', issuer: '湖南省政务管理服务局' },
    issuedOn: '2020-03-27',
  });
  await changeRules(supervisor);
  await keepWordings(supervisor);
  await columnMap(supervisor);
  await supervisor.send('post', 'tokens', {
    ...{ name: '数据大屏取数', abilities: ['round.read', 'bulletin.read'] },
    expiresOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
  });
  const made = (await systemAdmin.send('post', 'users', {
    ...{ login: 'zhangwei', name: '张伟', unitId: null },
  })) as { id: number };
  const units = (await supervisor.ask('units')).body as { items: { id: number; name: string }[] };
  const own = await lifecycle(office, sponsor);
  return {
    ...(await caseWork(office, people, own.ownAccount)),
    city: units.items.find(({ name }) => name === '岳阳市')!.id,
    site: site.subject.id,
    decided: await decideSection(supervisor),
    account: account.subject.id,
    finding: site.id,
    contested: contested.id,
    user: made.id,
    faulty: await draft(supervisor, [
      ['新网站', '9'],
      ['缺单位的网站', '4306000099'],
    ]),
    ready: await draft(supervisor, [['岳阳市新网站', '4306000099']]),
    diff: await comparison(supervisor),
    ...own,
    link: await makeLink(office.deps.identity, 'password', made.id),
  };
}

/** A unit's cases and its monthly duty. */
async function lifecycle(
  office: Office,
  sponsor: Person,
): Promise<Pick<Staffed['known'], 'submitted' | 'closing' | 'duty' | 'ownAccount'>> {
  const firstOf = async (path: string): Promise<number> =>
    ((await sponsor.ask(path)).body as { items: { id: number }[] }).items[0]!.id;
  const apply = async (subject: object, form: object): Promise<number> => {
    const asked = { unitId: null, accountId: null, dutyId: null, ...subject, form };
    return ((await sponsor.send('post', 'account-cases', asked)) as { id: number }).id;
  };
  const open = {
    ...{ kind: 'open', platform: '微信公众号', name: '岳阳政务', functions: ['信息发布'] },
    ...{ leader: '', responsible: '周晓岚', contact: '彭建军', phone: '0730-8880000' },
    ...{ homeLink: 'http://mp.weixin.qq.com/x', reason: '方便群众办事' },
  };
  const close = {
    ...{ kind: 'close', closesOn: '2027-01-31', followers: '请关注“岳阳政务”。' },
    ...{ announcement: '', reason: '整合' },
  };
  const ownAccount = await firstOf('accounts?status=running&limit=1');
  const submitted = await apply({ unitId: await firstOf('units') }, open);
  await sponsor.upload(
    ...([`account-cases/${submitted}/files`, '申请表.pdf'] as const),
    Buffer.from('%PDF-1.4 %%EOF'),
  );
  await sponsor.send('post', `account-cases/${submitted}/submission`);
  const closing = await apply({ accountId: ownAccount }, close);
  const past = new Date(Date.now() - 20 * 86_400_000).toISOString();
  for (const at of [past, new Date().toISOString()]) await runUpkeep(office.deps, { at });
  await sourcesWereRead(office.deps.store);
  await watchAccounts(office.deps, '测试', { at: new Date().toISOString() });
  const duty = await firstOf('upkeep/duties?state=open&limit=1');
  return { submitted, closing, duty, ownAccount };
}

/** Decides about the first section of a site of 岳阳市. */
async function decideSection(supervisor: Person): Promise<number> {
  const { items } = (await supervisor.ask(`sites?q=${encodeURIComponent('岳阳市公共资源')}`))
    .body as { items: readonly { id: number }[] };
  const { id } = items[0]!;
  const seen = (await supervisor.ask(`sites/${id}/rounds/${PERIOD}/sections`)).body as {
    items: readonly { url: string }[];
  };
  await supervisor.send('put', `sites/${id}/section-kinds`, {
    ...{ url: seen.items[0]!.url, kind: 'disclosure', reason: '主动公开的内容都在这里' },
  });
  return id;
}

async function changeRules(supervisor: Person): Promise<void> {
  const { body } = await supervisor.ask('rulesets/hunan-2020');
  const { hash, rules } = body as { hash: string; rules: { id: string; isOn: boolean }[] };
  await supervisor.send('post', 'rulesets/hunan-2020/versions', {
    ...{ base: hash, reason: '按本季度会议意见调整' },
    changes: [{ ruleId: rules.findLast(({ isOn }) => isOn)!.id, isOn: false }],
  });
}

/** Two versions of a lexicon, and a wording that one person ignored and another has yet to confirm. */
async function keepWordings(supervisor: Person): Promise<void> {
  for (const [at, wrong] of ['环境保护厅', '工商行政管理局'].entries()) {
    const bytes = writeCsv([
      ['错误写法', '正确写法', '生效日期', '例外'],
      [wrong, '生态环境厅', '2018-10-01', `原${wrong}`],
    ]);
    const reason = encodeURIComponent(`机构改革第 ${at + 1} 批`);
    await supervisor.upload(`lexicons?reason=${reason}`, '本省.csv', bytes);
  }
  await supervisor.send('post', 'text-ignores', {
    ...{ text: '共合', class: 'protectedName', urlPrefix: 'http://www.example.gov.cn/ldzc/' },
    ...{ severity: 'veto', reason: '干部姓名', until: '2027-12-31' },
  });
}

/** How an office's own table of accounts reads. */
async function columnMap(person: Person): Promise<void> {
  await person.send('put', `column-maps/${encodeURIComponent('全国报送系统')}`, {
    ...{ sheet: '报送表', titles: ['政务新媒体报送表'], blank: 'keep' },
    columns: [
      { header: '新媒体名称', synonyms: ['名称'], field: 'name' },
      { header: '代表主体', synonyms: [], field: 'sponsor' },
      { header: '签字', synonyms: [], field: null },
    ],
    constants: [{ field: 'platform', value: '微信公众号' }],
  });
}

/** A comparison of the register with an export that has an account more. */
async function comparison(person: Person): Promise<number> {
  const bytes = writeCsv([
    ['平台', '账号名称', '主办单位', '账号ID', '没人认识的列'],
    ['微信公众号', '岳阳市报送的账号', '岳阳市', 'gh_0123456789ab', '1'],
  ]);
  return ((await person.upload('register-diffs', '报送系统导出.csv', bytes)) as { id: number }).id;
}

/** A draft of an import of sites. */
async function draft(person: Person, sites: readonly (readonly string[])[]): Promise<string> {
  const rows = sites.map(([name, code]) => [code!, name!, '岳阳市', `http://${code}.gov.cn/`]);
  const bytes = writeCsv([['网站标识码', '网站名称', '主办单位', '首页网址'], ...rows]);
  const { id } = (await person.upload('registry/imports', '网站.csv', bytes)) as { id: string };
  return id;
}
