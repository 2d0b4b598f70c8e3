import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWorkbook, writeCsv } from '../../src/documents/workbook.ts';
import { runUpkeep } from '../../src/lifecycle/index.ts';
import { Office } from './office.ts';
import type { Person } from './person.ts';

let office: Office;
let sponsor: Person;
let manager: Person;
let supervisor: Person;
beforeAll(async () => {
  office = await Office.open();
  sponsor = await office.enter({ role: 'sponsor', unit: '岳阳市', name: '周晓岚' });
  manager = await office.enter({ role: 'manager', unit: '岳阳市', name: '彭建军' });
  supervisor = await office.enter({ role: 'supervisor', unit: '湖南省', name: '李明华' });
  await runUpkeep(office.deps, { at: new Date().toISOString() });
});
afterAll(() => office?.close());

const field = (person: Person, label: string | RegExp) => person.page.getByLabel(label).first();

it('an operator sees on his first page that the month waits, looks at each item, and confirms', async () => {
  await sponsor.visit('/');
  await sponsor.page.getByRole('link', { name: /1 项每月维护待本单位确认/ }).click();
  await sponsor.sees('岳阳市门户');
  await sponsor.settled();
  const confirm = sponsor.page.getByRole('button', { name: '确认本月维护' });
  expect(await confirm.getAttribute('aria-disabled')).toBe('true');
  await sponsor.page
    .getByRole('group', { name: '岳阳发布' })
    .getByRole('radio', { name: '没有变化' })
    .check();
  expect(await confirm.getAttribute('aria-disabled')).toBe('true');
  await sponsor.press('全部没有变化');
  await confirm.click();
  await sponsor.sees(/周晓岚.*确认。/);
  await sponsor.visit('/');
  expect(await sponsor.text()).not.toContain('每月维护待本单位确认');

  await supervisor.visit('/upkeep');
  const rows = supervisor.page.getByRole('region', { name: '维护确认列表' });
  await rows.getByRole('row', { name: /岳阳市.*已确认.*周晓岚/ }).waitFor();
  await rows.getByRole('row', { name: /长沙市.*未确认|长沙市.*待确认/ }).waitFor();
  const file = await supervisor.download('导出（.xlsx）');
  expect(file.name).toMatch(/^upkeep-\d{4}-\d\d\.xlsx$/);
});

it('a unit asks to close an account: it writes why, attaches, and submits', async () => {
  await sponsor.visit('/accounts');
  await sponsor.page.getByRole('link', { name: '岳阳发布' }).click();
  await sponsor.page.getByRole('link', { name: '申请关停' }).click();
  await field(sponsor, '拟停止更新的日期').fill('2099-01-31');
  await field(sponsor, '粉丝和已发布的内容怎么处理').fill('请关注“岳阳市政府”公众号。');
  await field(sponsor, '理由').fill('与市政府公众号整合');
  await sponsor.press('存为草稿');
  await sponsor.page.getByRole('heading', { name: '关停：岳阳发布', level: 1 }).waitFor();
  await sponsor.sees('关于关停微信公众号账号“岳阳发布”的公告');
  await field(sponsor, '附材料：').setInputFiles({
    ...{ name: '会议纪要.pdf', mimeType: 'application/pdf' },
    buffer: Buffer.from('%PDF-1.4 %%EOF'),
  });
  await sponsor.page.getByRole('link', { name: '会议纪要.pdf' }).waitFor();
  await sponsor.pressAndConfirm('提交审批', '提交');
  await sponsor.sees('待初审');
  const docx = await sponsor.download('下载公告（.docx）');
  expect(docx.bytes.subarray(0, 2).toString()).toBe('PK');
});

it('a manager approves first, the supervisor second, never one person twice', async () => {
  await manager.visit('/');
  await manager.page.getByRole('link', { name: /1 件账号事项等您办/ }).click();
  await manager.page.getByRole('link', { name: '关停：岳阳发布' }).click();
  await manager.pressAndConfirm('初审通过', '通过');
  await manager.sees('待终审');
  await manager.settled();
  const again = manager.page.getByRole('button', { name: '终审通过' });
  expect(await again.getAttribute('aria-disabled')).toBe('true');

  await supervisor.visit('/account-cases?mine=waiting');
  await supervisor.page.getByRole('link', { name: '关停：岳阳发布' }).click();
  await supervisor.pressAndConfirm('终审通过', '通过');
  await supervisor.sees('已批准，待办结');
});

