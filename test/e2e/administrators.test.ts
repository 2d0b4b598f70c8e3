import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeLink } from '../../src/identity/index.ts';
import { deliverNotices } from '../../src/notify/deliver/deliver-notices.ts';
import { queueNotices } from '../../src/notify/index.ts';
import { TestMailServer } from '../../src/testing/notify/mail-server.ts';
import { startServer } from '../../src/testing/servers/start-server.ts';
import { command, nothing } from './fill.ts';
import { Office } from './office.ts';
import type { Person } from './person.ts';

// The first day of an office: from the link in the terminal to people who work. Each test goes on where the last ended.
let office: Office;
let systemAdmin: Person;
let securityAdmin: Person;
let clerk: Person;
const mail = new TestMailServer();
beforeAll(async () => {
  office = await Office.open(nothing);
  systemAdmin = await office.window('chenzhiqiang');
  securityAdmin = await office.window();
  clerk = await office.window('zhangwei');
});
afterAll(async () => {
  await mail.down();
  await office?.close();
});

const PASSWORD = '青山-绿水-2026-晴';
const OTHER_PASSWORD = '白云-蓝天-2027-雨';
const secrets = new Map<Person, string>();

/** The newest code of his authenticator; `ahead` = that of so many half minutes later, as no code is taken twice. */
function codeOf(person: Person, ahead = 0): string {
  const epoch = Math.floor(Date.now() / 1000) + ahead * 30;
  return generateSync({ secret: secrets.get(person)!, epoch });
}

/** The one-time link or the secret that stands on the page. */
const shownCode = async ({ page }: Person, having: RegExp): Promise<string> =>
  (
    await page
      .getByRole('code')
      .or(page.locator('code'))
      .filter({ hasText: having })
      .first()
      .innerText()
  ).trim();

async function choosePassword(person: Person, link: string, password = PASSWORD): Promise<void> {
  const { page } = person;
  await page.goto(link);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByLabel('再写一遍').fill(password);
  await person.press(/^设置密码$/);
  await person.sees('密码已设好');
  await page.getByRole('link', { name: '去登录' }).click();
}

async function signIn(person: Person, login: string, password = PASSWORD): Promise<void> {
  const { page } = person;
  await page.getByLabel('用户名').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await person.press(/^登录$/);
}

async function setSecondFactor(person: Person): Promise<void> {
  const { page } = person;
  await person.press('开始设置');
  await page.getByAltText(/二维码/).waitFor();
  secrets.set(person, await shownCode(person, /^[A-Z2-7]{16,}$/));
  await page.getByLabel(/六位数字/).fill(codeOf(person));
  await person.press(/^启用$/);
  await person.sees('请现在抄下恢复码');
  await person.press('我已抄好');
  await person.sees('已启用');
}

async function signOut(person: Person): Promise<void> {
  await person.page.locator('header').getByRole('button').last().click();
  await person.settled();
  await person.press('退出登录');
  await person.page.getByRole('heading', { name: '登录' }).waitFor();
}

it('the terminal’s link makes the first system administrator, who hands two links to the others', async () => {
  const { page } = systemAdmin;
  const secret = await makeLink(office.deps.identity, 'setup', null);
  await page.goto(`${office.url}api/v1/session/link?token=${secret}`);
  await page.getByRole('heading', { name: '首次设置' }).waitFor();
  await page.getByLabel('用户名').fill('chenzhiqiang');
  await page.getByLabel('姓名').fill('陈志强');
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await page.getByLabel('再写一遍').fill(PASSWORD);
  await systemAdmin.press('完成设置');
  await systemAdmin.sees('另外两位管理员必须由别人担任');
  const [security] = await page.getByRole('listitem').all();
  const words = await security!.innerText();
  const login = /登录名 (\S+?)）/.exec(words)![1]!;
  const link = (await security!.locator('code').innerText()).trim();
  await systemAdmin.press(/已经交付/);
  await systemAdmin.sees('请先设置第二因素');
  await setSecondFactor(systemAdmin);

  await choosePassword(securityAdmin, link);
  await signIn(securityAdmin, login);
  await securityAdmin.sees('请先设置第二因素');
  await setSecondFactor(securityAdmin);
  await securityAdmin.visit('/system/audit');
  await securityAdmin.page.getByRole('heading', { name: '不能查看这个页面' }).waitFor();
  // A link that was used opens nothing more.
  await page.goto(`${office.url}api/v1/session/link?token=${secret}`);
  expect(await systemAdmin.text()).toMatch(/链接/);
});

