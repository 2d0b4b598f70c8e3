import { afterAll, beforeAll, expect, it } from 'vitest';
import { listAccounts } from '../../src/registry/index.ts';
import { registerTwoCities } from '../../src/testing/rounds/reviewing-round.ts';
import { command, type Fill, PERIOD } from './fill.ts';
import { NARROW, Office } from './office.ts';
import type { Person } from './person.ts';

// An inspector opens an account in its app, says in the console what he saw, with a picture; the round judges by that.

const registered: Fill = async ({ store }) => registerTwoCities(store);
/** Nobody answers there: the round sees nothing but what the inspector saw. */
const NOBODY = '*=127.0.0.1:9';

let office: Office;
let inspector: Person;
let account: string;

beforeAll(async () => {
  office = await Office.open(registered);
  inspector = await office.enter({ role: 'inspector', unit: '湖南省', name: '王建国' });
  const accounts = await listAccounts(office.deps.store.db);
  account = `/accounts/${accounts.find(({ name }) => name === '岳阳发布')!.id}`;
});
afterAll(() => office?.close());

/** Answers one of the questions that are answered by yes, no, or not looked. */
const answer = (question: string, words: string): Promise<void> =>
  inspector.page
    .getByRole('dialog')
    .getByRole('radiogroup', { name: question })
    .getByText(words, { exact: true })
    .click();

it('an inspector enters what he saw, with a picture; what is no picture is refused', async () => {
  const { page } = inspector;
  await inspector.visit(account);
  await inspector.sees('还没有人工观察');
  await inspector.press('登记观察…');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('观察时间').fill('2020-09-17T10:30');
  const button = dialog.getByRole('button', { name: /^登\s*记$/ });
  await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true');

  await answer('有没有发布的内容', '有');
  await dialog.getByLabel('最新一条的日期', { exact: true }).fill('2020-08-20');
  await answer('有没有互动方式', '有');
  await dialog.getByLabel('私信').check();
  await dialog.getByLabel('测试留言时刻').fill('2020-09-07T10:00');
  await answer('有没有商业广告', '有');
  await dialog.getByLabel('什么广告').fill('某白酒的宣传页');
  await dialog.getByLabel('平台上的名称').fill('岳阳微生活');
  await answer('是否通过平台认证', '否');

  const file = dialog.locator('input[type=file]');
  const png = await page.screenshot();
  await file.setInputFiles({
    ...{ name: '截图.png', mimeType: 'image/png', buffer: Buffer.from('<script>1</script>') },
  });
  await dialog
    .getByRole('alert')
    .getByText(/不是 PNG、JPEG 或 WebP 图片/)
    .waitFor();
  // The browser tells of the refusal as well.
  expect(inspector.problems.splice(0)).toEqual([expect.stringContaining('400')]);
  await file.setInputFiles({ name: '截图.png', mimeType: 'image/png', buffer: png });
  await dialog.getByRole('img', { name: '已上传的图片' }).waitFor();
  expect(await inspector.axe()).toEqual([]);
  await button.click();
  await dialog.waitFor({ state: 'hidden' });

  const row = page.getByRole('row').filter({ hasText: '岳阳微生活' });
  await row.getByRole('img', { name: '观察的图片' }).waitFor();
  const words = await row.innerText();
  for (const said of ['2020-08-20', '私信', '某白酒的宣传页', '没有认证', '王建国', '控制台登记'])
    expect(words).toContain(said);
  // Sent on a Monday: five working days.
  expect(words).toMatch(/2020-09-07 10:00 发出，应在 2020-09-14 前回复，已超期/);
  expect(inspector.problems).toEqual([]);
});

it('the next form knows the question that waits for its answer', async () => {
  await inspector.visit(account);
  await inspector.press('登记观察…');
  const tested = inspector.page.getByRole('dialog').getByLabel('测试留言时刻');
  expect(await tested.inputValue()).toBe('2020-09-07T10:00');
});

it('the round judges by it, and the problem shows the picture', async () => {
  await command(
    office.deps,
    office.folder,
    `round run --period ${PERIOD} --window 2020-07-07..2020-09-17 --at 2020-09-17 --ruleset hunan-2020 --clock replay --resolve ${NOBODY}`,
  );
  const { page } = inspector;
  await inspector.visit(`${account}?period=${PERIOD}`);
  await inspector.sees('监测时间点前2周内无更新');
  await inspector.sees('互动回应差');
  await page
    .getByRole('region', { name: '规范提示' })
    .getByText('平台上的名称与登记不一致')
    .waitFor();
  await page
    .getByRole('region', { name: '规范提示' })
    .getByText('没有通过平台认证')
    .first()
    .waitFor();
  const used = page.getByRole('region', { name: '本批次依据的人工观察' });
  const picture = used.getByRole('img', { name: '观察的图片' });
  await picture.scrollIntoViewIfNeeded();
  await expect
    .poll(() =>
      picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
    )
    .toBeGreaterThan(100);
  expect(inspector.problems).toEqual([]);
});

it('a mistaken one is taken back with a reason, and the round does not rest on it any more', async () => {
  const { page } = inspector;
  await inspector.visit(`${account}?period=${PERIOD}`);
  await inspector.press('撤回…');
  const dialog = page.getByRole('dialog');
  const button = dialog.getByRole('button', { name: /^撤\s*回$/ });
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await dialog.getByLabel('哪里有误').fill('看的是同名的另一个账号');
  expect(await inspector.axe()).toEqual([]);
  await button.click();
  await dialog.waitFor({ state: 'hidden' });
  await inspector.sees('本批次没有人工观察');
  const row = page.getByRole('row').filter({ hasText: '岳阳微生活' });
  const words = await row.innerText();
  for (const said of ['已撤回', '撤回：看的是同名的另一个账号', '2020-08-20'])
    expect(words).toContain(said);
  expect(inspector.problems).toEqual([]);
});

it('on a telephone as well', async () => {
  const other = await office.enter({ role: 'inspector', unit: '湖南省', name: '何平' }, NARROW);
  await other.visit(account, /^登记观察/);
  expect(await other.overflow()).toBeLessThanOrEqual(0);
  expect(await other.axe()).toEqual([]);
  expect(other.problems).toEqual([]);
});
