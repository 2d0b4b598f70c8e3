import { describe, expect, it } from 'vitest';
import { CrawlTraps, TRAP_LIMITS, templateOf } from './crawl-traps.ts';

const HOST = 'http://www.x.gov.cn';
const traps = (more = {}): CrawlTraps => new CrawlTraps('2020-09-17', { ...TRAP_LIMITS, ...more });

describe('crawl traps', () => {
  it.each<[string, string, string | null]>([
    ['an article', '/zwgk/202009/t20200917_12345.html', null],
    ['an article of a number', '/info/1042/3021.htm', null],
    ['a number that looks like a year', '/info/2031/02.htm', null],
    ['a pager', '/list.jsp?page=250', null],
    ['equal folders twice', '/zwgk/zwgk/index.html', null],
    ['a path that eats itself', '/a/b/a/b/a/b/a/b/', 'repeated-path'],
    ['a path of three names', `${'/x1/y2/z3'.repeat(5)}/`, 'repeated-path'],
    [
      'a deep path of different names',
      `/${Array.from({ length: 25 }, (_, at) => `n${at}`).join('/')}`,
      'deep',
    ],
    ['a long address', `/a?q=${'x'.repeat(1_100)}`, 'long'],
    ['the year after next but one', '/rl/2031/02/', 'calendar'],
    ['next year', '/rl/2021/02/', null],
    ['before there were pages', '/rl?month=1921-03', 'calendar'],
    ['a filter of everything', `/s?${'a=1&'.repeat(13)}`, 'parameters'],
  ])('%s', (_name, path, reason) => {
    expect(traps().admit(HOST + path, 3)).toBe(reason);
  });

  it('a calendar of days ends by its budget', () => {
    const guard = traps({ perCalendar: 10 });
    const seen = Array.from({ length: 12 }, (_, day) =>
      guard.admit(`${HOST}/rl?date=2020-09-${10 + day}`, 1),
    );
    expect(seen.filter((reason) => reason === null)).toHaveLength(10);
    expect(guard.hits.get('calendar')).toBe(2);
  });

  it('a department is no date', () => {
    const guard = traps({ perCalendar: 1 });
    for (let id = 1; id < 5; id += 1)
      expect(guard.admit(`${HOST}/l?department=${id}`, 1)).toBe(null);
  });

  it('filters multiply less than items', () => {
    const guard = traps({ perFilterTemplate: 2, perTemplate: 3 });
    const filters = [1, 2, 3].map((id) => guard.admit(`${HOST}/f?a=${id}&b=1&c=1`, 1));
    expect(filters).toEqual([null, null, 'template-budget']);
    const items = [1, 2, 3, 4].map((id) => guard.admit(`${HOST}/i/${id}.html`, 1));
    expect(items).toEqual([null, null, null, 'template-budget']);
  });

  it('a template that says the same again and again is closed', () => {
    const guard = traps({ sameInRow: 3 });
    for (let page = 1; page <= 3; page += 1) {
      expect(guard.admit(`${HOST}/list_${page}.html`, page)).toBe(null);
      guard.saw(`${HOST}/list_${page}.html`, 'same');
    }
    expect(guard.admit(`${HOST}/list_4.html`, 4)).toBe('same-content');
    expect(guard.admit(`${HOST}/other_4.html`, 4)).toBe(null);
  });

  it('templates are bounded', () => {
    const guard = traps({ templates: 5, perTemplate: 2 });
    const names = Array.from({ length: 20 }, (_, at) => String.fromCharCode(97 + at));
    const refused = names.map((name) => guard.admit(`${HOST}/${name}/x`, 1));
    expect(refused.filter((reason) => reason === 'template-budget').length).toBeGreaterThan(0);
  });

  it.each([
    ['/a/t20200917_1.html', '/a/t0_0.html'],
    ['/a?id=3&page=4', '/a?id&page'],
    ['/a?page=4&id=3', '/a?id&page'],
    ['/d/5f2b3c4d5e6f708192a3b4c5.html', '/d/0.html'],
  ])('template of %s', (path, template) => {
    expect(templateOf(HOST + path)).toBe(HOST + template);
  });
});
