import { describe, expect, it } from 'vitest';
import type { DesignatedItem } from '../../domain/facts/guideline-facts.ts';
import type { FooterView } from '../../domain/site-facts.ts';
import { parseMarkup } from '../page/parse-markup.ts';
import { domainView } from './domain-view.ts';
import { isGovernmentHost, isOutsideHost, readableHost } from './government-host.ts';
import { markReadings, mergeMarks } from './mark-readings.ts';
import { readGuideline } from './read-guideline.ts';
import { reprintView } from './reprint-view.ts';
import { tagCells } from './tag-cells.ts';

describe('hosts', () => {
  it.each([
    ['http://www.a.gov.cn/', true, false],
    ['http://A.GOV.CN:8080/', true, false],
    ['http://示例.政务/', true, false],
    ['http://gov.cn.evil.com/', false, true],
    ['http://notgov.cn/', false, true],
    ['http://bszs.conac.cn/', false, false],
    ['http://59.231.9.1/', false, false],
    ['http://weibo.com/', false, true],
  ])('%s', (url, government, outside) => {
    const host = readableHost(url)!;
    expect([isGovernmentHost(host), isOutsideHost(host)]).toEqual([government, outside]);
  });
});

describe('domain', () => {
  it.each([
    ['http://www.a.gov.cn/', null, { suffix: 'gov.cn', form: 'portal', underPortal: null }],
    ['http://a.gov.cn/', null, { form: 'portal-bare' }],
    [
      'http://jyj.a.gov.cn/',
      'http://www.a.gov.cn/',
      { form: 'below', underPortal: true, portalDomain: 'a.gov.cn' },
    ],
    ['http://www.jyja.gov.cn/', 'http://www.a.gov.cn/', { form: 'portal', underPortal: false }],
    ['http://xja.gov.cn/', 'http://www.a.gov.cn/', { underPortal: false }],
    ['http://www.某市.政务/', null, { host: 'www.某市.政务', suffix: '政务', form: 'portal' }],
    ['http://www.a.com/', null, { suffix: 'other', form: 'other' }],
    ['http://59.231.9.1/', null, { suffix: 'address', form: 'other' }],
  ])('%s under %s', (url, portal, expected) => {
    expect(domainView(url, [url], portal)).toMatchObject(expected);
  });

  it('follows the way to the page shown', () => {
    const way = ['http://www.a.gov.cn/', 'http://www.a.gov.cn/', 'https://a.com/'];
    expect(domainView(way[0]!, way, null)).toMatchObject({
      leftOfficial: true,
      hosts: [{ host: 'www.a.gov.cn' }, { host: 'a.com', official: false }],
    });
    expect(domainView(way[0]!, [], null)).toMatchObject({ leftOfficial: null, hosts: [] });
    expect(domainView('没有网址', [], null)).toBeNull();
  });
});

const FOOT: FooterView = {
  siteCode: '4300000041',
  icp: '湘ICP备05000618号',
  policeRecord: '湘公网安备43010302000524号',
  partyGovMark: 'script',
  findError: 'link',
  findErrorCode: '4300000041',
  sponsor: '某省人民政府办公厅',
  contact: '0731-88888888',
  byScript: false,
};

describe('marks of a foot', () => {
  it.each<[string, Partial<FooterView>, boolean, object]>([
    ['whole', {}, false, { 主办单位: { state: 'shown', value: '某省人民政府办公厅' } }],
    [
      'a picture only',
      { partyGovMark: 'image-only' },
      false,
      { 党政机关网站标识: { state: 'defective' } },
    ],
    [
      'an entry no longer served',
      { findError: 'outdated' },
      false,
      { 我为政府网站找错: { state: 'defective' } },
    ],
    ['a placeholder', { siteCode: '1304000000' }, false, { 网站标识码: { state: 'defective' } }],
    ['a missing number', { icp: null }, false, { ICP备案号: { state: 'missing' } }],
    ['… that a script may write', { icp: null }, true, { ICP备案号: { state: 'unsure' } }],
  ])('%s', (_name, more, isUnseen, expected) => {
    expect(markReadings({ ...FOOT, ...more }, isUnseen)).toMatchObject(expected);
  });

  it('the owner of the rights may be the sponsor', () => {
    const { sponsor: _, ...foot } = FOOT;
    expect(markReadings(foot, false).主办单位.state).toBe('missing');
    expect(markReadings({ ...foot, copyright: '某局' }, false).主办单位).toMatchObject({
      state: 'unsure',
      value: '某局',
    });
  });

  it('of several parts the one that shows it counts', () => {
    const bare = markReadings({ ...FOOT, icp: null, policeRecord: null }, false);
    const other = markReadings({ ...FOOT, policeRecord: null }, true);
    const merged = mergeMarks([bare, other]);
    expect(merged.ICP备案号.state).toBe('shown');
    expect(merged.公安机关备案号.state).toBe('unsure');
  });
});

