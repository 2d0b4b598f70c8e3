import { afterAll, beforeAll, expect, it } from 'vitest';
import { PERIOD } from './fill.ts';
import { Office } from './office.ts';
import type { Person } from './person.ts';

let office: Office;
let first: Person;
let second: Person;
beforeAll(async () => {
  office = await Office.open();
  first = await office.enter({ role: 'supervisor' });
  second = await office.enter({ role: 'inspector' });
});
afterAll(() => office?.close());

interface Finding {
  readonly id: number;
  readonly review: string;
  readonly mayConfirm: string | null;
}

const findingOf = async (person: Person, id: number): Promise<Finding> =>
  (await person.ask(`findings/${id}`)).body;

const queue = `/findings?period=${PERIOD}&status=breached`;

/** Opens the queue at a finding, and waits until it can be decided on. */
async function openAt(person: Person, id: number): Promise<void> {
  await person.visit(`${queue}&id=${id}`);
  await opened(person);
}

async function opened(person: Person): Promise<void> {
  await person.page.locator('[aria-label="问题详情"][aria-busy="false"]').waitFor();
}

it('two persons confirm every breach by keyboard alone; one cannot do it twice', async () => {
  const list = await first.ask(`findings?period=${PERIOD}&status=breached`);
  const ids = (list.body as { items: Finding[] }).items.map(({ id }) => id);
  expect(ids).toHaveLength(3);
  for (const [person, then] of [
    [first, 'once'],
    [second, 'confirmed'],
  ] as const) {
    await openAt(person, ids[0]!);
    for (const id of ids) {
      await opened(person);
      // The queue goes on to the next one by itself.
      await person.page.keyboard.press('c');
      await expect.poll(async () => (await findingOf(person, id)).review).toBe(then);
    }
    if (person === second) break;
    await openAt(first, ids[0]!);
    await first.sees('一人已确认');
    await first.page.keyboard.press('c');
    expect((await findingOf(first, ids[0]!)).mayConfirm).toContain('另一个人');
    expect((await findingOf(first, ids[0]!)).review).toBe('once');
  }
});

it('keys walk the list, ask for reasons, and take back; letters in a field stay letters', async () => {
  const third = await office.enter({ role: 'inspector' });
  const { page } = third;
  await third.visit(`/findings?period=${PERIOD}&view=all`);
  await opened(third);
  const open = () => new URL(page.url()).searchParams.get('id');
  const { items } = (await third.ask(`findings?period=${PERIOD}`)).body as { items: Finding[] };
  await page.keyboard.press('j');
  await expect.poll(open).toBe(String(items[1]!.id));
  await page.keyboard.press('k');
  await expect.poll(open).toBe(String(items[0]!.id));
  await opened(third);
  const before = (await findingOf(third, items[0]!.id)).review;
  await page.keyboard.press('r');
  await page.getByRole('dialog').getByRole('textbox').waitFor();
  await expect.poll(() => page.evaluate('document.activeElement?.id')).toBe('review-note');
  await page.keyboard.type('jkcruz 九月十日有更新');
  await page.keyboard.press('Control+Enter');
  await expect.poll(async () => (await findingOf(third, items[0]!.id)).review).toBe('rejected');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  // The closing dialog gives the keyboard back a moment after it is gone from sight; until then letters are text.
  const inDialog = 'document.activeElement?.closest("[role=dialog]") != null';
  await expect.poll(() => page.evaluate(inDialog)).toBe(false);
  await page.keyboard.press('z');
  await expect.poll(async () => (await findingOf(third, items[0]!.id)).review).toBe(before);
});
