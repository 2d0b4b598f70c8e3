import { describe, expect, it } from 'vitest';
import { clientRedirect, isChallengePage } from './challenge.ts';

const page = (body: string, head = ''): string =>
  `<html><head><title>某某市人民政府</title>${head}</head><body>${body}</body></html>`;
const RS = '<script>$_ts=window["$_ts"];if(!$_ts)$_ts={};</script>';

describe('challenge pages', () => {
  it.each([
    ['403', 403, '禁止访问'],
    ['412 with a long text', 412, page('错'.repeat(500))],
    ['521 without a body', 521, ''],
    ['a script with the mark of a WAF', 200, page('', RS)],
    [
      'a script that sets a cookie',
      200,
      '<script>document.cookie="C3VK=1";location.href="/"</script>',
    ],
    ['a bare script without any mark', 200, '<html><script>var a=1;b(a)</script></html>'],
    ['only "loading" words', 200, page('请稍候', RS)],
  ])('is one: %s', (_name, status, text) => {
    expect(isChallengePage({ status, text })).toBe(true);
  });

  it.each([
    [
      'an ordinary page with scripts',
      200,
      page('<p>某某市召开全市经济工作会议部署下半年工作</p>', RS),
    ],
    ['a page with links', 200, page('<a href="/a">x</a>', RS)],
    ['a page of frames', 200, `<html>${RS}<frameset><frame src="/a"></frameset></html>`],
    [
      'an application that draws itself',
      200,
      page('<div id="app"></div><script src="/app.js"></script>'),
    ],
    ['a jump page', 200, '<script>location.href="/index.html"</script>'],
    ['a page that speaks in a box', 200, '<script>alert("文章不存在");history.go(-1)</script>'],
    ['an empty page', 200, ''],
    ['a page without scripts', 200, page('')],
    ['404', 404, page('')],
    ['a long page', 200, page('', RS).padEnd(40_000, ' ')],
  ])('is none: %s', (_name, status, text) => {
    expect(isChallengePage({ status, text })).toBe(false);
  });
});

describe('jump pages', () => {
  const BASE = 'http://www.a.gov.cn/';
  it.each([
    [
      'meta refresh',
      '<meta http-equiv="refresh" content="0;url=/index.html">',
      `${BASE}index.html`,
    ],
    [
      'meta refresh, quoted inside',
      `<META HTTP-EQUIV='Refresh' content="1; URL='main/'">`,
      `${BASE}main/`,
    ],
    [
      'location.href',
      '<script>window.location.href = "zwgk/index.shtml"</script>',
      `${BASE}zwgk/index.shtml`,
    ],
    [
      'location.replace',
      "<script>location.replace('http://b.gov.cn/')</script>",
      'http://b.gov.cn/',
    ],
    ['top.location', '<script>top.location="/a"</script>', `${BASE}a`],
  ])('%s', (_name, text, target) => {
    expect(clientRedirect(text, BASE)).toBe(target);
  });

  it('content may stand before http-equiv', () => {
    const text = '<meta content="0; url=/main.html" http-equiv="refresh">';
    expect(clientRedirect(text, BASE)).toBe(`${BASE}main.html`);
  });

  it.each([
    ['a refresh to itself', '<meta http-equiv="refresh" content="60;url=/">'],
    ['a refresh without a URL', '<meta http-equiv="refresh" content="60">'],
    ['a jump inside a comment', '<!-- <meta http-equiv="refresh" content="0;url=/old"> -->'],
    ['a script scheme', '<script>location.href="javascript:void(0)"</script>'],
    [
      'a page with text of its own',
      `<script>location.href="/a"</script><p>${'正文'.repeat(40)}</p>`,
    ],
    ['nothing', ''],
  ])('none: %s', (_name, text) => {
    expect(clientRedirect(text, BASE)).toBeNull();
  });
});

describe('pages made to keep us busy', () => {
  const JUMP = '<meta http-equiv="refresh" content="0;url=/a">';
  const LONG = 200_000;
  const filled = (unit: string): string => unit.repeat(Math.ceil(LONG / unit.length));
  it.each([
    ['tags never begun', '<', 'text'],
    ['comments never closed', '<!--', 'text'],
    ['comments closed at the wrong end', '<!-->', 'nothing'],
    ['scripts never closed', '<script ', 'text'],
    ['hidden elements in turn', '<script><style><noscript><title><head>', 'nothing'],
    ['closing tags never ended', '<script></script', 'text'],
    ['refreshes never ended', '<meta http-equiv=refresh content=', 'text'],
    ['blocks never ended', '<div ', 'text'],
    ['white space', ' ', 'nothing'],
  ])('%s: 200 KB are told apart in one pass', (_name, unit, seen) => {
    const text = filled(unit);
    // What is left of a page is text to a reader, and a page with text does not only send on.
    const target = seen === 'text' ? null : 'http://www.a.gov.cn/a';
    expect(clientRedirect(`${JUMP}${text}`, 'http://www.a.gov.cn/')).toBe(target);
  });

  it.each(['<div ', '<script ', '<', '{ '])('30 KB of %j are no challenge', (unit) => {
    const text = filled(unit).slice(0, 30_000);
    expect(isChallengePage({ status: 200, text })).toBe(false);
  });

  it('a refresh of nothing but white space ends as well', () => {
    const text = `<meta http-equiv=refresh content=${' '.repeat(3900)}`;
    expect(clientRedirect(`${text}x>`, 'http://www.a.gov.cn/')).toBeNull();
  });
});
