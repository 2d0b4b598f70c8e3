import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWorkbook } from '../../src/documents/workbook.ts';
import { reviewingRound } from '../../src/testing/rounds/reviewing-round.ts';
import { FORMER, nothing, PERIOD, SmallWeb } from './fill.ts';
import { Office } from './office.ts';
import type { Person } from './person.ts';

// Two people of the supervising office, from an empty register to a signed bulletin; each test goes on where the last ended.
let office: Office;
let web: SmallWeb;
let first: Person;
let second: Person;
beforeAll(async () => {
  office = await Office.open(nothing);
  web = await SmallWeb.serve(join(office.folder, 'files'));
  first = await office.enter({ role: 'supervisor', name: '李明华' });
  second = await office.enter({ role: 'supervisor', name: '王建国' });
});
afterAll(async () => {
  web?.close();
  await office?.close();
});

const GATHERED_AGAIN = '岳阳市公共资源交易网';

interface Finding {
  readonly id: number;
  readonly review: string;
  readonly status: string;
}
interface Round {
  readonly state: string;
  readonly paused: boolean;
  readonly running: boolean;
}

const roundOf = async (period = PERIOD): Promise<Round> =>
  (await first.ask(`rounds/${period}`)).body;
const findingsOf = async (query: string): Promise<readonly Finding[]> =>
  ((await first.ask(`findings?limit=200&${query}`)).body as { items: Finding[] }).items;
const idOf = ({ page }: Person): number => Number(new URL(page.url()).searchParams.get('id'));

/** The queue's finding is read, so that keys decide on it. */
async function opened({ page }: Person): Promise<void> {
  await page.locator('[aria-label="问题详情"][aria-busy="false"]').waitFor();
}

/** Presses C on everything of the view that waits; returns what was decided. */
async function confirmAll(person: Person, period: string): Promise<number[]> {
  const done: number[] = [];
  await person.visit(`/findings?period=${period}&view=waiting`);
  const count = await person.page
    .getByRole('list', { name: '问题列表' })
    .getByRole('button')
    .count();
  for (let at = 0; at < count; at += 1) {
    await opened(person);
    const id = await openId(person);
    const before = (await findingsOf(`period=${period}`)).find((each) => each.id === id)?.review;
    await person.page.keyboard.press('c');
    await expect
      .poll(
        async () => (await findingsOf(`period=${period}`)).find((each) => each.id === id)?.review,
      )
      .toBe(before === 'once' ? 'confirmed' : 'once');
    done.push(id);
  }
  return done;
}

/** The open finding: the first of the list is open without standing in the address. */
async function openId(person: Person): Promise<number> {
  const link = person.page.getByRole('link', { name: '单独打开这一条' });
  return Number((await link.getAttribute('href'))?.split('/').at(-1)) || idOf(person);
}

it('imports the register: faulty files are refused row by row, the right ones are confirmed', async () => {
  const { page } = first;
  await first.visit('/');
  await page.getByRole('link', { name: '导入名录' }).click();
  const file = async (name: string) => ({
    ...{ name, mimeType: 'text/csv', buffer: await readFile(join(web.folder, name)) },
  });
  const sites = await file('网站.csv');
  const wrong = sites.buffer.toString('utf8').replace(/4301000025/, '43010000');
  const choose = page.getByLabel(/选择名录文件/);
  await choose.setInputFiles([
    ...[await file('单位.csv'), { ...sites, buffer: Buffer.from(wrong) }],
  ]);
  await first.press('上传并核对');
  await first.sees(/有 1 处错误，不能导入/);
  await page.getByRole('row', { name: /网站\.csv.*第 \d+ 行.*应是 10 位数字/ }).waitFor();
  expect(await page.getByRole('button', { name: '确认导入' }).getAttribute('aria-disabled')).toBe(
    'true',
  );
  await first.pressAndConfirm('放弃，重新上传', '放弃');
  await choose.setInputFiles({
    name: '名录.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: await readFile(join(web.folder, 'registry.xlsx')),
  });
  await first.press('上传并核对');
  await first.sees('文件没有错误，请核对下面的变化');
  await page.getByRole('row', { name: /政府网站 10 0 0/ }).waitFor();
  expect(((await first.ask('sites')).body as { total: number }).total).toBe(0);
  await first.press('确认导入');
  await first.sees('名录已导入');
  await page.getByRole('link', { name: '查看政府网站' }).click();
  await page.getByRole('link', { name: '长沙市清河区人民政府' }).waitFor();
  expect(((await first.ask('sites')).body as { total: number }).total).toBe(10);
});

