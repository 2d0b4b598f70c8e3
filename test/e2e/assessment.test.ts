import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWorkbook } from '../../src/documents/workbook.ts';
import { addDays, shanghaiDate } from '../../src/lib/pure/dates.ts';
import { registerTwoCities } from '../../src/testing/rounds/reviewing-round.ts';
import { Office } from './office.ts';
import type { Person } from './person.ts';

// A year's assessment from its beginning to its ranking, by the three who make it; each test goes on where the last ended.
let office: Office;
let supervisor: Person;
let second: Person;
let yueyang: Person;
const today = shanghaiDate(new Date());
const YEAR = Number(today.slice(0, 4));
const TITLE = `${YEAR} 年政府网站与政务新媒体监管工作年度考核`;

beforeAll(async () => {
  office = await Office.open(({ store }) => registerTwoCities(store));
  supervisor = await office.enter({ role: 'supervisor', unit: '湖南省', name: '李明华' });
  second = await office.enter({ role: 'supervisor', unit: '湖南省', name: '王建国' });
  yueyang = await office.enter({ role: 'manager', unit: '岳阳市', name: '彭建军' });
  const left = new Date(Date.now() - 60_000).toISOString();
  const message = { siteCode: '4306000001', problemType: '内容无法访问', leftAt: left };
  await supervisor.send('post', 'find-errors', {
    items: [{ ...message, number: '202611160001', content: '首页打不开。' }],
  });
}, 180_000);
afterAll(() => office?.close());

const field = (person: Person, label: string | RegExp) => person.page.getByLabel(label).first();

it('the office begins a year, and every unit is asked', async () => {
  await supervisor.visit('/assessments');
  await supervisor.page.getByText('开始一年的考核…').click();
  await field(supervisor, /^自评的期限/).fill(addDays(today, 10));
  await supervisor.pressAndConfirm('开始考核', '开始考核');
  await supervisor.page.getByRole('heading', { name: TITLE, level: 1 }).waitFor();
  await supervisor.sees(/2 个单位还没有报自评/);
});

it('the unit reads what was counted, opens its origin, contradicts it, adds a file and reports', async () => {
  await yueyang.visit('/assessments');
  await yueyang.page.getByRole('link', { name: TITLE }).click();
  await yueyang.page.getByRole('link', { name: '岳阳市' }).click();
  await yueyang.page.getByRole('link', { name: /收到的留言：1 条没有办结/ }).click();
  await yueyang.page.getByRole('heading', { name: '找错留言', level: 1 }).waitFor();
  await yueyang.page.goBack();
  await yueyang.sees(/还要写说明：政府网站均迁移至集约化平台/);
  await field(yueyang, /^不同意平台数的：“我为政府网站找错”留言未办结/).check();
  await field(yueyang, /^“我为政府网站找错”留言未办结：说明/).fill('昨天已电话答复网民。');
  await field(yueyang, /^政府网站均迁移.*：说明/).fill('三个网站都已迁移。');
  await field(yueyang, /^自评（0 至 5 分）/).fill('5');
  const files = yueyang.page.locator('input[type=file]').last();
  const macro = { name: '迁移证明.docx', mimeType: 'x', buffer: Buffer.from('MZ') };
  await files.setInputFiles(macro);
  await yueyang.sees(/“迁移证明.docx”不是完整的/);
  yueyang.problems.length = 0;
  await files.setInputFiles({
    ...{ name: '迁移证明.pdf', mimeType: 'application/pdf' },
    buffer: Buffer.from('%PDF-1.4 %%EOF'),
  });
  await yueyang.page.getByRole('link', { name: '迁移证明.pdf' }).waitFor();
  expect(await yueyang.axe()).toEqual([]);
  expect(await yueyang.overflow()).toBe(0);
  // What was written is still there after the upload.
  await yueyang.pressAndConfirm('报送自评', '报送');
  await yueyang.sees('自评已报，等主管单位逐项核定。');
});

it('the office reads the evidence, decides with reasons, and may not publish alone', async () => {
  await supervisor.visit('/assessments');
  await supervisor.page.getByRole('link', { name: TITLE }).click();
  await supervisor.page.getByRole('link', { name: '岳阳市' }).click();
  await supervisor.sees('昨天已电话答复网民。');
  const { bytes } = await supervisor.download('迁移证明.pdf');
  expect(bytes.toString()).toBe('%PDF-1.4 %%EOF');
  await supervisor.page.getByRole('link', { name: '有异议（1）' }).click();
  await field(supervisor, /^核定为（个数）/).fill('1');
  await field(supervisor, /：核定的理由/).fill('留言还没有答复。');
  await supervisor.press('核定这一项');
  await supervisor.sees('已核定：“我为政府网站找错”留言未办结');
  await supervisor.page.getByRole('link', { name: '待核定（1）' }).click();
  await field(supervisor, /^政府网站均迁移.*：核定的理由/).fill('省平台上查得到。');
  await supervisor.press('核定这一项');
  await supervisor.sees('没有待核定的项');
  await supervisor.pressAndConfirm('结束核定', '结束核定');
  await supervisor.sees('已经核定，等没有参加核定的另一个人公布结果。');
  await changshaDecided();
  await supervisor.page.getByRole('link', { name: TITLE }).click();
  await supervisor.sees('您核定过其中的单位，请由另一个人公布。');
});

/** The other city never reports: it is decided without. */
async function changshaDecided(): Promise<void> {
  await supervisor.page.getByRole('link', { name: TITLE }).click();
  await supervisor.page.getByRole('link', { name: '长沙市' }).click();
  await supervisor.sees(/逾期不报的，可以直接核定/);
  await field(supervisor, /^核定为（0 至 5 分）/).fill('0');
  await field(supervisor, /^政府网站均迁移.*：核定的理由/).fill('没有报自评。');
  await supervisor.press('核定这一项');
  await supervisor.sees('各项都定了，可以结束这个单位的核定。');
  await supervisor.pressAndConfirm('结束核定', '结束核定');
}

it('a second person publishes; everybody sees the ranking, and takes it home', async () => {
  await second.visit('/assessments');
  await second.page.getByRole('link', { name: TITLE }).click();
  await second.sees('各单位都已核定，可以公布了。');
  await second.pressAndConfirm('公布结果', '公布');
  await second.sees('结果已经公布，不再变化。名次相同的并列。');
  await yueyang.visit('/assessments');
  await yueyang.page.getByRole('link', { name: TITLE }).click();
  await yueyang.page.getByRole('row', { name: /岳阳市.*1.*102 分/ }).waitFor();
  // The score of another is public, what stands behind it is not.
  await yueyang.page.getByRole('row', { name: /长沙市.*2.*100 分/ }).waitFor();
  expect(await yueyang.page.getByRole('link', { name: '长沙市' }).count()).toBe(0);
  const { bytes } = await yueyang.download('导出（.xlsx）');
  const [ranking] = await readWorkbook(bytes, '考核.xlsx');
  expect(ranking!.rows.slice(2).map((row) => row.slice(0, 4))).toEqual([
    ...[
      ['1', '岳阳市', '已核定', '102'],
      ['2', '长沙市', '已核定', '100'],
    ],
  ]);
  expect([...supervisor.problems, ...second.problems, ...yueyang.problems]).toEqual([]);
});
