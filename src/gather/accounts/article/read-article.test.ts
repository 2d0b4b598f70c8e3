import { describe, expect, it } from 'vitest';
import {
  type ArticlePlan,
  writeArticle,
} from '../../../testing/platforms/article/write-article.ts';
import { readArticle } from './read-article.ts';

const PLAN: ArticlePlan = {
  path: '/s/abc',
  biz: 'MzA5ODEyMzQ1Ng==',
  ghId: 'gh_0a1b2c3d4e5f',
  nickname: '清溪“发布” & 服务',
  title: '关于<清溪>的"公告"',
  on: '2020-09-10',
  time: '00:10',
  state: 'shown',
  form: 'text',
};
const AT = '2020-09-09T16:10:00.000Z';
const script = (code: string): string =>
  `<html><script type="text/javascript">${code}</script></html>`;
const BIZ = 'var biz = "MzA5ODEyMzQ1Ng==" || "";';

describe('an article', () => {
  it.each(['text', 'pictures'] as const)('is read from its scripts: %s', (form) => {
    expect(readArticle(writeArticle({ ...PLAN, form }))).toEqual({
      kind: 'article',
      article: {
        biz: PLAN.biz,
        ghId: PLAN.ghId,
        nickname: PLAN.nickname,
        title: PLAN.title,
        publishedAt: AT,
        showType: form === 'text' ? 0 : 8,
      },
    });
  });

  it.each<[string, string]>([
    [
      'the text of the article',
      `<p>var ct = "1893456000";</p>${script(`${BIZ} var ct = "1599667800";`)}`,
    ],
    ['a string', script(`${BIZ} var t = 'var ct = "1893456000";'; var ct = "1599667800";`)],
    ['a title', script(`${BIZ} var msg_title = 'var ct = "1893456000"'; var ct = "1599667800";`)],
    [
      'a comment',
      script(`${BIZ} // var ct = "1893456000";\n/* ct = "1893456000" */ var ct = "1599667800";`),
    ],
    [
      'an HTML comment',
      `<!-- ${script('var ct = "1893456000";')} -->${script(`${BIZ} var ct = "1599667800";`)}`,
    ],
    [
      'a text field',
      `<textarea>${script('var ct = "1893456000";')}</textarea>${script(`${BIZ} var ct = "1599667800";`)}`,
    ],
    [
      'another name',
      script(`${BIZ} var direct = "1893456000"; var ct2 = "1893456000"; var ct = "1599667800";`),
    ],
    [
      'a comparison',
      script(`${BIZ} if (ct == "1893456000" || ct === "1893456000") {} var ct = "1599667800";`),
    ],
    [
      'a script from elsewhere',
      `<script src="/x.js">var ct = "1893456000";</script>${script(`${BIZ} var ct = "1599667800";`)}`,
    ],
  ])('no date is taken from %s', (_name, html) => {
    expect(readArticle(html)).toMatchObject({ kind: 'article', article: { publishedAt: AT } });
  });

  it.each<[string, string]>([
    ['none', script(BIZ)],
    ['one before the platform was', script(`${BIZ} var ct = "1262304000";`)],
    ['one in milliseconds', script(`${BIZ} var ct = "1599667800000";`)],
    ['two that contradict', script(`${BIZ} var ct = "1599667800"; var ct = "1599667801";`)],
  ])('a page that gives no date to believe is not read: %s', (_name, html) => {
    expect(readArticle(html)).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringContaining('发布时间'),
    });
  });

  it('whose text tells of a deletion is still an article', () => {
    const html = writeArticle({ ...PLAN, title: '该内容已被发布者删除，环境异常' });
    expect(readArticle(html).kind).toBe('article');
  });

  it.each<[string, string]>([
    ['scripts without end', `<script>var ct = "`.repeat(60_000)],
    ['quotes without end', script(`${'"\\'.repeat(200_000)}`)],
    ['names without end', script('ct='.repeat(200_000))],
    ['comments without end', '<!--'.repeat(200_000)],
  ])('%s cost no more than their length', (_name, html) => {
    expect(readArticle(html).kind).toBe('unreadable');
  });
});

describe('what stands in place of an article', () => {
  it.each<[ArticlePlan['state'], string, string]>([
    ['deleted', 'gone', '删除'],
    ['violating', 'gone', '撤下'],
    ['verify', 'unreadable', '验证'],
    ['closed', 'unreadable', '注销'],
  ])('%s', (state, kind, words) => {
    const reading = readArticle(writeArticle({ ...PLAN, state }));
    expect(reading).toMatchObject({ kind, reason: expect.stringContaining(words) });
  });

  it.each<[string, string, boolean]>([
    ['a verification', writeArticle({ ...PLAN, state: 'verify' }), true],
    [
      'a script to be run',
      '<html><script>document.cookie="__jsl_clearance=1";location.reload()</script></html>',
      true,
    ],
    ['an expired link', '<body><p>链接已过期</p></body>', false],
    ['a page for the app', '<body>请在微信客户端打开链接</body>', false],
    ['an empty page', '', false],
    ['another page', '<body><h1>清溪县人民政府</h1></body>', false],
  ])('%s says nothing of the article', (_name, html, isBarred) => {
    expect(readArticle(html)).toMatchObject({ kind: 'unreadable', isBarred });
  });
});
