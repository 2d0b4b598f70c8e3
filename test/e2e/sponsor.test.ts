import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays, shanghaiDate } from '../../src/lib/pure/dates.ts';
import { queueNotices } from '../../src/notify/index.ts';
import { listUnits } from '../../src/registry/index.ts';
import { wechatHandler } from '../../src/testing/platforms/wechat/serve-wechat.ts';
import { WechatSimulator } from '../../src/testing/platforms/wechat/simulate-wechat.ts';
import type { WechatPlan } from '../../src/testing/platforms/wechat/wechat-plan.ts';
import { ACCOUNT, post } from '../../src/testing/platforms/wechat/wechat-plans.ts';
import { startServer, type TestServer } from '../../src/testing/servers/start-server.ts';
import { PERIOD, twoCities } from './fill.ts';
import { Office } from './office.ts';
import type { Person } from './person.ts';

let office: Office;
let sponsor: Person;
let supervisor: Person;
let wechat: TestServer;
const today = shanghaiDate(new Date());
const silentSince = addDays(today, -11);
const PLAN: WechatPlan = {
  ...{ ...ACCOUNT, today, withheld: ['getarticletotaldetail'] },
  posts: [post(silentSince, { quiet: true })],
};
beforeAll(async () => {
  wechat = await startServer(wechatHandler(new WechatSimulator([PLAN])));
  office = await Office.open(twoCities, {}, [`weixin.test=127.0.0.1:${wechat.port}`]);
  sponsor = await office.enter({ role: 'sponsor', unit: '岳阳市', name: '周晓岚' });
  supervisor = await office.enter({ role: 'supervisor', unit: '湖南省', name: '李明华' });
}, 180_000);
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