it('creates a round, which is read before it is sent', async () => {
  const { page } = first;
  await page.getByRole('link', { name: '批次', exact: true }).click();
  await page.getByRole('button', { name: '新建批次' }).first().click();
  await first.press('创建批次');
  await first.sees('请写期次');
  await page.getByLabel('期次').fill(PERIOD);
  await page.getByLabel('采样时间').fill('2020-07-07');
  await page.keyboard.press('Enter');
  await page.getByPlaceholder('结束日期').fill('2020-09-17');
  await page.keyboard.press('Enter');
  await page.getByLabel('监测时间点').fill('2020-09-17');
  await page.keyboard.press('Enter');
  await first.choose('规则集', /^湖南省2020年检查/);
  await page.getByRole('radio', { name: /^补采/ }).check();
  await first.press('创建批次');
  await first.sees(/请写明域名指到本机哪里/);
  await page.getByLabel('域名指向').fill(web.resolve);
  await first.press('创建批次');
  await page.getByRole('heading', { name: '2020年第三季度' }).waitFor();
  expect((await roundOf()).state).toBe('planned');
});

it('runs it with live progress, pauses and goes on', async () => {
  await first.pressAndConfirm('开始采集', '开始采集');
  await first.sees('实时更新');
  await first.sees(/[1-9][\d,]* \/ [\d,]+/);
  await first.press(/^暂停$/);
  await first.sees('已暂停');
  await expect.poll(async () => (await roundOf()).running, { timeout: 30_000 }).toBe(false);
  expect(await roundOf()).toMatchObject({ state: 'gathering', paused: true });
  await first.page.getByRole('button', { name: /^继续$/ }).waitFor();
  await first.pressAndConfirm(/^继续$/, '继续');
  await expect.poll(async () => (await roundOf()).state, { timeout: 60_000 }).toBe('reviewing');
  await first.page.getByText('待审核').first().waitFor();
  expect(first.problems).toEqual([]);
});

interface Section {
  readonly name: string;
  readonly kind: string;
  readonly sources: readonly string[];
  readonly decision: { readonly decidedBy: string } | null;
}
let decided = { id: 0, section: '' };
const sectionsOf = async (): Promise<readonly Section[]> =>
  (
    (await first.ask(`sites/${decided.id}/rounds/${PERIOD}/sections`)).body as {
      items: readonly Section[];
    }
  ).items;

it('says what a section is for, with a reason', async () => {
  const { page } = first;
  const found = await first.ask(`sites?q=${encodeURIComponent(GATHERED_AGAIN)}`);
  decided = { ...decided, id: (found.body as { items: { id: number }[] }).items[0]!.id };
  const section = (await sectionsOf()).find(({ kind }) => kind === 'notice')!;
  decided = { ...decided, section: section.name };
  await first.visit(`/sites/${decided.id}`);
  await first.press(`认定“${section.name}”的类别`);
  const dialog = page.getByRole('dialog');
  const button = dialog.getByRole('button', { name: '认定', exact: true });
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await first.choose('类别', '政策文件');
  await dialog.getByLabel(/^理由/).fill('里面是规范性文件');
  await button.click();
  await first.sees(/李明华.*认定为“政策文件”/);
  await first.sees('，下一批次起照此判断');
});

it('has one subject gathered and judged again', async () => {
  const { page } = first;
  const name = GATHERED_AGAIN;
  await first.visit(`/rounds/${PERIOD}`);
  const before = (await first.ask(`rounds/${PERIOD}/subjects?q=${encodeURIComponent(name)}`)).body;
  expect(before).toMatchObject({ total: 1, items: [{ stage: 'judged' }] });
  await page.getByLabel('按名称、标识码、单位查找').fill(name);
  await page.getByRole('row', { name: /清河发布/ }).waitFor({ state: 'detached' });
  await first.pressAndConfirm(/^重查$/, '重查');
  await first.sees('已安排重新采集和判定');
  await expect.poll(async () => (await roundOf()).running, { timeout: 30_000 }).toBe(false);
  await expect
    .poll(
      async () => (await first.ask(`rounds/${PERIOD}/subjects?q=${encodeURIComponent(name)}`)).body,
    )
    .toMatchObject({ items: [{ stage: 'judged', verdict: { kind: 'vetoed' } }] });
  const trail = (await office.deps.store.db
    .selectFrom('audit' as never)
    .select(['action' as never, 'actor' as never])
    .execute()) as { action: string; actor: string }[];
  for (const action of ['registry.import', 'round.plan', 'round.pause', 'round.retry'])
    expect(trail.find((row) => row.action === action)?.actor).toContain('李明华');
});

