import { afterAll, beforeAll, expect, it } from 'vitest';
import { collectAccounts } from '../../src/discovery/queue/collect-accounts.ts';
import { showHomePage } from '../../src/testing/accounts/show-home-page.ts';
import { SHOWN_CODE, SHOWN_HOME, serveShownCode } from '../../src/testing/accounts/shown-site.ts';
import type { TestServer } from '../../src/testing/servers/start-server.ts';
import { Office } from './office.ts';
import type { Person } from './person.ts';

// 岳阳市's home page shows two accounts that the register does not have: by a code and by a link.
let office: Office;
let server: TestServer;
let supervisor: Person;
let manager: Person;
let other: Person;
beforeAll(async () => {
  server = await serveShownCode();
  office = await Office.open();
  const at = new Date().toISOString();
  await showHomePage(office.deps, {
    ...{ siteCode: '4306000001', url: 'http://yy1.gov.cn/', html: SHOWN_HOME, at },
    resolve: `*=127.0.0.1:${server.port}`,
  });
  const { signal } = new AbortController();
  await collectAccounts(office.deps, { actor: '测试', now: () => at, signal });
  supervisor = await office.enter({ role: 'supervisor', unit: '湖南省', name: '李明华' });
  manager = await office.enter({ role: 'manager', unit: '岳阳市', name: '彭建军' });
  other = await office.enter({ role: 'manager', unit: '长沙市', name: '赵长沙' });
});
afterAll(async () => {
  await office?.close();
  await server?.[Symbol.asyncDispose]();
});

/** Of the picture as the browser decoded it; 0 = it did not. */
const PICTURE_WIDTH = `document.querySelector('.discovered-picture').naturalWidth`;

const open = async (person: Person, name: string): Promise<void> => {
  await person.visit('/discovered');
  await person.press(name);
  await person.page.getByRole('dialog', { name }).waitFor();
  await person.settled();
};

it('the supervisor sees where an account is shown, with its picture and what its code says, and adopts it', async () => {
  await open(supervisor, '岳阳政务');
  await supervisor.sees(SHOWN_CODE);
  const picture = supervisor.page.getByAltText('显示这个账号的二维码图片（存档）');
  await picture.waitFor();
  await expect.poll(() => supervisor.page.evaluate<number>(PICTURE_WIDTH)).toBeGreaterThan(50);
  await supervisor.press('纳入名录');
  await supervisor.sees(/李明华.*决定纳入名录/);
  await supervisor.page.getByRole('link', { name: /^第 \d+ 号事项$/ }).click();
  await supervisor.page.getByRole('heading', { level: 1, name: /岳阳政务/ }).waitFor();
});

it('dismisses another with a reason, finds it among the dismissed, and takes that back', async () => {
  await open(supervisor, '岳阳微播');
  const dismiss = supervisor.page.getByRole('button', { name: '不予纳入' });
  expect(await dismiss.getAttribute('aria-disabled')).toBe('true');
  await supervisor.page.getByLabel('为什么不予纳入').fill('已停用，由新号代替');
  await dismiss.click();
  await supervisor.sees(/决定不予纳入：已停用，由新号代替/);
  await supervisor.visit('/discovered?state=dismissed');
  const rows = supervisor.page.getByRole('region', { name: '线索列表' });
  await rows.getByRole('row', { name: /岳阳微播.*不予纳入/ }).waitFor();
  await rows.getByRole('button', { name: '岳阳微播' }).click();
  await supervisor.settled();
  await supervisor.pressAndConfirm('撤回决定', '撤回');
  await supervisor.page.getByRole('button', { name: '纳入名录' }).waitFor();
});

it('a city’s manager sees its own and is told why he decides nothing; another city’s sees none', async () => {
  await open(manager, '岳阳微播');
  const adopt = manager.page.getByRole('button', { name: '纳入名录' });
  expect(await adopt.getAttribute('aria-disabled')).toBe('true');
  await other.visit('/discovered');
  await other.sees('还没有发现系统外账号');
  const file = await supervisor.visit('/discovered').then(() => supervisor.download('导出 Excel'));
  expect(file.name).toBe('discovered-accounts.xlsx');
});
