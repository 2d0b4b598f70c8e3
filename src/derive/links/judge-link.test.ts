import { describe, expect, it } from 'vitest';
import type { LinkObservation, LinkSight } from '../../domain/link-check.ts';
import type { VisitErrorClass } from '../../domain/site-facts.ts';
import { judgeLink } from './judge-link.ts';

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
      'blocked',
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
