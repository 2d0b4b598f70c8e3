import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays, shanghaiDate } from '../../src/lib/pure/dates.ts';
import { watchAccounts } from '../../src/matrix/index.ts';
import { queueNotices } from '../../src/notify/index.ts';
import { listUnits } from '../../src/registry/index.ts';
import type { Pushed } from '../../src/testing/platforms/wechat/push-callback.ts';
import { wechatHandler } from '../../src/testing/platforms/wechat/serve-wechat.ts';
import { WechatSimulator } from '../../src/testing/platforms/wechat/simulate-wechat.ts';
import type { WechatPlan } from '../../src/testing/platforms/wechat/wechat-plan.ts';
import { ACCOUNT, COMPONENT, post } from '../../src/testing/platforms/wechat/wechat-plans.ts';
import { startServer, type TestServer } from '../../src/testing/servers/start-server.ts';
import { PERIOD, twoCities } from './fill.ts';
import { Office } from './office.ts';
import type { Person } from './person.ts';

const ORIGIN = 'https://xunjian.test';

let office: Office;
let sponsor: Person;
let supervisor: Person;
let wechat: TestServer;
let simulator: WechatSimulator;
const today = shanghaiDate(new Date());
const silentSince = addDays(today, -11);
const PLAN: WechatPlan = {
  ...{ ...ACCOUNT, today, withheld: ['getarticletotaldetail'] },
  posts: [post(silentSince, { quiet: true })],
};
beforeAll(async () => {
  // 岳阳发布 is gh_yy in the register; the simulator names the original id by the AppID.
  const own = { ...PLAN, appId: 'yy', withheld: [] };
  simulator = new WechatSimulator([PLAN, own], { component: COMPONENT });
  wechat = await startServer(wechatHandler(simulator));
  const settings = {
    ...{ XUNJIAN_WECHAT_APPID: COMPONENT.appId, XUNJIAN_WECHAT_SECRET: COMPONENT.appSecret },
    ...{ XUNJIAN_WECHAT_TOKEN: COMPONENT.token, XUNJIAN_WECHAT_API: wechat.url },
    ...{ XUNJIAN_WECHAT_ENCODING_KEY: COMPONENT.encodingKey, XUNJIAN_PUBLIC_URL: ORIGIN },
  };
  const resolve = [`weixin.test=127.0.0.1:${wechat.port}`, '127.0.0.1=127.0.0.1'];
  office = await Office.open(twoCities, settings, resolve);
  sponsor = await office.enter({ role: 'sponsor', unit: '岳阳市', name: '周晓岚' });
  supervisor = await office.enter({ role: 'supervisor', unit: '湖南省', name: '李明华' });
});
afterAll(async () => {
  await office?.close();
  await wechat?.[Symbol.asyncDispose]();
});

interface Finding {
  readonly id: number;
  readonly contested: string | null;
  readonly review: string;
}

const findingOf = async (id: number): Promise<Finding> =>
  (await supervisor.ask(`findings/${id}`)).body;

const idOf = ({ page }: Person): number => Number(new URL(page.url()).searchParams.get('id'));

it('signs in, sees how many problems his unit has, and only its own', async () => {
  await sponsor.visit('/');
  await sponsor.page.getByRole('link', { name: '2 条问题' }).click();
  await sponsor.settled();
  const list = sponsor.page.getByRole('list', { name: '问题列表' });
  expect(await list.innerText()).toContain('岳阳市门户');
  expect(await sponsor.text()).not.toContain('长沙');
  await sponsor.page.getByRole('link', { name: '政府网站', exact: true }).click();
  await sponsor.page.getByRole('link', { name: '岳阳市门户' }).waitFor();
  expect(await sponsor.text()).not.toContain('长沙');
  expect(sponsor.problems).toEqual([]);
});

it('contests a finding before publication; the supervisor reads it, answers, and the sponsor sees the answer', async () => {
  await sponsor.page.getByRole('link', { name: '问题', exact: true }).click();
  await sponsor.page.getByRole('button', { name: /岳阳市门户/ }).click();
  await expect.poll(() => idOf(sponsor)).toBeGreaterThan(0);
  await sponsor.settled();
  const id = idOf(sponsor);
  // Nothing to decide for him, and a word is not enough.
  expect(await sponsor.page.getByRole('button', { name: /确认成立/ }).count()).toBe(0);
  const field = sponsor.page.getByRole('textbox', { name: /有不同意见/ });
  await field.fill('不对');
  expect(
    await sponsor.page.getByRole('button', { name: '提交申辩' }).getAttribute('aria-disabled'),
  ).toBe('true');
  await field.fill('该网站九月十日已经更新，请复核存档页面。');
  await sponsor.press('提交申辩');
  await sponsor.sees('本单位对这一条的申辩正在等待答复');
  expect((await findingOf(id)).contested).toBe('open');

  await supervisor.visit('/');
  await supervisor.page.getByRole('link', { name: /1 条申辩待答复/ }).click();
  await supervisor.sees('请复核存档页面');
  await supervisor.sees('有申辩');
  await supervisor.page.getByRole('textbox', { name: /答复/ }).fill('已复核：九月十日确有更新。');
  await supervisor.pressAndConfirm('采纳，驳回问题', '采纳');
  await expect.poll(async () => (await findingOf(id)).contested).toBe('upheld');
  expect((await findingOf(id)).review).toBe('rejected');

  await sponsor.visit(`/findings?period=${PERIOD}&view=all&id=${id}`);
  await sponsor.sees('已复核：九月十日确有更新。');
  expect([...sponsor.problems, ...supervisor.problems]).toEqual([]);
});

