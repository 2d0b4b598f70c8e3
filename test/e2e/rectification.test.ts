import { sql } from 'kysely';
import mammoth from 'mammoth';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWorkbook, writeCsv } from '../../src/documents/workbook.ts';
import { addDays, shanghaiDate } from '../../src/lib/pure/dates.ts';
import {
  confirmEverything,
  registerTwoCities,
  reviewingRound,
} from '../../src/testing/rounds/reviewing-round.ts';
import { startServer, type TestServer } from '../../src/testing/servers/start-server.ts';
import { command, PERIOD } from './fill.ts';
import { Office } from './office.ts';
import type { Person } from './person.ts';

// One problem from its finding to its mending, by the three sides that it takes, each in a browser of his own; each test goes on where
// the last ended. The site is really served: nothing new on it at first, then what the unit put there.
let office: Office;
let web: TestServer;
let sponsor: Person;
let manager: Person;
let supervisor: Person;
let newestOn = '2020-08-01';
const today = shanghaiDate(new Date());
const extendedTo = (deadline: string): string => addDays(deadline, 3);

const page = (path: string): string => {
  const items = Array.from(
    { length: 6 },
    (_, index) =>
      `<li><a href="/a/${index}.html">关于开展第${index + 1}次检查工作的通知</a><span>${newestOn}</span></li>`,
  );
  const list = `<h2><a href="/tzgg/">通知公告</a></h2><ul>${items.join('')}</ul>`;
  const article = `<h1>关于开展检查工作的通知</h1><p>发布时间：${newestOn}</p><p>${'各单位要认真组织实施。'.repeat(20)}</p>`;
  return `<!doctype html><title>岳阳市门户</title>${path.startsWith('/a/') ? article : list}`;
};

