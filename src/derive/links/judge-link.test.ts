import { describe, expect, it } from 'vitest';
import type { LinkObservation, LinkSight } from '../../domain/link-check.ts';
import type { VisitErrorClass } from '../../domain/site-facts.ts';
import { judgeLink, needsBrowser } from './judge-link.ts';

const URL_ASKED = 'http://x.gov.cn/art/1.html';
type Part = Partial<Omit<LinkSight, 'body'>> & { readonly words?: string };

function sight({ words = '', ...part }: Part): LinkSight {
  return {
    ...{ kind: 'first', asked: URL_ASKED, url: URL_ASKED, hops: [], status: 200, failure: null },
    ...{ contentType: 'text/html', cut: false, jumpPage: null, retryAfterMs: null, outside: true },
    ...{ at: '2020-09-17T04:00:00.000Z', body: new TextEncoder().encode(words) },
    ...part,
  };
}

const failed = (name: VisitErrorClass, code = '', kind: LinkSight['kind'] = 'first'): LinkSight =>
  sight({ kind, status: null, failure: { class: name, code, message: '' } });
const answered = (status: number, kind: LinkSight['kind'] = 'first'): LinkSight =>
  sight({ kind, status, words: status < 300 ? '<html><body>正文</body></html>' : '' });

const SCRIPT = '<html><head><script>document.cookie="a="+1;location.reload()</script></head>';
const MENU = '<html><body><p>首页</p><p>政务公开</p><p>办事服务</p></body></html>';
const TEXT = `<html><body>${'<p>各乡镇人民政府，县直各单位：为做好防汛准备工作，现将有关事项通知如下，请认真组织实施，发现问题及时报告。</p>'.repeat(3)}</body></html>`;
const GONE = '<html><body><p>对不起，您访问的页面不存在</p></body></html>';

function judge(sights: readonly LinkSight[], more: Partial<LinkObservation> = {}): string {
  return judgeLink({
    link: { url: URL_ASKED, from: 'http://x.gov.cn/', text: '', use: 'page' },
    ...{ sights, notLooked: null, ownNetworkDown: false },
    host: { missing: null, home: null, answered: true },
    ...more,
  }).class;
}

