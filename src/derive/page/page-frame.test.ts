import { describe, expect, test } from 'vitest';
import { read } from './test-pages.ts';

const MENU = '<div class="nav"><a href="/a/"><img src="/a.png"></a></div>';
const FOOTER = `<div class="footer"><p><a href="/map.html">网站地图</a> | <a href="/us.html">联系我们</a></p>
  <p>主办单位：某市某局　地址：某市人民路325号</p><p>版权所有 &copy; 2007-2011 某市某局</p>
  <p><a href="https://beian.miit.gov.cn/">湘ICP备08864363号-1</a>　网站标识码 4300000041</p>
  <p><a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=43000002218280">湘公网安备 43000002218280号</a></p></div>`;

describe('the frame of a page', () => {
  test('a footer longer than the page is no list, and no text of the page', () => {
    const page = read(
      `${MENU}<div class="main"><h2>应急管理</h2><div class="list">栏目正在建设中……</div></div>${FOOTER}`,
    );
    expect(page.items).toEqual([]);
    expect(page.lists.filter((list) => list.role === 'content')).toEqual([]);
    expect(page.mainText).not.toContain('ICP备');
    expect(page.emptyNotice).toBe('栏目正在建设中');
  });

  test('a wrapper called bottom around the whole page is not its footer', () => {
    const rows = ['关于召开重点工作座谈会的通知', '某市上半年财政预算执行情况公告']
      .map(
        (title, day) => `<li><a href="/${day}.html">${title}</a><span>2020-09-1${day}</span></li>`,
      )
      .join('');
    expect(read(`<div class="bottom-box"><ul>${rows}</ul>${FOOTER}</div>`).items).toHaveLength(2);
  });

  test('a breadcrumb does not take the date of the article below it', () => {
    const page = read(
      `<div class="w"><div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/tzgg.htm">通知公告</a></div>
       <h1>某局公开招聘工作人员公告</h1><div class="info"><span>日期：2020年8月20日 09:40</span> <span>来源：某局</span></div>
       <div id="vsb_content"><p>${'经研究，现将有关事项公告如下。'.repeat(12)}</p></div></div>${FOOTER}`,
      { url: 'http://www.example.gov.cn/info/1010/10000.htm' },
    );
    expect(page.kind).toBe('article');
    expect(page.publishedOn).toEqual({ value: '2020-08-20', source: 'article' });
    expect(page.items).toEqual([]);
  });

  test('short titles whose addresses tell several days are information, a menu with one day is not', () => {
    const rows = (days: readonly string[]): string =>
      `<ul>${days.map((day, at) => `<li><a href="/art/${day}/art_1_${at}.html">养老服务监督检查结果${at}</a></li>`).join('')}</ul>`;
    expect(read(rows(['2020/9/15', '2020/8/16', '2020/8/8'])).items).toHaveLength(3);
    expect(read(rows(['2018/1/1', '2018/1/1', '2018/1/1'])).items).toHaveLength(0);
  });

  test('every list takes the year of the heading before it', () => {
    const list = (year: string, days: readonly string[]): string =>
      `<h3>${year}</h3><ul>${days.map((day) => `<li><a href="${day}.html">关于召开第${day}次座谈会的通知</a><span>${day}</span></li>`).join('')}</ul>`;
    const page = read(list('2020年', ['09-18', '08-18']) + list('2019年', ['12-18', '11-18']));
    expect(page.items.map(({ date }) => date?.value)).toEqual([
      ...['2020-09-18', '2020-08-18', '2019-12-18', '2019-11-18'],
    ]);
  });

  test('short titles, days cut into pieces, the whole date in the address', () => {
    const rows = ['召开座谈会的通知', '财政预算执行公告'].map(
      (title, at) =>
        `<div><div class="d">0${at + 1}<span>9月</span></div><a href="/202009/t2020090${at + 1}_${at}.html">${title}</a></div>`,
    );
    expect(read(`<div>${rows.join('')}</div>`).items.map(({ date }) => date?.value)).toEqual([
      '2020-09-01',
      '2020-09-02',
    ]);
  });
});
