import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NARROW, Office, PERIOD, type Person, WIDE } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
}, 180_000);
afterAll(() => office?.close());

const PAGES = [
  '/',
  '/me',
  '/units',
  '/sites',
  '/sites/1',
  `/sites/1?period=${PERIOD}`,
  '/accounts',
  '/accounts/1',
  '/import',
  '/rounds',
  '/rounds/new',
  `/rounds/${PERIOD}`,
  '/findings',
  '/findings/1',
  '/bulletins',
  `/bulletins/${PERIOD}`,
  '/rulesets',
  '/rulesets/hunan-2020',
];

describe.each([
  ['wide', WIDE],
  ['narrow', NARROW],
] as const)('the supervisor’s pages, %s', (_name, size) => {
  let person: Person;
  beforeAll(async () => {
    person = await office.enter('supervisor');
    await person.page.setViewportSize(size);
  });
  afterAll(() => person?.leave());

  it.each(PAGES)('%s stands, is accessible and fits', async (path) => {
    person.problems.length = 0;
    await person.visit(path);
    expect(await person.text()).not.toMatch(/请求编号|没有这个页面/);
    expect(await person.axe()).toEqual([]);
    const overflow = await person.page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBeLessThanOrEqual(0);
    expect(person.problems).toEqual([]);
  });
});

describe('a manager of 岳阳市', () => {
  it('sees no word of 长沙市 on any page', async () => {
    const person = await office.enter('manager', '岳阳市');
    for (const path of PAGES.filter((each) => !/import|new|bulletins\/|\/1/.test(each))) {
      await person.visit(path);
      expect([path, /长沙/.test(await person.text())]).toEqual([path, false]);
    }
    await person.visit('/sites');
    expect(await person.text()).toContain('岳阳市门户');
    await person.leave();
  });
});
