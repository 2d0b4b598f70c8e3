import { afterAll, beforeAll, expect, it } from 'vitest';
import { Office, PERIOD, type Person } from './office.ts';

let office: Office;
let first: Person;
let second: Person;
beforeAll(async () => {
  office = await Office.open();
  first = await office.enter('supervisor');
  second = await office.enter('inspector');
}, 180_000);
afterAll(() => office?.close());

/** The finding's state as the interface tells it. */
async function reviewOf(person: Person, id: number): Promise<string> {
  const answer = await person.page.request.get(`${office.url}api/v1/findings/${id}`);
  return ((await answer.json()) as { review: string }).review;
}

/** Goes to a finding of the queue and confirms it without a mouse. */
async function confirmByKeyboard(
  person: Person,
  id: number,
  then: 'once' | 'confirmed',
): Promise<void> {
  await person.visit(`/findings?period=${PERIOD}&status=breached&id=${id}`);
  await person.page.keyboard.press('c');
  await expect.poll(() => reviewOf(person, id), { timeout: 15_000 }).toBe(then);
}

it('two persons confirm every breach by keyboard alone; one cannot do it twice', async () => {
  const list = await first.page.request.get(
    `${office.url}api/v1/findings?period=${PERIOD}&status=breached`,
  );
  const ids = ((await list.json()) as { items: { id: number }[] }).items.map(({ id }) => id);
  expect(ids).toHaveLength(3);
  for (const id of ids) await confirmByKeyboard(first, id, 'once');
  await first.visit(`/findings?period=${PERIOD}&status=breached&id=${ids[0]}`);
  await first.page.getByText('一人已确认').first().waitFor();
  await first.page.keyboard.press('c');
  const again = await first.page.request.get(`${office.url}api/v1/findings/${ids[0]}`);
  expect(((await again.json()) as { mayConfirm: string | null }).mayConfirm).toContain('另一个人');
  expect(await reviewOf(first, ids[0]!)).toBe('once');
  for (const id of ids) await confirmByKeyboard(second, id, 'confirmed');
}, 120_000);

it('a sponsor of 岳阳市 contests its finding before publication, and the supervisor sees it', async () => {
  const sponsor = await office.enter('sponsor', '岳阳市');
  await sponsor.visit(`/findings?period=${PERIOD}`);
  const found = (await (
    await sponsor.page.request.get(`${office.url}api/v1/findings?period=${PERIOD}`)
  ).json()) as { items: { id: number; subject: { unitName: string } }[] };
  expect(found.items.every(({ subject }) => subject.unitName === '岳阳市')).toBe(true);
  const id = found.items[0]!.id;
  await sponsor.visit(`/findings/${id}`);
  await sponsor.page.getByRole('textbox').last().fill('该网站九月十日已经更新，请复核存档页面。');
  await sponsor.page.getByRole('button', { name: /申辩/ }).last().click();
  await expect
    .poll(
      async () =>
        (
          (await (await first.page.request.get(`${office.url}api/v1/findings/${id}`)).json()) as {
            contested: string | null;
          }
        ).contested,
      { timeout: 15_000 },
    )
    .toBe('open');
  await first.visit(`/findings/${id}`);
  expect(await first.text()).toContain('请复核存档页面');
}, 120_000);