beforeAll(async () => {
  web = await startServer((request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(page(request.url ?? '/')),
  );
  office = await Office.open(
    async ({ store }) => {
      await registerTwoCities(store);
      const resolveRules = [`*=127.0.0.1:${web.port}`];
      await reviewingRound(store, PERIOD, { clock: 'replay', resolveRules });
    },
    { XUNJIAN_FIND_ERROR_FORM_PER_DAY: '50' },
  );
  sponsor = await office.enter({ role: 'sponsor', unit: '岳阳市', name: '周晓岚' });
  manager = await office.enter({ role: 'manager', unit: '岳阳市', name: '彭建军' });
  supervisor = await office.enter({ role: 'supervisor', unit: '湖南省', name: '李明华' });
});
afterAll(async () => {
  await office?.close();
  await web?.[Symbol.asyncDispose]();
});

const TITLE = /^岳阳市门户：/;
const field = (person: Person, label: string | RegExp) => person.page.getByLabel(label).first();
const panel = (person: Person, name: string) =>
  person.page.getByRole('region', { name, exact: true });

/** Opens the case from what waits for somebody on his first page. */
async function openFromHome(person: Person): Promise<void> {
  await person.visit('/');
  await person.page.getByRole('link', { name: /件整改事项等您办/ }).click();
  await person.page
    .getByRole('link', { name: /^岳阳市门户/ })
    .first()
    .click();
  await person.page.getByRole('heading', { name: TITLE, level: 1 }).waitFor();
  await person.settled();
}

async function deadline(person: Person): Promise<string> {
  const row = panel(person, '问题和期限').locator('div', { hasText: /^期限/ }).first();
  return (await row.innerText()).replace(/\D*(\d{4}-\d\d-\d\d).*/s, '$1');
}

/** The unit writes what it did, its leader submits, the machine looks. */
async function answered(words: string): Promise<void> {
  await field(sponsor, /^问题的原因/).fill(words);
  await sponsor.pressAndConfirm('提交负责人审核', '提交');
  await sponsor.sees('经办人已经填报，等单位负责人审核上报。');
  await openFromHome(manager);
  await manager.sees(words);
  await manager.pressAndConfirm('审核上报', '上报');
  await command(office.deps, office.folder, 'rectify recheck');
  // The page asks again by itself until the look is done.
  await manager.sees('系统已经复核，等主管单位确认：办结或退回重改。');
}

/** Of its site: what really fails, and what somebody entered by mistake. */
let [stale, quoted] = [0, 0];

async function ownFindings(): Promise<void> {
  const listed = await supervisor.ask(`findings?period=${PERIOD}&status=breached&kind=site`);
  const { items } = listed.body as {
    items: { id: number; ruleId: string; subject: { id: number; name: string } }[];
  };
  const own = items.find(({ subject }) => subject.name === '岳阳市门户')!;
  stale = own.id;
  const entered = (await supervisor.send('post', 'findings', {
    ...{ period: PERIOD, kind: 'site', subjectId: own.subject.id },
    ...{ ruleId: 'site.veto.security.expression', locator: 'http://yy1.gov.cn/a/1.html' },
    excerpt: '文中引用了已经停用的名称',
  })) as { id: number };
  quoted = entered.id;
}

/** From the letter to the finding, and what is said against it. */
async function objects(person: Person, finding: number, words: string): Promise<void> {
  await person.visit('/inbox');
  await person.page.getByRole('link', { name: /请在公布以前核对 3 件问题/ }).click();
  await person.page.getByRole('link', { name: `打开问题 ${finding}`, exact: true }).click();
  await person.page.getByRole('heading', { name: `问题 ${finding}`, level: 1 }).waitFor();
  await field(person, /有不同意见/).fill(words);
  await person.press('提交申辩');
  await person.sees('本单位对这一条的申辩正在等待答复');
}

/** From the notice of an objection to its answer. */
async function answers(finding: number, words: string, button: string, yes: string) {
  await supervisor.visit('/inbox');
  const notice = new RegExp(`^岳阳市对问题 ${finding} 提出申辩，等待答复$`);
  await supervisor.page.getByRole('link', { name: notice }).click();
  await supervisor.page.getByRole('heading', { name: `问题 ${finding}`, level: 1 }).waitFor();
  await field(supervisor, /^答复（/).fill(words);
  await supervisor.pressAndConfirm(button, yes);
  await supervisor.sees(words);
}

it('the supervisor gives every unit a letter of what two confirmed; the unit reads its own, with the evidence', async () => {
  await ownFindings();
  await confirmEverything(office.deps.store, PERIOD);
  await supervisor.visit('/contests');
  await supervisor.pressAndConfirm('发出告知书', '发出告知书');
  await supervisor.page.getByRole('row', { name: /岳阳市.*申辩期内/ }).waitFor();

  await sponsor.visit('/inbox');
  await sponsor.page.getByRole('link', { name: /请在公布以前核对 3 件问题/ }).click();
  await sponsor.page.getByRole('heading', { name: /检查发现问题征求意见的函$/ }).waitFor();
  await sponsor.sees('文中引用了已经停用的名称');
  expect(await sponsor.text()).not.toContain('长沙');
  const { bytes } = await sponsor.download('下载公文（.docx）');
  const { value } = await mammoth.extractRawText({ buffer: bytes });
  expect(value).toContain('岳阳发布');
  expect(value).not.toContain('长沙市门户');
});

it('it objects to one finding with a file, its manager to another; the supervisor hears of both at once, and agrees with one', async () => {
  await objects(sponsor, stale, '首页九月十日已经更新，请复核存档页面。');
  await field(sponsor, /^附佐证材料/).setInputFiles({
    ...{ name: '首页截图.pdf', mimeType: 'application/pdf' },
    buffer: Buffer.from('%PDF-1.4 %%EOF'),
  });
  await sponsor.page.getByRole('link', { name: '首页截图.pdf' }).waitFor();
  await objects(manager, quoted, '这是引用的历史文件原文，不是本网站的表述。');

  await answers(stale, '存档页面上最新一条是八月一日。', '不采纳', '不采纳');
  const file = await supervisor.download('首页截图.pdf');
  expect(file.bytes.toString()).toBe('%PDF-1.4 %%EOF');
  await answers(quoted, '已核实，是引文。', '采纳，驳回问题', '采纳');
  await sponsor.visit('/inbox');
  await sponsor.sees(`对问题 ${stale} 的申辩不成立`);
  await sponsor.sees(`对问题 ${quoted} 的申辩成立，这一条不再计入`);
});

it('the round waits until the days to object are over; then it is frozen, and the bulletin is out', async () => {
  await supervisor.visit(`/rounds/${PERIOD}`, /^冻结/);
  const dialog = supervisor.page.getByRole('dialog');
  await dialog.getByText(/^2 份申辩告知书没有到期/).waitFor();
  const freeze = dialog.getByRole('button', { name: '冻结，不再变化' });
  await dialog
    .getByLabel(/仍要冻结的理由/)
    .last()
    .fill('留待下期核实');
  expect(await freeze.getAttribute('aria-disabled')).toBe('true');

  const { items } = (await supervisor.ask('contest-letters')).body as {
    items: { deadlineOn: string }[];
  };
  const after = addDays(items[0]!.deadlineOn, 1);
  await command(office.deps, office.folder, `contest clock --at ${after}`);
  await supervisor.visit('/contests');
  await supervisor.page.getByRole('row', { name: /岳阳市.*期满，有申辩/ }).waitFor();
  await supervisor.page.getByRole('row', { name: /长沙市.*期满，无异议/ }).waitFor();
  await supervisor.visit(`/rounds/${PERIOD}`, /^冻结/);
  await dialog.getByLabel(/仍要冻结的理由/).fill('留待下期核实');
  await freeze.click();
  await supervisor.page.getByRole('link', { name: '打开这一期的通报' }).waitFor();
  // How a bulletin is signed is told by its own tests.
  await sql`update round set state = 'issued'`.execute(office.deps.store.db);
  expect([...sponsor.problems, ...manager.problems, ...supervisor.problems]).toEqual([]);
});

it('the supervisor sees what would go to whom, sends the notices out, and reads one', async () => {
  await supervisor.visit('/rectification/notices');
  await supervisor.sees(/将下发 2 份、3 件/);
  await supervisor.page.getByRole('row', { name: '岳阳市 2 —' }).waitFor();
  await supervisor.pressAndConfirm('下发整改通知', '下发');
  await supervisor.sees('这一批次没有要下发的');
  const rows = supervisor.page.getByRole('region', { name: '整改通知列表' });
  await rows
    .getByRole('row', { name: /岳阳市/ })
    .getByRole('link', { name: /^整改通知〔/ })
    .click();
  await supervisor.sees(/关于.*检查发现问题的整改通知/);
  const { bytes } = await supervisor.download('下载公文（.docx）');
  const { value } = await mammoth.extractRawText({ buffer: bytes });
  expect(value).toContain('4306000001');
  expect(value).not.toContain('4301000001');
});

it('the supervisor rewrites the words of the notice, is told what is wrong, and a second person puts them in force', async () => {
  const parts = supervisor.page.getByRole('group', { name: '正文' });
  const trial = supervisor.page.getByRole('region', { name: '试用' });
  await supervisor.visit('/notice-templates');
  await supervisor.page.getByRole('link', { name: '整改通知书（公文）' }).click();
  await trial.getByText('一、签收。').waitFor();
  await parts.getByRole('button', { name: '正文加一段' }).click();
  await parts.getByLabel('正文第 7 段：文字').fill('共{cases}件，请{unit}按期办理。');
  await parts.getByLabel('正文第 7 段：条件').fill('cases >');
  await trial.getByText(/^正文第7段的条件：/).waitFor();
  await supervisor.page.getByLabel('改了什么、为什么').fill('点明件数');
  await supervisor.press('保存为新版本');
  await supervisor.sees(/模板写得不对，没有保存/);
  // The browser tells of a refusal as an error of its own.
  expect(supervisor.problems.splice(0)).toEqual([expect.stringContaining('400')]);
  await parts.getByLabel('正文第 7 段：条件').fill('cases > 0');
  await parts.getByRole('button', { name: '删去这一段：正文第 5 段' }).click();
  await trial.getByText(/共\d件，请.+按期办理。/).waitFor();
  await supervisor.press('保存为新版本');
  await supervisor.page.getByRole('button', { name: '启用…：第 1 版' }).waitFor();
  expect(await parts.getByLabel('正文第 6 段：文字').inputValue()).toBe(
    '共{cases}件，请{unit}按期办理。',
  );

  const second = await office.enter({ role: 'supervisor', unit: '湖南省', name: '周敏' });
  await second.visit('/notice-templates/rectify.letter');
  await second.press('启用…：第 1 版');
  await second.page.getByLabel('启用第 1 版：核对意见或理由').fill('核对无误');
  await second.press('确认启用');
  await second.sees(/^已启用第 1 版/);
  // What was sent keeps its words.
  await supervisor.visit('/rectification/notices');
  expect(await supervisor.text()).not.toContain('按期办理');
  expect(second.problems).toEqual([]);
  await second.leave();
});

it('the unit acknowledges, asks the machine to look, and asks for more time, which it gets', async () => {
  await openFromHome(sponsor);
  await sponsor.page.getByRole('link', { name: '查看问题和证据' }).waitFor();
  await sponsor.press('签收');
  await sponsor.sees(/^等单位整改。/);
  await sponsor.press('马上再查一次');
  await command(office.deps, office.folder, 'rectify recheck');
  await panel(sponsor, '复核与自测').getByText('未改正').waitFor();
  const first = await deadline(sponsor);
  await field(sponsor, '希望延到：').fill(extendedTo(first));
  await field(sponsor, '延期的理由：').fill('栏目负责人出差，需要三天');
  await sponsor.press('申请延期');
  await sponsor.sees('延期申请已提交，等待主管单位决定');

  await openFromHome(supervisor);
  await supervisor.sees('栏目负责人出差，需要三天');
  await supervisor.pressAndConfirm('同意延期', '同意');
  await expect.poll(() => deadline(supervisor)).toBe(extendedTo(first));
  await sponsor.visit('/inbox');
  await sponsor.sees(/^同意延期：岳阳市门户/);
});

it('an answer with a file goes to the leader; what is not mended is returned with words', async () => {
  await openFromHome(sponsor);
  await field(sponsor, /^附佐证材料/).setInputFiles({
    ...{ name: '更新截图.pdf', mimeType: 'application/pdf' },
    buffer: Buffer.from('%PDF-1.4 %%EOF'),
  });
  await sponsor.page.getByRole('link', { name: '更新截图.pdf' }).waitFor();
  await answered('已安排专人更新首页。');
  // Who wrote the answer sees nothing to approve; whoever approves sees the file.
  await manager.page.getByRole('link', { name: '更新截图.pdf' }).first().waitFor();

  await openFromHome(supervisor);
  await panel(supervisor, '确认整改结果').getByText('未改正').waitFor();
  const close = supervisor.page.getByRole('button', { name: '办结', exact: true });
  expect(await close.getAttribute('aria-disabled')).toBe('true');
  await field(supervisor, /^理由或意见/).fill('首页最新一条仍是八月一日。');
  await supervisor.pressAndConfirm('退回重改', '退回');
  await supervisor.sees(/^主管单位退回重改/);
});

it('the unit mends the page, and sees by its own look that it did', async () => {
  newestOn = today;
  await openFromHome(sponsor);
  await sponsor.sees('首页最新一条仍是八月一日。');
  await sponsor.press('马上再查一次');
  await command(office.deps, office.folder, 'rectify recheck');
  await panel(sponsor, '复核与自测').getByText('已改正').waitFor();
});

it('it answers again; the look after it says the same, and the case is closed', async () => {
  await answered('首页已经更新。');
  await openFromHome(supervisor);
  await panel(supervisor, '确认整改结果').getByText('已改正').waitFor();
  await supervisor.pressAndConfirm('办结', '办结');
  await supervisor.sees('已经办结，不再接收反馈。如有新情况，请联系主管单位。');
  await sponsor.page.reload();
  await sponsor.sees('已经办结，不再接收反馈。如有新情况，请联系主管单位。');
  expect(await field(sponsor, /^问题的原因/).count()).toBe(0);
  const { body } = await supervisor.ask('rectification/issued-rounds/2020Q3');
  expect(body).toMatchObject({ all: { closed: 1, mended: 1, returns: 1, extensions: 1 } });
});

it('the board, the calendar and the list show the same, each side only its own', async () => {
  await sponsor.visit('/rectification?view=board');
  await sponsor.page.getByRole('listitem', { name: '已办结，1 件' }).waitFor();
  expect(await sponsor.text()).not.toContain('长沙');
  const { items } = (await supervisor.ask('rectification/cases?q=%E9%95%BF%E6%B2%99')).body as {
    items: readonly { id: number; deadlineOn: string }[];
  };
  const [changsha] = items;
  await supervisor.visit(`/rectification?view=calendar&month=${changsha!.deadlineOn.slice(0, 7)}`);
  await supervisor.page
    .getByRole('link', { name: new RegExp(`^${changsha!.deadlineOn}，2 件`) })
    .click();
  const list = supervisor.page.getByRole('region', { name: '整改事项列表' });
  await list.getByRole('row', { name: /长沙市门户/ }).waitFor();
  await supervisor.settled();
  const file = await supervisor.download('导出（.xlsx）');
  const rows = JSON.stringify(await readWorkbook(file.bytes, file.name));
  expect(rows).toContain('长沙市门户');
  // It is closed: nothing is owed on that day.
  expect(rows).not.toContain('岳阳市门户');
  expect([...sponsor.problems, ...manager.problems, ...supervisor.problems]).toEqual([]);
  await sponsor.visit(`/rectification/${changsha!.id}`);
  await sponsor.page.getByRole('heading', { name: '没有找到' }).waitFor();
  // The browser tells of the answer 404, which is what was wanted.
  sponsor.problems.length = 0;
});

it('somebody on the street finds an error; the unit answers, the supervisor publishes it without telling who wrote', async () => {
  const somebody = await office.window();
  await somebody.visit('/find-error');
  await somebody.sees(/答复满 180 天后自动清除/);
  await field(somebody, '问题的类型：').selectOption('内容无法访问');
  await field(somebody, /^有问题的网页的网址/).fill('http://yy1.gov.cn/bsdt/');
  await field(somebody, '哪里不对：').fill('办事大厅打不开，我的电话13970001234');
  await field(somebody, /^怎样称呼您/).fill('王小明');
  await somebody.press('提交');
  await somebody.sees(/^已收到，编号 \d+。谢谢您！/);

  await sponsor.visit('/find-errors');
  await sponsor.page.getByRole('link', { name: '岳阳市门户：内容无法访问' }).click();
  await sponsor.sees('王小明');
  await sponsor.press('受理');
  await sponsor.sees('办理中');
  await sponsor.page.getByRole('radio', { name: '属实', exact: true }).check();
  await field(sponsor, /^答复/).fill('已恢复，感谢您的反馈。');
  await sponsor.pressAndConfirm('答复', '答复');
  await sponsor.sees('已答复');

  await supervisor.visit('/find-errors?stands=answered');
  await supervisor.page.getByRole('link', { name: '岳阳市门户：内容无法访问' }).click();
  const text = field(supervisor, '公布的留言：');
  await expect.poll(() => text.inputValue()).toBe('办事大厅打不开，我的电话1****');
  await text.fill('办事大厅打不开，我的电话13970001234');
  await supervisor.pressAndConfirm('公布', '公布');
  await supervisor.sees(/文字里还有个人信息，不能公布.*13970001234/);
  // What the browser says of the refusal is not a fault of the page.
  supervisor.problems.length = 0;
  await text.fill('办事大厅打不开');
  await supervisor.pressAndConfirm('公布', '公布');
  await supervisor.sees('已公布');

  await somebody.visit('/find-error');
  await somebody.page.getByRole('region', { name: '已公布的答复' }).waitFor();
  expect(await somebody.text()).toContain('已恢复，感谢您的反馈。');
  expect(await somebody.text()).not.toMatch(/13970001234|王小明/);
  expect([...sponsor.problems, ...supervisor.problems, ...somebody.problems]).toEqual([]);
});

it('the city checks itself: asked, imported with a faulty file first, a subject chosen, submitted', async () => {
  await supervisor.visit('/self-checks');
  await supervisor.page.getByText('布置自查…').click();
  await supervisor.pressAndConfirm('布置自查', '布置');
  await supervisor.sees('0 / 2');

  await manager.visit('/self-checks');
  await manager.page.getByRole('link', { name: /第三季度|2020Q3/ }).click();
  expect(await manager.text()).not.toContain('长沙');
  await manager.page.getByRole('link', { name: '岳阳市', exact: true }).click();
  const template = await manager.download('下载模板（带示例）');
  const [table] = await readWorkbook(template.bytes, template.name);
  const [head = []] = table!.rows;
  const rows = (date: string) => [
    head,
    ...[
      ['网站', '岳阳市门户', '4306000001', '', '', '', date, '有问题', '', '栏目半年没有新内容'],
      ['新媒体', '岳阳发布', 'gh_yy', '微信公众号', '', '', date, '正常', '', ''],
      ['网站', '岳阳市门户', '4306000009', '', '', '', date, '有问题', '', '有错别字'],
    ],
  ];
  const bring = async (date: string): Promise<void> => {
    const buffer = Buffer.from(writeCsv(rows(date)));
    await manager.page
      .getByLabel(/选择填好的自查结果/)
      .setInputFiles({ name: '自查结果.csv', mimeType: 'text/csv', buffer });
    await manager.press(/^导入/);
  };
  await bring('昨天');
  await manager.sees('第 2 行：“检查日期”“昨天”请写成 2026-11-16');
  // What the browser says of the refusal is not a fault of the page.
  manager.problems.length = 0;
  await bring('2020-09-16');
  await manager.sees('名录里没有找到');
  await manager.press('选定：第 4 行是 岳阳市门户 4306000001');
  await manager.sees('人选定');
  await manager.pressAndConfirm('报送', '报送');
  await manager.page.getByText(/彭建军.*报送/).waitFor();
  expect([...manager.problems, ...supervisor.problems]).toEqual([]);
});

it('both see the self-check beside the province’s results; what one side found only is a question', async () => {
  await manager.page.getByRole('link', { name: '与省级结果比对' }).click();
  await manager.page.getByRole('row', { name: /岳阳发布.*只有省里发现/ }).waitFor();
  expect(await manager.text()).toContain('请市里说明');

  await supervisor.visit('/self-checks');
  await supervisor.page.getByRole('link', { name: /第三季度|2020Q3/ }).click();
  const bar = supervisor.page.getByRole('img', {
    name: '岳阳市：写法不同，待核对 1，只有省里发现 1',
  });
  await bar.waitFor();
  await supervisor.page.getByRole('link', { name: '岳阳市', exact: true }).click();
  await supervisor.page.getByRole('link', { name: '与省级结果比对' }).click();
  await supervisor.choose('比对', '写法不同，待核对');
  await supervisor.page
    .getByRole('row', { name: /岳阳市门户.*栏目半年没有新内容；有错别字/ })
    .waitFor();
  const file = await supervisor.download('导出 Excel');
  const sheets = await readWorkbook(file.bytes, file.name);
  expect(sheets[1]!.rows).toHaveLength(2);
  expect([...manager.problems, ...supervisor.problems]).toEqual([]);
});

it('the city answers what the comparison asks, the province asks back, and accepts the second answer', async () => {
  await manager.page.getByRole('link', { name: /答复和追问.*岳阳发布/ }).click();
  await manager.page.getByRole('radio', { name: '检查时还没有出现' }).check();
  const buffer = Buffer.from('ffd8ffe0ffd9', 'hex');
  await manager.page
    .getByLabel(/^附材料/)
    .setInputFiles({ name: '检查当天.jpg', mimeType: 'image/jpeg', buffer });
  await manager.sees('检查当天.jpg');
  await manager.press('提交答复');
  await manager.sees('已答复，待省里认可');

  await supervisor.choose('比对', '只有省里发现');
  await supervisor.page.getByRole('link', { name: /答复和追问.*岳阳发布/ }).click();
  await supervisor.sees('检查时还没有出现');
  await field(supervisor, /^意见/).fill('请写明检查的时间。');
  await supervisor.press('追问');
  await supervisor.sees('省里追问，待答复');

  await manager.page.reload();
  await manager.sees('请写明检查的时间。');
  await manager.page.getByRole('radio', { name: '其他' }).check();
  await field(manager, /^说明/).fill('9 月 16 日上午检查，当时正常。');
  await manager.press('提交答复');
  await manager.sees('已答复，待省里认可');
  await supervisor.page.reload();
  await supervisor.press('认可');
  await supervisor.sees('已认可');
  await supervisor.page.getByRole('link', { name: '回到比对' }).click();
  await supervisor.page.getByRole('row', { name: /岳阳发布.*已认可.*查看/ }).waitFor();
  expect([...manager.problems, ...supervisor.problems]).toEqual([]);
});
