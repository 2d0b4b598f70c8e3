import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FORMER, inspectedProvince, PERIOD } from './fill.ts';
import { Office } from './office.ts';
import type { Person } from './person.ts';
import { type Staffed, staff } from './staff.ts';

let office: Office;
let staffed: Staffed;
let auditor: Person;
beforeAll(async () => {
  office = await Office.open(inspectedProvince);
  staffed = await staff(office);
  auditor = staffed.people.auditor;
});
afterAll(() => office?.close());

it('reads who did what, from where, before and after; and proves that nothing was changed since', async () => {
  const { page } = auditor;
  await auditor.visit('/');
  await page.getByRole('link', { name: '操作记录' }).click();
  await auditor.sees(/记录完整：\d+ 行逐行验过/);
  await page.getByLabel('操作人').fill('王建国');
  const row = page.getByRole('row', { name: /王建国.*确认问题/ });
  await row.waitFor();
  await page
    .getByRole('row', { name: /周晓岚/ })
    .first()
    .waitFor({ state: 'detached' });
  expect(await row.first().innerText()).toMatch(/审核.*一人已确认.*已确认/s);
  expect(await row.first().innerText()).toContain('127.0.0.1');
  await page.getByRole('combobox', { name: '动作' }).fill('确认问题');
  await page.getByRole('option', { name: '确认问题' }).waitFor({ state: 'attached' });
  await page.keyboard.press('Enter');
  await auditor.settled();
  expect(new URL(page.url()).searchParams.get('action')).toBe('finding.confirm');
  await row.first().waitFor();
  const file = await auditor.download(/导出/);
  const lines = file.bytes.toString('utf8');
  expect(lines).toContain('王建国');
  expect(lines).not.toContain('周晓岚');
  await auditor.press('重新验证');
  await auditor.sees(/记录完整/);
  expect(auditor.problems).toEqual([]);
});

it('opens one finding’s whole chain and takes it away with its originals', async () => {
  const { page } = auditor;
  const { finding, contested } = staffed.known;
  await auditor.visit(`/findings?period=${PERIOD}&view=all`);
  await page.getByRole('button', { name: /长沙市清河区人民政府/ }).click();
  await auditor.settled();
  await page.getByRole('link', { name: '单独打开这一条' }).click();
  await page.getByRole('heading', { name: `问题 ${finding}` }).waitFor();
  await page.getByRole('link', { name: '全部记录（审计）' }).click();
  await page.getByRole('heading', { name: `问题 ${finding} 的全部记录` }).waitFor();
  for (const part of ['事实', '判断', '审核经过', /^操作记录/])
    await page.getByRole('heading', { name: part, exact: typeof part === 'string' }).waitFor();
  const words = await auditor.text();
  for (const name of ['李明华', '王建国', '咨询建言渠道']) expect(words).toContain(name);
  const pack = await auditor.download(/下载全部记录和原件/);
  const files = unzipSync(pack.bytes);
  const all = Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)] as const);
  expect(all.some(([name, text]) => /\.json$/.test(name) && text.includes('王建国'))).toBe(true);
  expect(all.some(([, text]) => text.includes('jiajingjing.province.test'))).toBe(true);
  await auditor.visit(`/findings/${contested}/chain`);
  await auditor.sees('请复核存档页面');
  expect(auditor.problems).toEqual([]);
});

it('sees everything and can change nothing: no button of action works anywhere', async () => {
  const ACTIONS =
    /确认成立|第二人确认|驳回|不能判定|批注|采纳|提交申辩|开始采集|继续|暂停|冻结|重查|新建|导入|生成|签名|签发|撤回|修改|保存|停用|启用|解锁|重设|取消第二因素|结束登录|重试|上传/;
  const { user, contested } = staffed.known;
  for (const path of [
    ...['/', '/units', '/sites', '/accounts', '/rounds', `/rounds/${PERIOD}`, '/bulletins'],
    ...[`/findings?period=${PERIOD}&view=all&id=${contested}`, `/findings/${contested}`],
    ...[`/bulletins/${FORMER}`, '/rulesets', '/rulesets/hunan-2020', '/system/jobs'],
    ...[`/system/users?user=${user}`, '/system/audit', '/system/health', '/system/settings'],
  ]) {
    await auditor.visit(path);
    expect([path, await auditor.refusals()]).toEqual([path, 0]);
    const live: string[] = [];
    for (const button of await auditor.page.getByRole('button', { name: ACTIONS }).all())
      if ((await button.getAttribute('aria-disabled')) !== 'true' && (await button.isEnabled()))
        live.push(await button.innerText());
    expect([path, live]).toEqual([path, []]);
  }
  for (const path of ['/import', '/rounds/new']) {
    await auditor.visit(path);
    const enabled = auditor.page.locator('button:not([aria-disabled="true"])');
    expect(await enabled.filter({ hasText: /上传并核对|创建批次/ }).count()).toBe(0);
  }
  expect(auditor.problems).toEqual([]);
});