it('creates a user, whom the security administrator grants a role; neither can do the other’s part', async () => {
  await systemAdmin.visit('/system/users');
  await systemAdmin.press('新建用户');
  const form = systemAdmin.page.getByRole('dialog');
  await form.getByLabel('姓名').fill('张伟');
  await form.getByLabel('登录名').fill('zhangwei');
  await form.getByRole('button', { name: /新建/ }).click();
  await systemAdmin.sees('请安全保密管理员给他授角色');
  const link = await shownCode(systemAdmin, /http/);
  await systemAdmin.visit('/system/users');
  await systemAdmin.page.getByRole('button', { name: '张伟' }).click();
  await systemAdmin.page.getByRole('checkbox', { name: /主管单位/ }).waitFor();
  expect(await systemAdmin.page.getByRole('checkbox', { name: /主管单位/ }).isDisabled()).toBe(
    true,
  );

  const { page } = securityAdmin;
  await securityAdmin.visit('/system/users');
  const make = page.getByRole('button', { name: '新建用户' });
  expect(await make.getAttribute('aria-disabled')).toBe('true');
  await page.getByRole('button', { name: '张伟' }).click();
  const auditor = page.getByRole('checkbox', { name: /安全审计员/ });
  await page.getByRole('checkbox', { name: /主管单位/ }).check();
  await auditor.check();
  await securityAdmin.sees(/三员|不能兼任|单独/);
  await auditor.uncheck();
  await securityAdmin.pressAndConfirm('保存角色', '改变角色');
  await securityAdmin.sees('角色已改');

  await choosePassword(clerk, link);
  await signIn(clerk, 'zhangwei');
  await clerk.page.getByRole('heading', { name: '首页' }).waitFor();
  const { user } = (await clerk.ask('session')).body as { user: { roles: string[] } };
  expect(user.roles).toEqual(['supervisor']);
});

it('too many wrong passwords lock an account; the security administrator opens it again', async () => {
  await signOut(clerk);
  for (let at = 0; at < 5; at += 1) {
    await signIn(clerk, 'zhangwei', '错的错的错的错的错的错的');
    await clerk.settled();
  }
  await signIn(clerk, 'zhangwei');
  await clerk.sees(/锁定/);
  await securityAdmin.visit('/system/users');
  await securityAdmin.page.getByRole('row', { name: /张伟.*已锁定/ }).waitFor();
  await securityAdmin.page.getByRole('button', { name: '张伟' }).click();
  await securityAdmin.pressAndConfirm(/^解锁$/, '解锁');
  await securityAdmin.sees('已解锁');
  await signIn(clerk, 'zhangwei');
  await clerk.page.getByRole('heading', { name: '首页' }).waitFor();
});

it('a second factor of one’s own: set up, then asked for at the door', async () => {
  await clerk.visit('/me');
  await setSecondFactor(clerk);
  await signOut(clerk);
  await signIn(clerk, 'zhangwei');
  const code = clerk.page.getByLabel('动态码');
  await code.fill('000000');
  await clerk.press('验证并登录');
  await clerk.page.getByRole('alert').waitFor();
  await code.fill(codeOf(clerk, 1));
  await clerk.press('验证并登录');
  await clerk.page.getByRole('heading', { name: '首页' }).waitFor();
});

