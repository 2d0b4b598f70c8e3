import { generateSync } from 'otplib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeLink } from '../../src/identity/index.ts';
import { startProvider, type TestProvider } from '../../src/testing/oidc/start-provider.ts';
import { nothing } from './fill.ts';
import { Office } from './office.ts';
import type { Person } from './person.ts';
import { secure } from './staff.ts';

// The provider is on localhost, we on 127.0.0.1: two sites, as in an office.
let provider: TestProvider;
let office: Office;
let person: Person;
const NAME = '省统一身份认证';
beforeAll(async () => {
  provider = await startProvider();
  office = await Office.open(nothing, {
    XUNJIAN_OIDC_ISSUER: provider.issuer,
    XUNJIAN_OIDC_CLIENT_ID: provider.clientId,
    XUNJIAN_OIDC_CLIENT_SECRET: provider.clientSecret.reveal(),
    XUNJIAN_OIDC_NAME: NAME,
  });
  provider.serve([new URL(office.url).origin]);
  person = await office.enter({ role: 'supervisor', name: '赵丽' });
});
afterAll(async () => {
  await office?.close();
  await provider?.close();
});

/** Fills in the provider's two pages: who it is, and that he agrees. */
async function passProvider({ page }: Person, login: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('x');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

const enterByProvider = async (who: Person, login: string): Promise<void> => {
  await who.page.getByRole('link', { name: `用“${NAME}”登录` }).click();
  await passProvider(who, login);
};

it('somebody links his account in his own pages', async () => {
  await person.visit('/me');
  await person.page.getByRole('link', { name: `绑定“${NAME}”` }).click();
  await passProvider(person, 'zhaoli');
  await person.sees('已绑定统一身份');
  await person.sees('zhaoli@office');
  expect(await person.axe()).toEqual([]);
});

it('signs in by it, and comes to the page that he asked for', async () => {
  const window = await office.window();
  await window.visit('/findings');
  await window.page.getByRole('heading', { name: '登录' }).waitFor();
  expect(await window.axe()).toEqual([]);
  await enterByProvider(window, 'zhaoli');
  await window.page.getByRole('heading', { level: 1, name: '问题' }).waitFor();
  const { user } = (await window.ask('session')).body as { user: { name: string } };
  expect([user.name, new URL(window.page.url()).pathname]).toEqual(['赵丽', '/findings']);
  expect(window.problems).toEqual([]);
  await window.leave();
});

it('who is not linked, and who cancels, is told what to do', async () => {
  const window = await office.window();
  await window.visit('/login');
  await enterByProvider(window, 'stranger');
  await window.sees('您的统一身份还没有绑定本平台的账户');
  await window.sees(/还没有账户的，请找本单位的系统管理员/);
  expect(await window.axe()).toEqual([]);
  await window.leave();
  const other = await office.window();
  await other.visit('/login');
  await other.page.getByRole('link', { name: `用“${NAME}”登录` }).click();
  await other.page.getByRole('link', { name: /Cancel/ }).click();
  await other.sees('您在统一身份那里取消了登录');
  await other.leave();
});

it('an identity of somebody else is not linked, and it is said where one began', async () => {
  const other = await office.enter({ role: 'inspector', name: '孙强' });
  await other.visit('/me');
  await other.page.getByRole('link', { name: `绑定“${NAME}”` }).click();
  await passProvider(other, 'zhaoli');
  await other.sees('这个统一身份已经绑定了另一个账户');
  expect(new URL(other.page.url()).pathname).toBe('/me');
  await other.leave();
});

it('unlinks with the password; the system administrator does it for others', async () => {
  const worker = await office.enter({ role: 'editor', name: '钱进' });
  await worker.visit('/me');
  await worker.page.getByRole('link', { name: `绑定“${NAME}”` }).click();
  await passProvider(worker, 'qianjin');
  await worker.sees('已绑定统一身份');
  await worker.page.getByText('解除绑定').first().click();
  await worker.page.getByLabel('本平台的密码').fill('没有设过的密码');
  await worker.press('解除绑定');
  await worker.sees(/您还没有设密码/);
  const admin = await office.enter({ role: 'systemAdmin', name: '陈志强' });
  await secure(admin);
  await admin.visit('/system/users');
  await admin.page.getByRole('button', { name: '钱进' }).click();
  await admin.pressAndConfirm('解除绑定', '解除绑定');
  await admin.sees('绑定已解除，他要用密码登录');
  await worker.visit('/me');
  await worker.sees('未绑定');
  await worker.leave();
});

it('a second factor is asked for all the same', async () => {
  const { secret } = (await person.send('post', 'session/totp')) as { secret: string };
  await person.send('post', 'session/totp/confirm', { code: generateSync({ secret }) });
  const window = await office.window();
  await window.visit('/rounds');
  await enterByProvider(window, 'zhaoli');
  await window.sees('统一身份已确认，还需要第二因素。');
  const code = window.page.getByLabel('动态码');
  await code.fill('000000');
  await window.press('验证并登录');
  await window.page.getByRole('alert').waitFor();
  // No code is taken twice: the next half minute's.
  await code.fill(generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + 30 }));
  await window.press('验证并登录');
  await window.page.getByRole('heading', { level: 1, name: '批次' }).waitFor();
  await window.leave();
});

it('the provider being away, a password still opens the door', async () => {
  await provider.close();
  const inspector = await office.enter({ role: 'inspector', name: '王建国' });
  const { id } = ((await inspector.ask('session')).body as { user: { id: number } }).user;
  const secret = await makeLink(office.deps.identity, 'password', id);
  const window = await office.window();
  const { page } = window;
  await page.goto(`${office.url}api/v1/session/link?token=${secret}`);
  await page.getByLabel('密码', { exact: true }).fill('青山-绿水-2026-晴');
  await page.getByLabel('再写一遍').fill('青山-绿水-2026-晴');
  await window.press(/^设置密码$/);
  await page.getByRole('link', { name: '去登录' }).click();
  await page.getByRole('link', { name: `用“${NAME}”登录` }).waitFor();
  await page.getByLabel('用户名').fill(inspector.login);
  await page.getByLabel('密码', { exact: true }).fill('青山-绿水-2026-晴');
  await window.press(/^登录$/);
  await page.getByRole('heading', { name: '首页' }).waitFor();
  expect((await window.ask('session')).body).toMatchObject({ user: { id } });
});
