import { describe, expect, test } from 'vitest';
import { type Answer, crawl, factValue, html, list } from './test-sites.ts';

const MENU = `<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xwdt/">新闻动态</a></li>
<li><a href="/zwgk/">政务公开</a><ul><li><a href="/zwgk/tzgg/">通知公告</a></li><li><a href="/zwgk/zcwj/">政策文件</a></li><li><a href="/zwgk/zcjd/">政策解读</a></li><li><a href="/zwgk/ldzc/">领导之窗</a></li><li><a href="/zwgk/zdly/">重点领域</a></li></ul></li>
<li><a href="/bsfw/">办事服务</a><ul><li><a href="/bsfw/bjtj/">办件统计</a></li></ul></li><li><a href="/hdjl/">互动交流</a><ul><li><a href="/hdjl/zjdc/">征集调查</a></li><li><a href="/hdjl/zxft/">在线访谈</a></li></ul></li></ul></div>`;
const SEARCH = '<form action="/search"><input name="q" placeholder="搜索"></form>';
const labels = [
  '事项名称',
  '设定依据',
  '申请条件',
  '申报材料',
  '受理地点',
  '办公时间',
  '咨询电话',
  '办理流程',
];
const GUIDE = `<table>${labels.map((label) => `<tr><td>${label}</td><td>答案</td></tr>`).join('')}</table>`;
const rows = (items: readonly (readonly [url: string, title: string, date: string])[]): string =>
  `<ul class="list">${items.map(([url, title, date]) => `<li><a href="${url}">${title}</a><span>${date}</span></li>`).join('')}</ul>`;
const page = (title: string, body: string): string => html(title, MENU + body);
const POLICY = '甲市人民政府办公室关于印发《甲市养老服务管理办法》的通知';
const PDF = Uint8Array.from('%PDF-1.4', (char) => char.charCodeAt(0));
const INTERPRETATIONS = [
  '养老服务管理办法',
  '城市绿化条例',
  '公共停车场建设规划',
  '优待证申领办法',
  '供水价格方案',
];

const SITE: Record<string, Answer> = {
  '/': page('甲市人民政府', `${SEARCH}${list('/xwdt/', ['2020-09-16', '2020-09-02'])}`),
  '/xwdt/': page('新闻动态', list('/xwdt/', ['2020-09-16', '2020-09-02', '2020-08-20'])),
  '/zwgk/': page('政务公开', `<h3>通知公告</h3>${list('/zwgk/tzgg/', ['2020-08-16'])}`),
  '/zwgk/tzgg/': page('通知公告', list('/zwgk/tzgg/', ['2020-08-16', '2020-08-01'])),
  '/zwgk/zcwj/': page('政策文件', rows([['/zwgk/zcwj/p1.html', POLICY, '2020-07-16']])),
  '/zwgk/zcwj/p1.html': page(
    POLICY,
    `<div class="content"><p>甲政办发〔2020〕12号</p><p>${'各乡镇人民政府要认真贯彻执行本办法。'.repeat(12)}</p><p>相关解读：<a href="/zwgk/zcjd/j1.html">《甲市养老服务管理办法》政策解读</a></p></div>`,
  ),
  '/zwgk/zcjd/': page(
    '政策解读',
    rows(
      INTERPRETATIONS.map(
        (name, at) =>
          [`/zwgk/zcjd/j${at + 1}.html`, `《甲市${name}》政策解读`, '2020-07-17'] as const,
      ),
    ),
  ),
  '/zwgk/zcjd/j1.html': page(
    '解读',
    `<div class="content"><p>${'《甲市养老服务管理办法》共五章三十条，主要内容如下。'.repeat(10)}</p></div>`,
  ),
  '/zwgk/ldzc/': page(
    '领导之窗',
    '<div><p>市长</p><a href="/zwgk/ldzc/1.html">张三</a></div><div><p>副市长</p><a href="/zwgk/ldzc/2.html">李四</a></div>',
  ),
  '/zwgk/ldzc/1.html': page(
    '张三',
    '<p>张三，男，1970年出生，大学学历。</p><p>工作分工：主持市政府全面工作。</p>',
  ),
  '/zwgk/ldzc/2.html': page('李四', '<p>工作分工：负责教育、卫生方面工作。</p>'),
  '/zwgk/zdly/': page('重点领域', '<div class="list"></div><p>栏目建设中</p>'),
  '/bsfw/': page(
    '办事服务',
    '<ul class="list"><li><a href="/bsfw/1.html">食品经营许可办理指南</a></li></ul>',
  ),
  '/bsfw/1.html': page(
    '食品经营许可办理指南',
    `${GUIDE}<p><a href="/f/a.pdf">食品经营许可申请书</a> <a href="/f/b.doc">承诺书样表</a> <a href="#">委托书</a></p>`,
  ),
  '/f/a.pdf': { body: PDF, type: 'application/pdf' },
  '/bsfw/bjtj/': page(
    '办件统计',
    '<h3>2020年8月办件统计</h3><p>受理总数：12件</p><p>办结总数：11件</p>',
  ),
  '/hdjl/': page('互动交流', '<p><a href="/hdjl/write.html">我要写信</a></p>'),
  '/hdjl/write.html': page(
    '我要写信',
    '<form><input name="name"><textarea name="content"></textarea></form>',
  ),
  '/hdjl/zjdc/': page(
    '征集调查',
    rows([
      ['/hdjl/zjdc/1.html', '关于征求甲市停车管理办法意见的公告', '2020-06-01'],
      ['/hdjl/zjdc/2.html', '公共交通满意度问卷调查', '2019-03-01'],
    ]),
  ),
  '/hdjl/zjdc/1.html': page(
    '征求意见',
    '<p>征求意见</p><form><input type="radio" name="a">同意<textarea name="b"></textarea></form>',
  ),
  '/hdjl/zxft/': page(
    '在线访谈',
    rows([['/hdjl/zxft/1.html', '市民政局局长做客在线访谈谈养老', '2020-05-01']]),
  ),
};
const SEARCH_URL = `/search?q=${encodeURIComponent('关于某项重要工作情况的报道之1')}`;

