import { afterAll, beforeAll, expect, it } from 'vitest';
import { nothing } from './fill.ts';
import { Office } from './office.ts';
import type { Person } from './person.ts';

// Two people of the supervising office look after the lexicon and what is ignored; each test goes on where the last ended.
let office: Office;
let first: Person;
let second: Person;
let inspector: Person;
beforeAll(async () => {
  office = await Office.open(nothing);
  first = await office.enter({ role: 'supervisor', name: '李明华' });
  second = await office.enter({ role: 'supervisor', name: '王建国' });
  inspector = await office.enter({ role: 'inspector', name: '赵检查' });
});
afterAll(() => office?.close());

const csv = (...lines: string[]) => ({
  ...{ name: '本省.csv', mimeType: 'text/csv' },
  buffer: Buffer.from(`错误写法,正确写法,生效日期\n${lines.join('\n')}\n`),
});
const isOff = async ({ page }: Person, name: string) =>
  page.getByRole('button', { name }).getAttribute('aria-disabled');

it('a file with faulty rows is shown for what it is, a good one is imported and counts', async () => {
  const { page } = first;
  await first.visit('/lexicons');
  const choose = page.getByLabel('词库文件：');
  await choose.setInputFiles(csv('环境保护厅,生态环境厅,2018-10-01', '甲厅,乙厅,2018-02-30'));
  await first.sees(/第 3 行.*2018-02-30/);
  expect(await isOff(first, '导入并启用')).toBe('true');
  await choose.setInputFiles(csv('环境保护厅,生态环境厅,2018-10-01', '甲厅,乙厅,2018-10-01'));
  await first.sees(/错误写法 2、保护名称 0/);
  await page.getByLabel(/为什么导入/).fill('机构改革');
  await first.press('导入并启用');
  await page.getByRole('link', { name: '第 1 版' }).nth(1).waitFor();
  await page.getByRole('heading', { name: '本省' }).waitFor();
  await first.pressAndConfirm('停用“本省”', '停用');
  await page.getByRole('button', { name: /^改用这一版/ }).waitFor();
  await first.pressAndConfirm(/^改用这一版/, '改用');
  await page.getByRole('button', { name: '停用“本省”' }).waitFor();
});

it('its entries are looked through', async () => {
  const { page } = first;
  await first.visit('/lexicons/本省');
  await page.getByLabel('写法、应为、类别、例外').fill('环境保护');
  await page.getByText('甲厅').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: '环境保护厅' }).waitFor();
});

async function ignore(person: Person): Promise<void> {
  const { page } = person;
  await person.visit('/ignores');
  await person.press('新增忽略');
  await page.getByLabel('文字（照检查结果里的原样）').fill('共合');
  await person.choose('程度', '疑似严重表述错误');
  await page.getByLabel('为什么不是问题').fill('干部姓名');
  await page.getByRole('button', { name: /^忽\s?略$/ }).click();
}

it('a severe wording is ignored when two have said so, and found again when one takes it back', async () => {
  await ignore(first);
  await first.sees('等另一人确认');
  await ignore(second);
  await second.sees('有效');
  await second.sees(/李明华.*王建国.*确认/);
  await second.pressAndConfirm('撤回对“共合”的忽略', '撤回');
  await second.sees('没有忽略的表述');
});

it('an inspector looks, and is told why he changes nothing', async () => {
  await inspector.visit('/lexicons');
  await inspector.sees(/您没有“修改规则”的权限/);
  await inspector.visit('/ignores');
  expect(await isOff(inspector, '新增忽略')).toBe('true');
});