it('it is announced, ended with a word why early, and the register shows it closed, with its history', async () => {
  await sponsor.visit('/account-cases?mine=waiting');
  await sponsor.page.getByRole('link', { name: '关停：岳阳发布' }).click();
  await field(sponsor, '公告发布以后，填它的网址：').fill('http://www.yueyang.gov.cn/gg/1.html');
  await sponsor.press('登记公告');
  await sponsor.sees(/才满期限；提前关停的理由/);
  await field(sponsor, /提前关停的理由/).fill('主管单位要求月底前完成');
  await sponsor.pressAndConfirm('办结关停', '办结');
  await sponsor.sees('已办结');

  await supervisor.visit('/accounts');
  await supervisor.page.getByRole('link', { name: '岳阳发布' }).click();
  await supervisor.page.getByRole('heading', { name: '岳阳发布', level: 1 }).waitFor();
  await supervisor.sees('已关停');
  const history = supervisor.page.getByRole('region', { name: '名录变更' });
  await history.getByText('关停中').first().waitFor();
  await supervisor.page
    .getByRole('region', { name: '账号事项' })
    .getByRole('link', { name: /关停（第 \d+ 号）/ })
    .waitFor();
  expect([...sponsor.problems, ...manager.problems, ...supervisor.problems]).toEqual([]);
});

const csvFile = (name: string, rows: readonly (readonly string[])[]) => ({
  ...{ name, mimeType: 'text/csv', buffer: Buffer.from(writeCsv(rows)) },
});

it('the supervisor compares the register with the national system’s export and adopts a difference; the account’s history says where it came from', async () => {
  const { page } = supervisor;
  await supervisor.visit('/register-diff');
  await page.getByLabel(/选择报送系统的导出文件/).setInputFiles(
    csvFile('报送系统导出.csv', [
      ['平台', '账号名称', '主办单位', '账号ID', '责任人', '奇怪的列'],
      ['微信公众号', '岳阳发布', '岳阳市', 'gh_yy', '周晓岚', '1'],
      ['微信公众号', '长沙发布', '长沙市', 'gh_cs', '赵长沙', '2'],
      ['抖音号', '岳阳抖音', '岳阳市', 'dy_yy', '', '3'],
    ]),
  );
  await supervisor.press('上传并比对');
  await supervisor.sees(/有 1 列不认识，没有读/);
  const rows = page.getByRole('region', { name: '差异列表' });
  await rows.getByRole('row', { name: /岳阳抖音.*只在报送系统/ }).waitFor();
  const address = new URL(page.url());

  // The unit's operator sees its own, and adopts what it may edit.
  await sponsor.visit(address.pathname + address.search);
  expect(await sponsor.text()).not.toContain('长沙');
  await sponsor.press('采用：岳阳发布 责任人');
  await sponsor.sees('已改 1 处，名录里留有历史');
  await sponsor.page.getByRole('row', { name: /岳阳发布.*已采用/ }).waitFor();
  await sponsor.page.getByRole('link', { name: '岳阳发布' }).first().click();
  await sponsor.sees(/来源：全国报送系统导出“报送系统导出\.csv”第 2 行/);

  await supervisor.visit(address.pathname + address.search);
  await page.getByRole('checkbox', { name: /选中本页可采用的 2 处/ }).check();
  await supervisor.press(/采用选中的 2 处/);
  await supervisor.sees('已改 2 处，名录里留有历史');
  await supervisor.press('退回原值：岳阳发布 责任人');
  await rows.getByRole('row', { name: /岳阳发布.*已退回/ }).waitFor();
  const file = await supervisor.download('导出 Excel');
  expect(file.name).toMatch(/^register-diff-\d+\.xlsx$/);
  expect([...supervisor.problems, ...sponsor.problems]).toEqual([]);
});