it('is told in his inbox, reads it, and says where he wants his mail', async () => {
  const { store } = office.deps;
  const unit = (await listUnits(store.db)).find(({ name }) => name === '岳阳市');
  await store.transaction((trx) =>
    queueNotices(
      trx,
      [
        {
          ...{ key: 'e2e:1', kind: 'upkeep.chase', to: { unitId: unit!.id } },
          ...{
            title: '每月维护确认',
            text: '今天到期，还没有确认。',
            link: '/upkeep',
            urgent: false,
          },
        },
      ],
      new Date().toISOString(),
    ),
  );
  await sponsor.visit('/');
  await sponsor.page.getByRole('link', { name: /^通知，\d+ 条未读/ }).click();
  await sponsor.sees('今天到期，还没有确认。');
  await sponsor.press('全部标为已读');
  await sponsor.page.getByRole('link', { name: '通知', exact: true }).waitFor();
  await sponsor.page.getByRole('textbox', { name: /^邮箱/ }).fill('zhou@yy.test');
  await sponsor.press('保存');
  await expect
    .poll(async () => (await sponsor.ask('inbox/preferences')).body)
    .toMatchObject({ email: 'zhou@yy.test', withoutKinds: [] });
  expect(sponsor.problems).toEqual([]);
});

it('cannot open what is not his: pages of others, and pages of other roles', async () => {
  await sponsor.visit('/sites/1');
  await sponsor.page.getByRole('heading', { name: '没有找到' }).waitFor();
  await sponsor.visit('/import');
  await sponsor.page.getByRole('heading', { name: '不能查看这个页面' }).waitFor();
  await sponsor.visit('/system/audit');
  await sponsor.page.getByRole('heading', { name: '不能查看这个页面' }).waitFor();
});

