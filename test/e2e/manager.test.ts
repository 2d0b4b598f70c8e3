import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWorkbook } from '../../src/documents/workbook.ts';
import { PERIOD } from './fill.ts';
import { Office } from './office.ts';
import type { Person } from './person.ts';

let office: Office;
let manager: Person;
let sponsor: Person;
beforeAll(async () => {
  office = await Office.open();
  manager = await office.enter({ role: 'manager', unit: '岳阳市', name: '彭建军' });
  sponsor = await office.enter({ role: 'sponsor', unit: '岳阳市', name: '周晓岚' });
});
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