it('what was said of the section held when it was gathered again; another person sees whose word it is, and takes it back', async () => {
  const ofSection = async () => (await sectionsOf()).find(({ name }) => name === decided.section);
  expect(await ofSection()).toMatchObject({ kind: 'policy', sources: ['person'] });
  await second.visit(`/sites/${decided.id}`);
  await second.press(`认定“${decided.section}”的类别`);
  const dialog = second.page.getByRole('dialog');
  await dialog.getByText(/李明华.*里面是规范性文件/).waitFor();
  await dialog.getByLabel(/^理由/).fill('栏目已经改版');
  await dialog.getByRole('button', { name: '撤销认定' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect((await ofSection())?.decision).toBeNull();
  expect([...first.problems, ...second.problems]).toEqual([]);
});

it('two people review by keyboard: confirm, reject, cannot judge', async () => {
  const { page } = first;
  await first.visit('/');
  await page.getByRole('link', { name: /条问题待审核/ }).click();
  await opened(first);
  const rejected = await openId(first);
  await page.keyboard.press('r');
  await page.getByRole('dialog').getByRole('textbox').fill('首页九月十日有更新，抓取时没有显示。');
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(
      async () => (await findingsOf(`period=${PERIOD}`)).find(({ id }) => id === rejected)?.review,
    )
    .toBe('rejected');
  const confirmed = await confirmAll(first, PERIOD);
  expect(confirmed.length).toBeGreaterThan(0);
  // The same person cannot be the second.
  expect(await findingsOf(`period=${PERIOD}&review=confirmed`)).toEqual([]);
  expect(await confirmAll(second, PERIOD)).toEqual(confirmed);
  expect(await findingsOf(`period=${PERIOD}&review=confirmed`)).toHaveLength(confirmed.length);

  const [unsettled] = await findingsOf(`period=${PERIOD}&status=undetermined&review=open`);
  expect(unsettled).toBeDefined();
  await first.visit(`/findings?period=${PERIOD}&view=undetermined&id=${unsettled!.id}`);
  await opened(first);
  await page.keyboard.press('u');
  await page
    .getByRole('dialog')
    .getByRole('textbox')
    .fill('没有人工观察记录，要请单位提供后台截图。');
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(async () => (await findingsOf(`period=${PERIOD}&review=cannotJudge`)).map(({ id }) => id))
    .toEqual([unsettled!.id]);
  expect([...first.problems, ...second.problems]).toEqual([]);
});

/** Freezes from the round's page: what is left undetermined is waived with a reason. */
async function freeze(person: Person, period: string): Promise<void> {
  const { page } = person;
  await person.visit(`/rounds/${period}`);
  await person.press(/^冻结/);
  const dialog = page.getByRole('dialog');
  await dialog.getByText('也不能撤销').waitFor();
  const button = dialog.getByRole('button', { name: '冻结，不再变化' });
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await dialog.getByLabel(/仍要冻结的理由/).fill('留待下期核实');
  await button.click();
  await page.getByRole('link', { name: '打开这一期的通报' }).waitFor();
  expect((await roundOf(period)).state).toBe('frozen');
}

async function build(person: Person, button: RegExp): Promise<void> {
  const { page } = person;
  await person.press(button);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('发文字号').fill('湘政务函〔2020〕25号');
  await dialog.getByLabel('发文机关').fill('湖南省政务管理服务局');
  await dialog.getByRole('button', { name: /生成/ }).click();
  await dialog.waitFor({ state: 'hidden', timeout: 60_000 });
  await person.settled();
}

/** Below the first computed part; what it says itself is not to be written over. */
async function writeWords(person: Person, words: string): Promise<void> {
  const { page } = person;
  const paper = page.getByRole('article', { name: '通报预览' });
  expect(await paper.getByRole('textbox').count()).toBe(0);
  await paper
    .getByRole('button', { name: /在此后写一段/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('文字').fill(words);
  await dialog.getByRole('button', { name: '写入草稿' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await paper.getByText(words).waitFor();
  await page.getByRole('list', { name: '插入段和批注' }).getByText(words).waitFor();
}

it('freezes, builds the bulletin, opens a number down to its finding, and downloads the files', async () => {
  await freeze(first, PERIOD);
  const { page } = first;
  await page.getByRole('link', { name: '打开这一期的通报' }).click();
  await page.getByRole('heading', { name: '2020年第三季度通报' }).waitFor();
  await build(first, /^生成通报/);
  const paper = page.getByRole('article', { name: '通报预览' });
  expect(await paper.innerText()).toContain('湘政务函〔2020〕25号');
  await first.sees('正文与附件的数字一致');
  // Gathered afterwards, it stays a draft; the reason stands there.
  expect(await page.getByRole('button', { name: /^签名$/ }).getAttribute('aria-disabled')).toBe(
    'true',
  );
  await first.sees(/补采批次.*只能作草案/);

  await paper.getByRole('button', { name: '1', exact: true }).first().click();
  await page
    .getByRole('dialog')
    .getByRole('link', { name: /^问题 \d+$/ })
    .first()
    .click();
  await page.getByRole('heading', { name: /^问题 \d+$/ }).waitFor();
  await first.sees('审核经过');
  await page.goBack();
  await first.settled();

  const title = '关于2020年第三季度';
  const docx = await first.download(/\.docx/);
  expect(strFromU8(unzipSync(docx.bytes)['word/document.xml']!)).toContain(title);
  const pdf = await first.download(/\.pdf/);
  expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.bytes.length).toBeGreaterThan(10_000);
  const xlsx = await first.download(/\.xlsx/);
  expect(JSON.stringify(await readWorkbook(xlsx.bytes, xlsx.name))).toMatch(
    /长沙市清河区|岳阳市公共资源/,
  );
  const json = await first.download(/\.json/);
  expect(JSON.parse(json.bytes.toString('utf8'))).toMatchObject({ period: PERIOD, isDraft: true });

  await build(first, /^重新生成/);
  await page.getByRole('heading', { name: '历次生成' }).waitFor();
  const archive = (await first.ask(`bulletins/${PERIOD}/archive`)).body as { items: unknown[] };
  expect(archive.items).toHaveLength(2);
  expect(first.problems).toEqual([]);
});

it('a round done on time is reviewed by two, frozen, and its bulletin signed by two', async () => {
  await reviewingRound(office.deps.store, FORMER, {
    window: ['2020-01-06', '2020-03-16'],
    monitoredAt: '2020-03-16T15:59:59.999Z',
  });
  await confirmAll(first, FORMER);
  await confirmAll(second, FORMER);
  await freeze(first, FORMER);
  await first.visit(`/bulletins/${FORMER}`);
  await writeWords(first, '长沙市的做法值得各地借鉴。');
  await build(first, /^生成通报/);
  await first.pressAndConfirm(/^签名$/, '签名');
  await first.sees(/您已签过|已签过这一稿/);
  expect((await roundOf(FORMER)).state).toBe('frozen');

  await second.visit('/bulletins');
  await second.page.getByRole('link', { name: '2020年第一季度' }).click();
  await second.settled();
  await second.pressAndConfirm(/^签发$/, '签名');
  await expect.poll(async () => (await roundOf(FORMER)).state).toBe('issued');
  await second.sees('已签发');
  const again = second.page.getByRole('button', { name: /^重新生成/ });
  expect(await again.getAttribute('aria-disabled')).toBe('true');
  await second.visit('/bulletins');
  await second.page.getByRole('row', { name: /2020年第一季度.*李明华.*王建国/ }).waitFor();

  await first.visit(`/bulletins/${FORMER}`, /^起草更正通知/);
  expect(await first.page.getByRole('button', { name: /在此后写一段/ }).count()).toBe(0);
  const dialog = first.page.getByRole('dialog');
  await dialog.getByLabel('发文字号').fill('湘政务函〔2020〕27号');
  await dialog.getByLabel('成文日期').fill('2030-10-12');
  await dialog.getByLabel('成文日期').press('Enter');
  await dialog.getByLabel('有误的文字').fill('长沙市的做法值得各地借鉴。');
  await dialog.getByLabel('应为').fill('长沙市的做法很好。');
  await dialog.getByLabel('更正原因').fill('文字有误');
  await dialog.getByRole('button', { name: /起 ?草/ }).click();
  await dialog.waitFor({ state: 'hidden' });
  await first.settled();
  await first.pressAndConfirm(/^签更正$/, '签名');
  await first.sees('您已签过；第二个签名要由另一人签。');
  await second.visit(`/bulletins/${FORMER}`);
  await second.pressAndConfirm(/^签发更正$/, '签名');
  await second.page.getByRole('list', { name: '更正通知' }).getByText('已签发').waitFor();
  const notice = await second.download(/^网页/);
  expect(notice.bytes.toString('utf8')).toContain('更正为：“长沙市的做法很好。”');
  await second.visit('/bulletins');
  await second.page.getByRole('row', { name: /2020年第一季度.*有更正/ }).waitFor();
  expect([...first.problems, ...second.problems]).toEqual([]);
});