it('an import that closes a site waits for a second person, who sees what was and what would be', async () => {
  const second = await office.enter({ role: 'supervisor', unit: '湖南省', name: '王建国' });
  await supervisor.visit('/import');
  await supervisor.page.getByLabel(/选择名录文件/).setInputFiles(
    csvFile('关停.csv', [
      ['网站标识码', '网站名称', '主办单位', '首页网址', '状态'],
      ['4306000001', '岳阳市门户', '岳阳市', 'http://yy1.gov.cn/', '已关停'],
    ]),
  );
  await supervisor.press('上传并核对');
  await supervisor.sees(/要由第二个人批准：关停、注销或更换标识 1 处/);
  await supervisor.page.getByRole('row', { name: /4306000001.*状态：正常 → 已关停/ }).waitFor();
  await supervisor.press('提交批准');
  await supervisor.sees('已提交，等另一个人批准');
  expect(await supervisor.page.getByRole('button', { name: '批准并导入' }).count()).toBe(0);

  await second.visit('/');
  await second.page.getByRole('link', { name: /李明华.*上传的 关停\.csv/ }).click();
  await second.sees('请核对下面的变化，批准或退回');
  await second.pressAndConfirm('批准并导入', '批准并导入');
  await second.sees('名录已导入');
  const { body } = await second.ask('sites?q=4306000001');
  expect(body).toMatchObject({ items: [{ status: 'closed' }] });
  await second.visit('/');
  expect(await second.text()).not.toContain('关停.csv');
  expect([...supervisor.problems, ...second.problems]).toEqual([]);
});

it('the supervisor writes down how the office’s own table reads, imports by it, and exports the same table', async () => {
  const { page } = supervisor;
  await supervisor.visit('/column-maps');
  await supervisor.press('新建列映射…');
  const dialog = page.getByRole('dialog', { name: '新建列映射' });
  await dialog.getByLabel('名称', { exact: true }).fill('本省报送表');
  await dialog.getByLabel(/^从表格里复制表头/).fill('序号\t名称\t代表主体名称\t管理的人\t签字');
  await supervisor.press('按表头列出各列');
  const fieldOf = (nr: number) => dialog.getByLabel(`第 ${nr} 列的字段`);
  expect(await fieldOf(2).inputValue()).toBe('name');
  await fieldOf(4).selectOption({ label: '责任人' });
  await dialog.getByLabel('第 4 列的其他写法').fill('负责的人、联络的人');
  await supervisor.press('第 5 列上移');
  await supervisor.press('加一个固定值');
  await dialog.getByLabel('第 1 个固定值的字段').selectOption({ label: '平台' });
  await dialog.getByLabel('第 1 个固定值', { exact: true }).fill('微信公众号');
  await dialog.getByLabel(/^导出时表头以上的标题行/).fill('政务新媒体报送表');
  await dialog.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByRole('row', { name: /本省报送表 5 导入、比对、导出 李明华/ }).waitFor();

  await supervisor.visit('/import');
  await page.getByLabel(/选择名录文件/).setInputFiles(
    csvFile('报送.csv', [
      ['名称', '代表主体名称', '联络的人'],
      ['长沙发布', '长沙市', '周晓岚'],
    ]),
  );
  await supervisor.choose('表头怎样读', /本省报送表/);
  await supervisor.press('上传并核对');
  await supervisor.sees('按列映射“本省报送表”读');
  await page.getByRole('row', { name: /gh_cs.*责任人：.* → 周\*\*/ }).waitFor();
  await supervisor.press('确认导入');
  await supervisor.sees('名录已导入');

  await supervisor.visit('/accounts');
  await supervisor.press('导出');
  await page.getByLabel('列映射', { exact: true }).selectOption('本省报送表');
  const file = await supervisor.download('导出 Excel（列映射）');
  const [sheet] = await readWorkbook(file.bytes, file.name);
  expect(sheet?.rows[0]?.[0]).toBe('政务新媒体报送表');
  expect(sheet?.rows[1]).toEqual(['序号', '名称', '代表主体名称', '签字', '管理的人']);
  expect(sheet?.rows.map((row) => row.join())).toContainEqual(
    expect.stringMatching(/^\d,长沙发布,长沙市,,周晓岚$/),
  );
  expect(supervisor.problems).toEqual([]);
});