it('adds a source of his account: a wrong secret is refused in clear words, with the right one he sees what can be read', async () => {
  const { page } = sponsor;
  await sponsor.visit('/accounts');
  await page.getByRole('link', { name: '岳阳发布' }).click();
  await sponsor.press('添加信源…');
  await page.getByLabel('种类').selectOption('wechat');
  await page.getByLabel(/^接口地址/).fill('http://weixin.test/');
  await page.getByLabel('AppID').fill(ACCOUNT.appId);
  await page.getByLabel(/^密钥/).fill('0'.repeat(32));
  await page.getByRole('dialog').getByRole('button', { name: '添加', exact: true }).click();
  await sponsor.sees('还没看过');
  await sponsor.press('立即测试');
  await sponsor.sees(/AppSecret 不正确/);
  await sponsor.sees(/^下一步：请账号管理员/);
  expect(await page.getByRole('list', { name: '接口权限' }).count()).toBe(0);

  await sponsor.press('更换密钥…');
  await page.getByLabel(/^新的密钥/).fill(ACCOUNT.appSecret);
  await page.getByRole('dialog').getByRole('button', { name: '更换', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await sponsor.press('立即测试');
  const rights = page.getByRole('list', { name: '接口权限' });
  await rights.getByText('已发布列表可读').waitFor();
  expect(await rights.innerText()).toContain('图文统计不可读（48001）');
  await sponsor.sees(`最新一条 ${silentSince} 公告 ${silentSince}`);
  expect(await page.content()).not.toContain(ACCOUNT.appSecret);
});

it('is told before his account is silent too long, says what he will do, and it leaves the open list', async () => {
  const { page } = sponsor;
  await watchAccounts(office.deps, '测试', { at: new Date().toISOString() });
  await sponsor.visit('/');
  await page.getByRole('link', { name: /^1 条账号提醒.*待知悉$/ }).click();
  const row = page
    .getByRole('region', { name: '提醒列表' })
    .getByRole('row', { name: new RegExp(`岳阳发布.*${silentSince}.*还有 3 天`) });
  await row.getByRole('button', { name: /^知悉/ }).click();
  const dialog = page.getByRole('dialog', { name: '知悉：岳阳发布' });
  await dialog.getByLabel(/^准备怎么办/).fill('明天发布防汛提示');
  await dialog.getByRole('button', { name: '知悉', exact: true }).click();
  await sponsor.sees('没有符合条件的提醒');
  expect(await dialog.count()).toBe(0);
  await sponsor.visit('/alerts?state=acknowledged');
  await page.getByRole('row', { name: /岳阳发布.*周晓岚.*：明天发布防汛提示/ }).waitFor();
  await sponsor.visit('/');
  expect(await sponsor.text()).not.toContain('待知悉');
});

it('the supervisor compares the units in the matrix, and opens the accounts behind a number', async () => {
  const { page } = supervisor;
  await supervisor.visit('/matrix');
  await page.getByRole('link', { name: '湖南省', exact: true }).click();
  const units = page.getByRole('region', { name: '各单位' });
  const words = async () =>
    (await units.getByRole('row').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  await expect
    .poll(words)
    .toEqual([
      '单位 账号 正常运行 已知更新 疑似停更 不明 合格率',
      ...['长沙市 1 1 0 0 1 —', '岳阳市 1 1 1 0 0 —', '合计 2 2 1 0 1 —'],
    ]);
  await units.getByRole('button', { name: '已知更新' }).click();
  await expect.poll(async () => (await words())[1]).toBe('岳阳市 1 1 1 0 0 —');
  await units
    .getByRole('row', { name: /^长沙市/ })
    .getByRole('link', { name: '1' })
    .last()
    .click();
  await page
    .getByRole('region', { name: '账号列表' })
    .getByRole('row', { name: /长沙发布.*长沙市.*不明.*不知道/ })
    .waitFor();
  expect(await supervisor.text()).not.toContain('岳阳发布');
  expect(supervisor.problems).toEqual([]);
});

/** WeChat tells of something at our callback address. */
async function tells({ query, body }: Pushed): Promise<void> {
  const url = `${office.url}api/v1/callbacks/wechat/component?${new URLSearchParams(query)}`;
  const headers = { 'content-type': 'text/xml' };
  const answer = await fetch(url, { method: 'POST', headers, body });
  expect([answer.status, await answer.text()]).toEqual([200, 'success']);
}

it('has his account’s administrator authorise it: who scans with another account is told of, what was found is seen, and it is taken back', async () => {
  const { page } = sponsor;
  const panel = page.getByRole('region', { name: '公众号授权' });
  await sponsor.visit('/accounts');
  await page.getByRole('link', { name: '岳阳发布' }).click();
  await panel.getByText(/^还没有授权/).waitFor();
  await panel.getByRole('button', { name: '请管理员授权…' }).click();
  const dialog = page.getByRole('dialog', { name: '请“岳阳发布”的管理员授权' });
  await dialog.getByRole('button', { name: '生成授权链接' }).click();
  await dialog.getByText('用电脑').waitFor();
  const link = (await dialog.locator('code').innerText()).replace(`${ORIGIN}/`, office.url);

  // The administrator has no account with us. Without WeChat's ticket he is told that it is too early.
  const administrator = await office.window();
  const opens = async (): Promise<string> => {
    await administrator.page.goto(link);
    await administrator.sees('请由“岳阳发布”的管理员授权');
    const way = administrator.page.getByRole('link', { name: '去微信扫码授权' });
    const address = new URL((await way.getAttribute('href')) ?? '');
    return address.searchParams.get('pre_auth_code') ?? '';
  };
  await administrator.page.goto(link);
  await administrator.sees(/暂时不能授权：还没有收到微信推送的票据/);
  await tells(simulator.component.pushTicket());
  await tells(simulator.component.scan(await opens(), 'wx1', [7, 15])!.pushed);
  await page.reload();
  await panel.getByText('扫码的是另一个账号').waitFor();
  await panel.getByText(/扫码的是 gh_wx1.*名录里的账号是 gh_yy/).waitFor();

  await tells(simulator.component.scan(await opens(), 'yy', [7])!.pushed);
  await page.reload();
  await panel.getByText('已授权').waitFor();
  await panel.getByText('还没有问过').waitFor();
  const source = page.getByRole('listitem').filter({ hasText: '凭授权读取' });
  await source.getByRole('button', { name: '立即测试' }).click();
  const rights = panel.getByRole('list', { name: '接口权限' });
  await rights.getByText('图文统计可读').waitFor();
  expect(await rights.innerText()).toContain('菜单不可读（61007）');

  await sponsor.pressAndConfirm('撤回授权', '撤回');
  await panel.getByText(/周晓岚.*在本平台撤回了授权/).waitFor();
  await page
    .getByRole('listitem')
    .filter({ hasText: '下一步：要继续读取，请生成授权链接' })
    .waitFor();
  await administrator.page.goto(link);
  await administrator.sees(/授权链接无效或已过期/);
});