it('sees where he is signed in, and ends what he does not know', async () => {
  const elsewhere = await office.enter({ role: 'supervisor', name: '赵丽' });
  const other = await office.window(elsewhere.login);
  const { id } = ((await elsewhere.ask('session')).body as { user: { id: number } }).user;
  const again = await makeLink(office.deps.identity, 'sign-in', id);
  await other.page.goto(`${office.url}api/v1/session/link?token=${again}`);
  await other.page.getByRole('heading', { name: '首页' }).waitFor();
  await elsewhere.visit('/me');
  await elsewhere.page.getByRole('region', { name: '登录列表' }).getByText('本次').waitFor();
  await elsewhere.pressAndConfirm(/^结束$/, '结束');
  await elsewhere.sees('已结束');
  expect((await other.ask('rounds')).status).toBe(401);
  await other.page.goto(`${office.url}rounds`);
  await other.page.getByRole('heading', { name: '登录' }).waitFor();
  expect((await elsewhere.ask('rounds')).status).toBe(200);
});

it('makes a token for a machine, shown once, that may only what it was given, until it is revoked', async () => {
  const { page } = clerk;
  await clerk.visit('/me');
  await clerk.press('新建令牌');
  const form = page.getByRole('dialog');
  await form.getByLabel('用途').fill('数据大屏取数');
  await form.getByRole('checkbox', { name: '查看批次' }).check();
  await form.getByRole('button', { name: /新建/ }).click();
  await clerk.sees('请现在保存令牌');
  const token = await shownCode(clerk, /^\S{20,}$/);
  await clerk.press('我已保存');
  await form.waitFor({ state: 'hidden' });
  await page.getByText('数据大屏取数').waitFor();
  expect(await clerk.text()).not.toContain(token);
  const ask = async (path: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${office.url}api/v1/${path}`, { headers })).status;
  };
  expect(await ask('rounds')).toBe(200);
  expect(await ask('findings')).toBe(403);
  await clerk.pressAndConfirm(/^作废$/, '作废');
  await clerk.sees('令牌已作废');
  expect(await ask('rounds')).toBe(401);
});

it('sets up e-mail and a webhook; what both refuse at first arrives once each', async () => {
  await mail.up();
  const hook = { isOpen: true, taken: [] as unknown[] };
  await using receiver = await startServer(({ headers }, response) => {
    if (hook.isOpen) hook.taken.push(headers['x-xunjian-id']);
    response.writeHead(hook.isOpen ? 204 : 503, { 'retry-after': '60' }).end();
  });
  const { page } = systemAdmin;
  const dialog = page.getByRole('dialog');
  const keep = async (fields: Readonly<Record<string, string>>): Promise<void> => {
    for (const [label, words] of Object.entries(fields)) await dialog.getByLabel(label).fill(words);
    await dialog.getByRole('button', { name: /保\s*存/ }).click();
    await dialog.waitFor({ state: 'hidden' });
  };
  await systemAdmin.visit('/system/channels', /添加通道/);
  const from = '巡鉴 <xj@office.test>';
  const server = { 邮件服务器: '127.0.0.1', 端口: String(mail.port), 发件人: from };
  await keep({ 名称: '办公邮箱', ...server });
  await systemAdmin.press('添加通道');
  await systemAdmin.choose('种类', '接口（webhook）');
  const address = { 接口的网址: `${receiver.url}/hook`, 签名的密钥: '青山绿水二零二六' };
  await keep({ 名称: '数据平台', ...address });

  const [byMail, byHook] = ['办公邮箱', '数据平台'].map((name) =>
    page.getByRole('region', { name }),
  );
  const test = async (channel: typeof byMail, answer: string): Promise<void> => {
    const send = channel!.getByRole('button', { name: '发一条测试消息' });
    if (!(await send.isVisible())) await channel!.getByRole('button', { name: '测试…' }).click();
    if (channel === byMail) await channel!.getByLabel('测试邮件发到').fill('chen@office.test');
    await send.click();
    await channel!.getByRole('status').filter({ hasText: answer }).waitFor();
  };
  // Neither mail without encryption nor an address of the inner network: that is for the owner of the machine to allow.
  await test(byMail, '没有送到');
  await test(byHook, '没有送到');
  expect([mail.received, hook.taken]).toEqual([[], []]);
  const allow = async (id: number, channel: object, inner = ''): Promise<void> => {
    await writeFile(join(office.folder, 'channel.json'), JSON.stringify(channel));
    await command(office.deps, office.folder, `channel set channel.json --id ${id}${inner}`);
  };
  const plain = { secure: false, allowsPlain: true, host: '127.0.0.1', port: mail.port, from };
  await allow(1, { kind: 'email', name: '办公邮箱', ...plain });
  await allow(2, { kind: 'webhook', name: '数据平台' }, ' --inner 127.0.0.1');
  await test(byMail, '已送到');
  await test(byHook, '已送到');
  expect([mail.received.length, hook.taken.length]).toEqual([1, 1]);

  const supervisor = await office.enter({ role: 'supervisor', name: '周敏' });
  await supervisor.send('put', 'inbox/preferences', {
    email: 'zhou@office.test',
    withoutKinds: [],
  });
  [mail.mood, hook.isOpen] = ['greylists', false];
  const start = Date.now();
  const pass = (minutes: number) => {
    const at = new Date(start + minutes * 60_000).toISOString();
    return deliverNotices(office.deps, { now: () => at });
  };
  await office.deps.store.transaction((trx) =>
    queueNotices(
      trx,
      [
        {
          ...{ key: 'channels', kind: 'yearly.chase', to: { role: 'supervisor' }, urgent: true },
          ...{ title: '请填报年度报表', text: '1 月 31 日截止。', link: null },
        },
      ],
      new Date(start).toISOString(),
    ),
  );
  const log = async (channel: string): Promise<string> =>
    page
      .getByRole('row')
      .filter({ hasText: channel })
      .filter({ hasText: '请填报年度报表' })
      .innerText();
  await pass(0);
  await systemAdmin.visit('/system/channels');
  expect(await log('办公邮箱')).toMatch(/周敏.*等着发.*1 次.*greylisted/s);
  expect(await log('数据平台')).toMatch(/主管单位.*等着发.*HTTP 503/s);
  [mail.mood, hook.isOpen] = ['well', true];
  expect(await pass(10)).toMatchObject({ sent: 2, put_off: 0 });
  await systemAdmin.visit('/system/channels');
  expect(await log('办公邮箱')).toMatch(/周敏.*已送到.*2 次/s);
  expect(await log('数据平台')).toMatch(/主管单位.*已送到/s);
  expect(await pass(20)).toMatchObject({ planned: 0, sent: 0 });
  expect(mail.received.map(({ to }) => to)).toEqual(['chen@office.test', 'zhou@office.test']);
  expect(hook.taken).toHaveLength(2);
});

it('a forgotten password: the system administrator makes a link, and old sign-ins end', async () => {
  await systemAdmin.visit('/system/users');
  await systemAdmin.page.getByRole('button', { name: '张伟' }).click();
  await systemAdmin.pressAndConfirm('重设密码', '重设密码');
  const link = await shownCode(systemAdmin, /http/);
  const window = await office.window();
  await choosePassword(window, link, OTHER_PASSWORD);
  expect((await clerk.ask('rounds')).status).toBe(401);
  await signIn(window, 'zhangwei', PASSWORD);
  await window.page.getByRole('alert').waitFor();
  await signIn(window, 'zhangwei', OTHER_PASSWORD);
  await window.page.getByLabel('动态码').waitFor();
  expect([systemAdmin, securityAdmin].flatMap(({ problems }) => scriptProblems(problems))).toEqual(
    [],
  );
});

/** Without what the browser itself says of an answer that refuses. */
const scriptProblems = (problems: readonly string[]): string[] =>
  problems.filter((problem) => !problem.startsWith('Failed to load resource'));
