import type {
  CertificateView,
  DomainView,
  GuidelineFactMap,
  LoadTimes,
  MarkedPage,
  MarkName,
  MarkReading,
  MarksView,
  TransportView,
} from '../../domain/facts/guideline-facts.ts';
import { MARK_NAMES } from '../../domain/facts/guideline-facts.ts';

/** Values of guideline facts for tests: a site that keeps everything, changed where a case needs it. */

const HOME = 'http://www.a.gov.cn/';

export function domain(more: Partial<DomainView> = {}): DomainView {
  return {
    host: 'www.a.gov.cn',
    suffix: 'gov.cn',
    form: 'portal',
    portalDomain: null,
    underPortal: null,
    hosts: [{ host: 'www.a.gov.cn', official: true }],
    leftOfficial: false,
    ...more,
  };
}

export function markedPage(
  marks: Partial<Record<MarkName, MarkReading>> = {},
  more: Partial<MarkedPage> = {},
): MarkedPage {
  const shown = MARK_NAMES.map((name) => [name, { state: 'shown', value: name }] as const);
  return {
    url: HOME,
    role: 'home',
    snapshot: null,
    marks: { ...(Object.fromEntries(shown) as Record<MarkName, MarkReading>), ...marks },
    ...more,
  };
}

export function marks(
  pages: readonly MarkedPage[] = [markedPage()],
  more: Partial<MarksView> = {},
): MarksView {
  const code = '4300000001';
  return {
    pages,
    codes: { register: code, footer: code, tag: code, findErrorLink: code },
    codesAgree: true,
    ...more,
  };
}

export function certificateView(more: Partial<CertificateView> = {}): CertificateView {
  return {
    subject: 'CN=www.a.gov.cn',
    issuer: 'CN=CA',
    validFrom: '2020-01-01T00:00:00.000Z',
    validTo: '2021-01-01T00:00:00.000Z',
    names: ['www.a.gov.cn'],
    hostMatches: true,
    selfSigned: false,
    chainError: null,
    ...more,
  };
}

export function transport(
  more: Partial<TransportView> = {},
  load: Partial<LoadTimes> = {},
): TransportView {
  return {
    host: 'www.a.gov.cn',
    https: { state: 'ok', status: 200 },
    http: { state: 'ok', status: 301 },
    httpGoesToHttps: true,
    tlsVersion: 'TLSv1.3',
    certificate: certificateView(),
    load: { documentMs: 400, documentBytes: 20_000, ...load },
    ...more,
  };
}

/** Everything that a guideline check looks for, wrong; `long` = words too long for an excerpt. */
export function allWrong(long: string): GuidelineFactMap {
  const missing = MARK_NAMES.map((name) => [name, { state: 'missing', value: null, reason: long }]);
  const nothing = Object.fromEntries(missing) as Record<MarkName, MarkReading>;
  return {
    'site.domain': domain({
      host: 'a.gov.cn',
      form: 'portal-bare',
      hosts: [{ host: long, official: false }],
      leftOfficial: true,
    }),
    'site.marks': marks(
      [
        markedPage({ ...nothing, 主办单位: { state: 'shown', value: long } }),
        markedPage(nothing, { role: 'section', url: `${HOME}xw/` }),
      ],
      { codesAgree: false, codes: { register: '1', footer: long, tag: '3', findErrorLink: null } },
    ),
    'site.pageTags': {
      pages: [
        {
          url: HOME,
          role: 'home',
          snapshot: null,
          cells: [
            { name: 'SiteName', state: 'missing', value: null },
            { name: 'PubDate', state: 'invalid', value: long },
          ],
        },
      ],
    },
    'site.ipv6': {
      host: 'www.a.gov.cn',
      addresses: ['2001:db8::1'],
      reach: 'failed',
      reason: long,
      status: null,
      milliseconds: null,
      samePage: 'unknown',
      likenessPercent: null,
    },
    'site.transport': transport(
      {
        https: { state: 'failed', status: null, reason: long },
        httpGoesToHttps: false,
        certificate: certificateView({ hostMatches: false, names: [long], selfSigned: true }),
      },
      { documentMs: 9_000 },
    ),
    ...wrongContent(long),
  };
}

function wrongContent(
  long: string,
): Pick<GuidelineFactMap, 'site.ads' | 'site.leavingNotice' | 'site.reprint'> {
  return {
    'site.ads': {
      signs: [
        {
          kind: 'script',
          floating: true,
          host: long,
          network: '百度联盟',
          page: HOME,
          snapshot: null,
          excerpt: long,
        },
      ],
      pagesLookedAt: 1,
    },
    'site.leavingNotice': {
      links: [{ url: 'http://b.com/', text: long, page: HOME, snapshot: null, notice: 'none' }],
      found: 1,
    },
    'site.reprint': {
      items: [
        {
          item: {
            title: long,
            publishedAt: '2020-09-01T00:00:00.000Z',
            url: 'http://www.gov.cn/1',
          },
          state: 'missing',
          found: null,
        },
      ],
      complete: true,
    },
  };
}
