import mammoth from 'mammoth';
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
let sponsor: Person;
let leader: Person;
const today = shanghaiDate(new Date());
const YEAR = Number(today.slice(0, 4));
const TITLE = `${YEAR} 年政府网站与政务新媒体监管工作年度考核`;

beforeAll(async () => {
  office = await Office.open(({ store }) => registerTwoCities(store));
  supervisor = await office.enter({ role: 'supervisor', unit: '湖南省', name: '李明华' });
  second = await office.enter({ role: 'supervisor', unit: '湖南省', name: '王建国' });
  yueyang = await office.enter({ role: 'manager', unit: '岳阳市', name: '彭建军' });
  sponsor = await office.enter({ role: 'sponsor', unit: '岳阳市', name: '周晓岚' });
  leader = await office.enter({ role: 'leader', unit: '岳阳市', name: '张志强' });
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

it('a site’s yearly form: what is known stands in it, the rest is written in parts', async () => {
  await supervisor.visit('/yearly-forms');
  await supervisor.page.getByText('开始一年的填报…').click();
  await supervisor.pressAndConfirm('开始填报', '开始填报');
  await supervisor.sees(/新开网站的 \d+ 份，监管单位的 1 份/);
  await sponsor.visit(`/yearly-forms?year=${YEAR}`);
  await sponsor.page.getByRole('link', { name: /^岳阳市门户/ }).click();
  await sponsor.page.getByRole('heading', { name: /网站工作年度报表/, level: 1 }).waitFor();
  expect(await field(sponsor, '政府网站标识码').inputValue()).toBe('4306000001');
  await field(sponsor, /^网站总访问量/).fill('很多');
  await sponsor.press(/^保\s*存$/);
  await sponsor.sees(/网站总访问量：要写 0 以上的整数/);
  sponsor.problems.length = 0;
  await field(sponsor, /^网站总访问量/).fill('120000');
  await field(sponsor, '网站名称').fill('岳阳市政府门户网站');
  await field(sponsor, '网站名称：为什么与平台不同：').fill('名录里的是简称');
  await sponsor.press(/^保\s*存$/);
  await sponsor.sees('已保存');
  expect(await sponsor.axe()).toEqual([]);
});

it('a whole yearly form is signed by a leader, and its address is kept', async () => {
  await restFilled();
  await sponsor.page.reload();
  await sponsor.sees('各栏目都填好了。');
  await sponsor.pressAndConfirm('提交负责人签发', '提交');
  await sponsor.sees(/已提交，等本单位负责人（另一个人）签发/);
  await leader.visit('/yearly-forms?state=submitted');
  await leader.page.getByRole('link', { name: /^岳阳市门户/ }).click();
  await leader.sees('名录里的是简称');
  await leader.pressAndConfirm('签发', '签发');
  await leader.sees(/已签发。请在本网站首页显著位置公开/);
  await sponsor.page.reload();
  await field(sponsor, '报表公开的网址：').fill('http://www.yueyang.gov.cn/nb.html');
  await sponsor.pressAndConfirm('已公开', '已公开');
  await sponsor.sees('已经公开。');
  const { name, bytes } = await sponsor.download('下载（.docx）');
  expect(name).toBe(`岳阳市门户政府网站工作年度报表（${YEAR}年度）.docx`);
  const { value } = await mammoth.extractRawText({ buffer: bytes });
  expect(value).toContain('岳阳市政府门户网站');
  expect([...sponsor.problems, ...leader.problems]).toEqual([]);
});

/** The other fields, without the page: each kind with a value that may stand. */
async function restFilled(): Promise<void> {
  const id = Number(sponsor.page.url().match(/\/(\d+)$/)?.[1]);
  const { body } = await sponsor.ask(`yearly-forms/${id}`);
  const { head, sections } = body as {
    head: { version: number };
    sections: { fields: { field: { id: string; kind: string }; value: string }[] }[];
  };
  const values: Readonly<Record<string, string>> = {
    ...{ text: '有', count: '1', decimal: '1', yesNo: '是' },
    ...{ url: 'http://www.yueyang.gov.cn/', date: today },
  };
  await sponsor.send('put', `yearly-forms/${id}/fields`, {
    version: head.version,
    fields: sections
      .flatMap(({ fields }) => fields)
      .filter(({ value }) => value === '')
      .map(({ field: { id: fieldId, kind } }) => ({ fieldId, value: values[kind]!, note: '' })),
  });
}