describe('page tags', () => {
  const url = 'http://www.a.gov.cn/xw/1.html';
  const cell = (name: string, content: string | undefined, role: 'home' | 'article' = 'article') =>
    tagCells(
      role,
      { url, tags: content === undefined ? {} : { [name.toLowerCase()]: content } },
      '4300000041',
    ).find((each) => each.name === name);

  it.each([
    ['SiteName', '某市人民政府', 'filled'],
    ['SiteName', undefined, 'missing'],
    ['SiteName', '', 'empty'],
    ['SiteName', 'null', 'empty'],
    ['SiteIDCode', '4300000041', 'filled'],
    ['SiteIDCode', '4300000042', 'invalid'],
    ['SiteIDCode', '430000004', 'invalid'],
    ['SiteDomain', 'www.a.gov.cn', 'filled'],
    ['SiteDomain', 'http://a.gov.cn/', 'filled'],
    ['SiteDomain', 'www.b.gov.cn', 'invalid'],
    ['PubDate', '2020-09-17 08:30', 'filled'],
    ['PubDate', '2020-09-17 08:30:59', 'filled'],
    ['PubDate', '2020-09-17', 'invalid'],
    ['PubDate', '2020-02-30 08:30', 'invalid'],
    ['PubDate', '2020-09-17 24:30', 'invalid'],
    ['PubDate', '2020年9月17日', 'invalid'],
  ])('%s = %s is %s', (name, content, state) => {
    expect(cell(name, content)?.state).toBe(state);
  });

  it('asks of each page what its level has', () => {
    const names = (role: 'home' | 'section' | 'article') =>
      tagCells(role, { url, tags: {} }, '').map(({ name }) => name);
    expect(names('home')).toEqual(['SiteName', 'SiteDomain', 'SiteIDCode']);
    expect(names('section')).toContain('ColumnName');
    expect(names('section')).not.toContain('PubDate');
    expect(names('article')).toContain('PubDate');
  });
});

const read = (html: string) => readGuideline(parseMarkup(html).document, 'http://www.a.gov.cn/');

describe('advertisements', () => {
  it.each<[string, string, object[]]>([
    [
      'a network’s script',
      '<script src="//pos.baidu.com/abc.js"></script>',
      [{ kind: 'script', network: '百度联盟', floating: false }],
    ],
    [
      'a script that loads one',
      '<script>(function(){s.src="https://pagead2.googlesyndication.com/x.js"})()</script>',
      [{ kind: 'script', network: '谷歌广告' }],
    ],
    [
      'a couplet that floats',
      '<div style="position:fixed"><a href="https://s.click.taobao.com/t?e=1"><img src="/a.jpg"></a></div>',
      [{ kind: 'link', floating: true, network: '阿里妈妈' }],
    ],
    [
      'counting visitors is no advertisement',
      '<script src="https://hm.baidu.com/hm.js"></script>',
      [],
    ],
    ['a shop in a piece of news is none', '<a href="https://item.jd.com/1.html">公告</a>', []],
    [
      'a floating banner of the site’s own is none',
      '<div class="float"><a href="/zt/"><img src="/f.gif"></a></div>',
      [],
    ],
    ['a name that only looks alike', '<script src="//nottanx.com/x.js"></script>', []],
    ['a comment', '<!-- <script src="//pos.baidu.com/abc.js"></script> -->', []],
  ])('%s', (_name, html, signs) => {
    expect(read(html).ads).toMatchObject(signs);
    expect(read(html).ads).toHaveLength(signs.length);
  });
});

describe('leaving', () => {
  const link = '<a href="https://www.b.com/x">乙公司</a>';
  it.each([
    ['at once', link, 'none'],
    [
      'with a question of its own',
      '<a href="https://www.b.com/" onclick="return confirm(\'离开？\')">乙</a>',
      'shown',
    ],
    [
      'with one for all links',
      `<script>alert('您访问的链接即将离开本网站')</script>${link}`,
      'shown',
    ],
    ['with a script that may ask', `<script src="/js/common.js"></script>${link}`, 'unsure'],
    ['a library asks nothing', `<script src="/js/jquery-3.6.0.min.js"></script>${link}`, 'none'],
  ])('%s', (_name, html, notice) => {
    expect(read(html).outside).toMatchObject([{ host: 'www.b.com', notice }]);
  });

  it('public offices are no outside, and a host counts once', () => {
    const html = `<a href="http://www.gov.cn/">中国政府网</a><a href="http://bszs.conac.cn/1">标识</a>${link}${link}`;
    expect(read(html).outside.map(({ host }) => host)).toEqual(['www.b.com']);
  });
});

describe('reprints', () => {
  const item: DesignatedItem = {
    title: '国务院办公厅关于做好某项重要工作的通知',
    publishedAt: '2020-09-10T12:00:00.000Z',
    url: 'http://www.gov.cn/1',
  };
  const row = (title: string, value: string) => ({
    title,
    url: 'http://a/1',
    date: { value, source: 'item' as const },
  });
  const list = (name: string, ...items: ReturnType<typeof row>[]) => ({ name, items });

  it.each([
    ['the same day', [list('要闻', row(item.title, '2020-09-10'))], 'in-time'],
    ['the next day', [list('要闻', row(item.title, '2020-09-11'))], 'in-time'],
    ['two days later', [list('要闻', row(item.title, '2020-09-12'))], 'late'],
    [
      'a title cut short',
      [list('要闻', row('国务院办公厅关于做好某项…', '2020-09-10'))],
      'in-time',
    ],
    [
      'marks of the list',
      [list('要闻', row('· 国务院办公厅关于做好某项重要工作的通知', '2020-09-10'))],
      'in-time',
    ],
    [
      'not in a section that was read back so far',
      [list('国务院信息', row('别的一条要闻消息', '2020-09-08'))],
      'missing',
    ],
    [
      'not in a section that begins later',
      [list('国务院信息', row('别的一条要闻消息', '2020-09-16'))],
      'unsure',
    ],
    [
      'not in a section for other things',
      [list('通知公告', row('别的一条要闻消息', '2020-09-08'))],
      'unsure',
    ],
    ['nothing read', [], 'unsure'],
  ])('%s', (_name, lists, state) => {
    const view = reprintView([item], lists);
    expect(view.items[0]?.state).toBe(state);
    expect(view.complete).toBe(state !== 'unsure');
  });
});
