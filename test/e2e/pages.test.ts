import { afterAll, beforeAll, expect, it } from 'vitest';
import { consolePaths } from '../../tools/console-pages.ts';
import { inspectedProvince } from './fill.ts';
import { NARROW, Office, WIDE } from './office.ts';
import type { Person } from './person.ts';
import { missingPlaces, type Place, placesOf, REFUSALS } from './places.ts';
import { type Staffed, staff } from './staff.ts';

let office: Office;
let staffed: Staffed;
let nobody: Person;
beforeAll(async () => {
  office = await Office.open(inspectedProvince);
  staffed = await staff(office);
  nobody = await office.window();
});
afterAll(() => office?.close());

it('every page of the route tree is looked at', () => {
  expect(missingPlaces(consolePaths(), placesOf(staffed.known))).toEqual([]);
  expect(missingPlaces([...consolePaths(), '/new'], placesOf(staffed.known))).toEqual(['/new']);
});

/** What is wrong with a page, at both widths. */
async function faultsOf({ path, who, isRefusal, press }: Place): Promise<string[]> {
  const person = who === 'nobody' ? nobody : staffed.people[who];
  const faults: string[] = [];
  person.problems.length = 0;
  await person.page.setViewportSize(WIDE);
  await person.visit(path, press);
  if ((await person.refusals()) > 0 !== (isRefusal ?? false)) faults.push('不该是错误页，或该是');
  for (const size of [WIDE, NARROW]) {
    await person.page.setViewportSize(size);
    await person.settled();
    faults.push(...(await person.axe()));
    const overflow = await person.overflow();
    if (overflow > 0) faults.push(`${size.width} px 宽时超出 ${overflow} px`);
  }
  // The browser tells a 404 of what does not exist as an error of its own.
  return [...faults, ...(isRefusal ? [] : person.problems)].map(
    (fault) => `${who} ${path}: ${fault}`,
  );
}

// Up to a dozen places stand for one page, each at two widths: a minute is not enough on a busy machine.
it.each(consolePaths())(
  '%s stands, is accessible and fits',
  async (path) => {
    const faults: string[] = [];
    for (const place of placesOf(staffed.known)[path] ?? [])
      faults.push(...(await faultsOf(place)));
    expect(faults).toEqual([]);
  },
  300_000,
);

it.each(REFUSALS)('$who at $path is told so, accessibly', async (place) => {
  expect(await faultsOf(place)).toEqual([]);
});
