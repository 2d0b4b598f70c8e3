import { describe, expect, it } from 'vitest';
import { writeList } from './list-forms.ts';
import { type ListItem, writeDate } from './list-items.ts';
import { DATE_FORMS, type DateForm, type ListForm } from './traits.ts';

const item = (date: string, at: number): ListItem => ({
  id: 4000 + at,
  title: `关于开展第${at}次检查的通知`,
  date,
  time: '09:15:07',
  path: `/tzgg/${date.slice(0, 4)}${date.slice(5, 7)}/t${date.replaceAll('-', '')}_${at}.html`,
  href: null,
});
const ITEMS = [item('2020-09-07', 1), item('2020-01-23', 2), item('2019-12-30', 3)];

const write = (form: ListForm): string =>
  writeList(ITEMS, {
    ...{ form, dateForm: 'iso', origin: '', base: null, org: '某局', total: 40, unit: 227_801 },
    elsewhere: '/tzgg/list.html',
  });

describe('列表写法', () => {
  const cases: [ListForm, string][] = [
    ['span', '</a><span>2020-09-07</span></li>'],
    ['before', '<li><span class="date">2020-09-07</span><a '],
    ['wrapped', '<span class="fr">2020-09-07</span></a></li>'],
    ['table', '<td>某局</td><td>2020-09-07</td></tr>'],
    ['threeDates', '<td>2019-11-07</td><td>2019-11-07</td><td>2020-09-07</td>'],
    ['block', '<div class="d">07</div><div class="ym">2020-09</div>'],
    ['heading', '<span class="date">2020-09-07</span></h4>'],
    ['definition', '<dd>2020-09-07</dd></dl>'],
    ['short', '<span>09-07</span>'],
    ['shortTitled', '<span title="2020-09-07">9月7日</span>'],
    ['tooltip', '&#10;发布时间：2020-09-07"'],
    ['island', '<totalrecord>40</totalrecord>'],
    ['island', '<span>2020-09-07</span></li>]]></record>'],
    ['array', "year[i]='2020';month[i]='09';day[i]='07';i++;"],
    ['json', '"pubtime":"2020-09-07 09:15:07"'],
    ['jsonMillis', `"publishTime":${Date.parse('2020-09-07T01:15:07Z')}`],
    ['source', 'data="datasource:'],
    ['frame', '<iframe src="/tzgg/list.html"'],
  ];
  it.each(cases)('%s 写出 %s', (form, expected) => {
    expect(write(form)).toContain(expected);
  });

  it('按年分组的列表，年份标题下只有月日', () => {
    const html = write('years');
    const [first, second] = html.split('<h3>2019年</h3>') as [string, string];
    expect(first).toContain('<h3>2020年</h3>');
    expect(first).toContain('<span>09-07</span>');
    expect(second).toContain('<span>12-30</span>');
    expect(html).not.toMatch(/<span>\d{4}/);
  });

  it.each(['urlOnly', 'articleOnly'] as const)('%s 的列表里没有可见日期', (form) => {
    expect(write(form).replace(/<[^>]+>/g, '')).not.toMatch(/\d{2}-\d{2}|月\d+日/);
  });

  it('日期的各种写法互不相同', () => {
    const written = DATE_FORMS.map((form: DateForm) => writeDate(form, ITEMS[0]!));
    expect(new Set(written).size).toBe(DATE_FORMS.length);
    expect(written).toContain('( 2020-09-07)');
    expect(written).toContain('2020年9月7日');
    expect(written).toContain('2020-09-07     09:15');
  });
});