describe('the structure of a site that was looked at in full', () => {
  const crawled = crawl(
    {
      ...SITE,
      [SEARCH_URL]: page(
        '搜索',
        '<a href="/xwdt/20200902_1.html">关于某项重要工作情况的报道之1</a>',
      ),
    },
    160,
    { structure: 'full' },
  );

  test.each([
    ['新闻动态', 'news', 'listed', 90],
    ['政务公开', 'disclosure', 'listed', 80],
    ['通知公告', 'notice', 'listed', 85],
    ['政策文件', 'policy', 'listed', 85],
    ['政策解读', 'interpretation', 'listed', 90],
    ['领导之窗', 'leaders', 'single', 90],
    ['重点领域', 'disclosure', 'blank', 75],
    ['办事服务', 'service', 'single', 85],
    ['互动交流', 'interaction', 'single', 70],
    ['征集调查', 'survey', 'listed', 85],
    ['在线访谈', 'interview', 'listed', 90],
  ] as const)('%s', (name, kind, content, least) => {
    const found = factValue(crawled.tree).sections.find((section) => section.name === name);
    expect(found).toMatchObject({ kind, content });
    expect(found?.confidence).toBeGreaterThanOrEqual(least);
  });

  test('search: one request, and the article is found', () => {
    expect(crawled.asked.filter(({ role }) => role === 'search')).toHaveLength(1);
    expect(factValue(crawled.search)).toMatchObject({ outcome: 'hit', external: false });
  });
  test('a policy file and its interpretation, linked one way', () => {
    expect(factValue(crawled.policyLinks).pairs).toMatchObject([
      {
        policy: { title: POLICY, documentNumber: '甲政办发〔2020〕12号', date: '2020-07-16' },
        interpretation: { title: '《甲市养老服务管理办法》政策解读' },
        policyLinks: true,
        interpretationLinks: false,
      },
    ]);
  });
  test('leaders with what is published of each', () => {
    expect(factValue(crawled.leaders)).toMatchObject({
      complete: true,
      people: [
        { name: '张三', post: '市长', hasResume: true, hasDuties: true },
        { name: '李四', post: '副市长', hasResume: false, hasDuties: true },
      ],
    });
  });
  test('forms of a guide: one opens, one is gone, one leads nowhere', () => {
    const [guide] = factValue(crawled.guideForms).guides;
    expect(guide?.missing).toEqual([]);
    expect(guide?.forms.map(({ name, state }) => [name, state])).toEqual([
      ['食品经营许可申请书', 'opens'],
      ['承诺书样表', 'broken'],
      ['委托书', 'missing'],
    ]);
  });
  test('forms of a guide that is met as a sub-section are forms, no guides', () => {
    const below = crawl(
      {
        ...SITE,
        '/bsfw/': page(
          '办事服务',
          '<div class="side"><ul><li><a href="/bsfw/spjy/">食品经营许可</a></li><li><a href="/bsfw/qskx/">取水许可审批</a></li></ul></div>',
        ),
        '/bsfw/spjy/': page(
          '食品经营许可',
          `${GUIDE}<p><a href="/f/a.pdf">食品经营许可申请书</a></p>`,
        ),
        '/bsfw/qskx/': page('取水许可审批', `${GUIDE}<p><a href="/f/b.doc">申请表</a></p>`),
      },
      160,
      { structure: 'full' },
    );
    const forms = factValue(below.guideForms).guides.flatMap((guide) => guide.forms);
    expect(forms.map(({ name, state }) => [name, state])).toEqual([
      ['食品经营许可申请书', 'opens'],
      ['申请表', 'broken'],
    ]);
    expect(factValue(below.guideForms).guides).toHaveLength(2);
  });
  test('figures', () => {
    expect(factValue(crawled.statistics).blocks).toMatchObject([
      { about: 'service', name: '办件统计', period: '2020-08', latestOn: '2020-08-31' },
    ]);
  });
  test('surveys and interviews of the last year', () => {
    expect(factValue(crawled.surveys)).toMatchObject({
      surveysLastYear: 1,
      interviewsLastYear: 1,
      undated: 0,
      way: 'online',
      complete: true,
    });
  });
  test('oddities: a blank section and one with a single item, nothing else', () => {
    expect(factValue(crawled.sectionOddities).map(({ oddity, name }) => [oddity, name])).toEqual([
      ['oneItem', '政策文件'],
      ['blank', '重点领域'],
    ]);
  });
  test('within the budget of a round', () => {
    expect(crawled.asked.length).toBeLessThanOrEqual(60);
  });
});

