import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWorkbook } from '../../src/documents/workbook.ts';
import { PERIOD } from './fill.ts';
import { Office } from './office.ts';
import type { Person } from './person.ts';

let office: Office;
let manager: Person;
let sponsor: Person;
let supervisors: readonly [Person, Person];
beforeAll(async () => {
  office = await Office.open();
  manager = await office.enter({ role: 'manager', unit: '岳阳市', name: '彭建军' });
  sponsor = await office.enter({ role: 'sponsor', unit: '岳阳市', name: '周晓岚' });
  supervisors = [
    await office.enter({ role: 'supervisor', unit: '湖南省', name: '李明华' }),
    await office.enter({ role: 'supervisor', unit: '湖南省', name: '王建国' }),
  ];
}, 180_000);
afterAll(() => office?.close());

const cellsOf = async (bytes: Buffer, name: string): Promise<string> =>
  JSON.stringify(await readWorkbook(bytes, name));

it('sees the round as it stands for his city, and no word of another', async () => {
  for (const path of [
    ...['/', '/me', '/units', '/sites', '/accounts', '/rounds', `/rounds/${PERIOD}`],
    ...[`/findings?period=${PERIOD}&view=all`, '/bulletins', '/rulesets'],
  ]) {
    await manager.visit(path);
    expect([path, /长沙/.exec(await manager.text())?.input ?? null]).toEqual([path, null]);
    expect([path, manager.problems]).toEqual([path, []]);
  }
  await manager.visit('/sites');
  await manager.page.getByRole('link', { name: '岳阳市门户' }).waitFor();
});

it('downloads his unit’s findings and register before publication', async () => {
  await manager.visit(`/findings?period=${PERIOD}&view=all`);
  const list = await manager.download('下载清单');
  expect(list.name).toMatch(/\.xlsx$/);
  expect(list.bytes.subarray(0, 2).toString()).toBe('PK');
  const findings = await cellsOf(list.bytes, list.name);
  expect(findings).toContain('岳阳市门户');
  expect(findings).not.toContain('长沙');
  await manager.visit('/sites');
  await manager.press('导出');
  await manager.settled();
  const register = await manager.download(/Excel/);
  const sites = await cellsOf(register.bytes, register.name);
  expect(sites).toContain('4306000001');
  expect(sites).not.toContain('4301000001');
});

it('an address of 长沙市 is to him what does not exist', async () => {
  for (const path of ['/sites/1', '/accounts/2', '/findings/1', '/findings/2']) {
    manager.problems.length = 0;
    await manager.visit(path);
    await manager.page.getByRole('heading', { name: '没有找到' }).waitFor();
    const own = await manager.text();
    expect(own).not.toContain('长沙');
    await manager.visit(path.replace(/\d+$/, '99999'));
    // The same words but for the number of the request.
    const plain = (text: string): string => text.replace(/请求编号[^重]*/, '').replace(/\d+/g, '');
    expect(plain(await manager.text())).toBe(plain(own));
  }
});

it('finds no button to review, freeze, import or sign', async () => {
  for (const path of [`/rounds/${PERIOD}`, `/findings?period=${PERIOD}&view=all`, '/sites']) {
    await manager.visit(path);
    const words = await manager.page.getByRole('button').allInnerTexts();
    expect(words.join()).not.toMatch(/确认成立|驳回|不能判定|签名|确认导入/);
  }
  await manager.visit(`/rounds/${PERIOD}`);
  const freeze = manager.page.getByRole('button', { name: /冻结/ });
  expect(await freeze.getAttribute('aria-disabled')).toBe('true');
  expect((await manager.ask('audit')).status).toBe(403);
});