describe('a link of which several things were seen', () => {
  it.each([
    ['nobody looked', [], 'unobserved'],
    ['404 every time', [answered(404), answered(404, 'agent'), answered(404, 'later')], 'dead'],
    [
      '404 to our agent only',
      [answered(404), answered(200, 'agent'), answered(404, 'later')],
      'blocked',
    ],
    ['404 that passed', [answered(404), answered(404, 'agent'), answered(200, 'later')], 'ok'],
    ['404 once, then refused', [answered(404), answered(403, 'agent')], 'blocked'],
    ['500 once and no other look', [answered(500)], 'unobserved'],
    ['500 every time', [answered(500), answered(502, 'later'), answered(500, 'agent')], 'dead'],
    ['500, then a page', [answered(500), answered(200, 'later')], 'ok'],
    [
      'no such name, twice',
      [failed('dns', 'ENOTFOUND'), failed('dns', 'ENOTFOUND', 'later')],
      'dead',
    ],
    ['no such name, once', [failed('dns', 'ENOTFOUND')], 'unobserved'],
    [
      'nobody could say',
      [failed('dns', 'EAI_AGAIN'), failed('dns', 'EAI_AGAIN', 'later')],
      'unobserved',
    ],
    [
      'a name now and then',
      [failed('dns', 'ENOTFOUND'), failed('refused', '', 'later')],
      'unobserved',
    ],
    ['refused twice', [failed('refused'), failed('refused', '', 'later')], 'dead'],
    ['refused once', [failed('refused')], 'unobserved'],
    ['refused, then slow', [failed('refused'), failed('timeout', '', 'later')], 'timeout'],
    ['dropped every time', [failed('reset'), failed('reset', '', 'later')], 'dead'],
    [
      'slow, then a page for the other agent',
      [failed('timeout'), failed('timeout', '', 'later'), answered(200, 'agent')],
      'ok',
    ],
    [
      'dropped for us, open for the other agent',
      [failed('reset'), failed('reset', '', 'later'), answered(200, 'agent')],
      'blocked',
    ],
    [
      'refused to us, open in a browser',
      [answered(412), answered(412, 'agent'), answered(200, 'browser')],
      'ok',
    ],
    [
      'gone for all, and the browser’s page is one',
      [answered(404), answered(404, 'agent'), answered(404, 'later'), answered(200, 'browser')],
      'ok',
    ],
    [
      'gone, and the browser says the same',
      [answered(404), answered(404, 'agent'), sight({ status: 404, kind: 'browser', words: MENU })],
      'dead',
    ],
    [
      'gone by status, and the browser draws an article',
      [answered(404), answered(404, 'agent'), sight({ status: 404, kind: 'browser', words: TEXT })],
      'ok',
    ],
    [
      'nothing, and a browser without all its scripts',
      [sight({}), sight({ kind: 'agent' }), sight({ kind: 'browser', cut: true })],
      'unobserved',
    ],
    [
      'a gate, and an error page that did not come whole',
      [answered(412), answered(412, 'agent'), sight({ kind: 'browser', words: GONE, cut: true })],
      'blocked',
    ],
    [
      'a gate, and an error page behind it',
      [answered(412), answered(412, 'agent'), sight({ kind: 'browser', words: GONE })],
      'soft404',
    ],
    [
      'dropped once, then 500',
      [failed('reset'), answered(500, 'later'), answered(500, 'agent')],
      'dead',
    ],
    [
      'a bad certificate before a page',
      [failed('tls', 'CERT_HAS_EXPIRED'), answered(200, 'certificate')],
      'tls',
    ],
    [
      'a bad certificate before nothing',
      [failed('tls', 'CERT_HAS_EXPIRED'), answered(404, 'certificate')],
      'dead',
    ],
  ] as const)('%s: %s', (_name, sights, found) => {
    expect(judge(sights)).toBe(found);
  });
  it.each([
    ['a refusal with a script', [sight({ status: 412, words: SCRIPT })], true],
    ['a refusal without', [sight({ status: 412, words: '<html><body>403</body></html>' })], false],
    ['a missing page without', [answered(404), answered(404, 'agent')], false],
    ['a sound page with one', [sight({ words: `${SCRIPT}${TEXT}` })], false],
    [
      'a page of nothing but one',
      [sight({ words: `<title>详情</title>${SCRIPT}<p>加载中</p>` })],
      true,
    ],
    ['no answer', [failed('refused'), failed('refused', '', 'later')], false],
  ])('%s: whether a browser is asked', (_name, sights, isAsked) => {
    const host = { missing: null, home: null, answered: true };
    const link = { url: URL_ASKED, from: 'http://x.gov.cn/', text: '', use: 'page' as const };
    const seen = { link, sights, host, notLooked: null, ownNetworkDown: false };
    expect(needsBrowser(seen)).toBe(isAsked);
    expect(needsBrowser({ ...seen, link: { ...link, use: 'attachment' } })).toBe(false);
  });
  it('says that no browser looked, where that matters', () => {
    const gone = [answered(404), answered(404, 'agent')];
    const host = { missing: null, home: null, answered: true };
    const link = { url: URL_ASKED, from: 'http://x.gov.cn/', text: '', use: 'page' as const };
    const seen = {
      link,
      host,
      notLooked: null,
      ownNetworkDown: false,
      notBrowsed: '一次最多看 2 个',
    };
    expect(judgeLink({ ...seen, sights: gone }).reason).toContain('一次最多看 2 个');
    expect(judgeLink({ ...seen, sights: [answered(200)] }).reason).toBe('可以打开');
  });
  it('is not dead when our own line is down', () => {
    const sights = [failed('dns', 'ENOTFOUND'), failed('dns', 'ENOTFOUND', 'later')];
    expect(judge(sights, { ownNetworkDown: true })).toBe('unobserved');
    const refused = [failed('refused'), failed('refused', '', 'later')];
    expect(judge(refused, { ownNetworkDown: true })).toBe('unobserved');
  });
  it('is dead under a reserved name whatever our line does', () => {
    const link = { url: 'http://gone.invalid/', from: '', text: '', use: 'page' } as const;
    expect(judge([failed('dns', 'EAI_AGAIN')], { link, ownNetworkDown: true })).toBe('dead');
  });
  it('is perhaps kept from us where the whole host drops the line', () => {
    const host = { missing: null, home: null, answered: false };
    expect(judge([failed('reset'), failed('reset', '', 'later')], { host })).toBe('blocked');
  });
});

it.each([
  ['page', 'soft404'],
  ['frame', 'ok'],
] as const)('an empty %s is %s', (use, expected) => {
  const blank = { words: '<html><head><title>某县</title></head><body></body></html>' };
  const link = { url: URL_ASKED, from: 'http://x.gov.cn/', text: '', use };
  expect(judge([sight(blank), sight({ ...blank, kind: 'later' })], { link })).toBe(expected);
  expect(judge([answered(404), answered(404, 'later')], { link })).toBe('dead');
});