describe('what was not asked is unobserved, never absent', () => {
  test('a plain look asks for nothing of its own', () => {
    const crawled = crawl(SITE, 160);
    expect(crawled.asked.some(({ role }) => role === 'search' || role === 'attachment')).toBe(
      false,
    );
    expect(crawled.policyLinks.state).toBe('unobserved');
    expect(crawled.guideForms.state).toBe('unobserved');
    expect(factValue(crawled.search).outcome).toBe('untested');
  });
  test('a home page that did not come', () => {
    const crawled = crawl({ '/': { status: null as never, outcome: 'failed' } }, 10, {
      structure: 'full',
    });
    for (const key of [
      'tree',
      'sectionOddities',
      'leaders',
      'search',
      'statistics',
      'surveys',
      'boards',
    ] as const)
      expect([key, crawled[key].state]).toEqual([key, 'unobserved']);
  });
  test('a search that gives nothing back', () => {
    const crawled = crawl(
      { ...SITE, [SEARCH_URL]: { status: 502, outcome: 'http-error', body: '' } },
      160,
      {
        structure: 'full',
      },
    );
    expect(factValue(crawled.search).outcome).toBe('failed');
    const blocked = crawl(
      { ...SITE, [SEARCH_URL]: { status: 403, outcome: 'blocked', body: '' } },
      160,
      {
        structure: 'full',
      },
    );
    expect(factValue(blocked.search).outcome).toBe('untested');
  });
});

describe('odd sections', () => {
  const NOTICES = ['一', '二', '三', '四', '五', '六'].map(
    (at) => [`/n/${at}.html`, `甲市召开第${at}次工作推进会`, '2020-09-01'] as const,
  );
  const crawled = crawl(
    {
      ...SITE,
      '/zwgk/zcjd/': page('政策解读', rows(NOTICES)),
      '/zwgk/zdly/': page('重点领域', rows(NOTICES)),
      '/zwgk/tzgg/': page(
        '通知公告',
        rows([
          ['/t/1.html', '关于某事的公告', '2019-09-01'],
          ['/t/2.html', '关于某事的通知', '2019-08-01'],
        ]),
      ),
      '/hdjl/zxft/': { status: 404, outcome: 'http-error', body: '' },
    },
    160,
    { structure: 'full' },
  );
  test.each([
    ['政策解读', 'misplaced'],
    ['政策解读', 'duplicate'],
    ['通知公告', 'stale'],
    ['在线访谈', 'gone'],
  ])('%s is %s', (name, oddity) => {
    expect(factValue(crawled.sectionOddities)).toContainEqual(
      expect.objectContaining({ name, oddity }),
    );
  });
});

test('what a person decided stands, for the tree and for the veto rules', () => {
  const overrides = new Map([['x.gov.cn/zwgk/zdly', 'leaders' as const]]);
  const crawled = crawl(SITE, 160, { structure: 'full', overrides });
  expect(factValue(crawled.tree).sections.find(({ name }) => name === '重点领域')).toMatchObject({
    kind: 'leaders',
    confidence: 100,
    sources: ['person'],
  });
  expect(factValue(crawled.sections).find(({ name }) => name === '重点领域')?.kind).toBe('page');
});