it('says who answers for a site, and hands over to somebody whom another person confirms', async () => {
  const panel = (person: Person) =>
    person.page.getByRole('region', { name: '责任人员', exact: true }).first();
  manager.problems.length = 0;
  await manager.visit('/duty?stands=lacking&kind=site');
  await manager.page.getByRole('link', { name: '岳阳市门户' }).click();
  await manager.press('登记责任人');
  await manager.page.getByLabel('姓名或单位：').fill('彭建军');
  await manager.page.getByLabel('电话：').fill('0730-8880000');
  await manager.press('保存');
  await panel(manager)
    .getByRole('row', { name: /责任人 彭建军/ })
    .waitFor();
  await manager.press('交接责任人');
  await manager.page.getByLabel('由谁接手：').fill('李志远');
  await manager.press('发起交接');
  await manager.page.getByRole('button', { name: '撤回交接' }).waitFor();
  await sponsor.visit('/inbox');
  await sponsor.page
    .getByRole('link', { name: /责任人交接/ })
    .first()
    .click();
  await sponsor.pressAndConfirm('确认接收', '接收');
  await panel(sponsor)
    .getByRole('row', { name: /责任人 李志远/ })
    .waitFor();
  expect([...sponsor.problems, ...manager.problems]).toEqual([]);
});

it('sees a measure against its city once a second supervisor decided it', async () => {
  const [first, second] = supervisors;
  await first.visit('/duty/measures');
  await first.page.getByText('提出措施…').click();
  // The tree of units is folded: what is typed unfolds it.
  await first.page.getByLabel('对哪个单位').fill('岳阳市');
  await first.page.locator('.ant-select-tree-node-content-wrapper[title="岳阳市"]').click();
  await first.page.getByLabel('事由：').fill('连续两期同一问题没有改正');
  await first.page.getByRole('button', { name: '提出', exact: true }).click();
  await first.page.getByRole('link', { name: /^提醒：岳阳市/ }).waitFor();
  await second.visit('/duty/measures');
  await second.page.getByRole('link', { name: /^提醒：岳阳市/ }).click();
  await second.pressAndConfirm('同意并决定', '决定');
  const letter = await second.download('下载文书（.docx）');
  expect(letter.bytes.subarray(0, 2).toString()).toBe('PK');
  await manager.visit('/duty/measures');
  await manager.page.getByRole('link', { name: /^提醒〔\d{4}〕1号：岳阳市/ }).waitFor();
  for (const person of [first, second, manager]) expect(person.problems).toEqual([]);
});

it('reads a regulation that one supervisor wrote and another published, and confirms it', async () => {
  const [first, second] = supervisors;
  await first.visit('/duty/regulations');
  await first.page.getByText('起草制度…').click();
  await first.page.getByLabel('名称：').fill('网站信息发布审核制度');
  await first.page.getByLabel('施行日期：').fill('2026-12-01');
  await first.page.getByLabel('正文（只附文件的可以不写）：').fill('第一条 先审后发。');
  await first.press('存为草稿');
  await first.page.getByRole('heading', { name: '网站信息发布审核制度' }).waitFor();
  await manager.visit('/duty/regulations');
  expect(await manager.text()).not.toContain('网站信息发布审核制度');
  await second.visit('/duty/regulations?stands=draft');
  await second.page.getByRole('link', { name: '网站信息发布审核制度' }).click();
  await second.pressAndConfirm('发布', '发布');
  const readers = second.page.getByRole('region', { name: '学习情况' });
  await readers.getByRole('row', { name: /彭建军.*没有确认/ }).waitFor();
  await manager.visit('/duty/regulations?stands=toRead');
  await manager.page.getByRole('link', { name: '网站信息发布审核制度' }).click();
  await manager.sees('第一条 先审后发。');
  await manager.pressAndConfirm('确认已学习', '确认');
  await manager.sees('已确认学习第 1 版');
  await second.page.reload();
  await readers.getByRole('row', { name: /彭建军/ }).waitFor();
  expect(await readers.getByRole('row', { name: /彭建军.*没有确认/ }).count()).toBe(0);
  for (const person of [first, second, manager]) expect(person.problems).toEqual([]);
});
