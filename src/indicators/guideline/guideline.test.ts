import { describe, expect, it } from 'vitest';
import type { FactSet } from '../../domain/fact.ts';
import { absent, unobserved } from '../../domain/fact.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import {
  certificateView,
  domain,
  markedPage,
  marks,
  transport,
} from '../../testing/facts/guideline-views.ts';
import { INDICATORS } from '../index.generated.ts';

type Values = Parameters<typeof factSet>[0];
const register = (isPortal: boolean): Values => ({
  'subject.register': { status: 'running', hasService: true, isPortal, platform: '' },
});
const v6 = {
  host: 'www.a.gov.cn',
  addresses: ['2001:db8::1'],
  reach: 'ok',
  status: 200,
  milliseconds: 30,
  samePage: 'same',
  likenessPercent: 98,
} as const;
const page = { url: 'http://a/', role: 'home', snapshot: null } as const;
const item = { title: '题', publishedAt: '2020-09-01T00:00:00.000Z', url: 'http://www.gov.cn/1' };

const judge = (name: string, facts: FactSet) => {
  const indicator = INDICATORS.find(({ id }) => id === `site.notice.${name}`)!;
  const defaults = Object.entries(indicator.parameters).map(([key, { default: d }]) => [key, d]);
  return indicator.judge(facts, Object.fromEntries(defaults));
};

describe('guideline checks', () => {
  it.each<[string, string, Values, string]>([
    ['a Chinese name', 'domain-suffix', { 'site.domain': domain({ suffix: '政务' }) }, 'met'],
    [
      'a bare address',
      'domain-suffix',
      { 'site.domain': domain({ suffix: 'address' }) },
      'breached',
    ],
    ['stays', 'domain-leaves', { 'site.domain': domain() }, 'met'],
    [
      'never opened',
      'domain-leaves',
      { 'site.domain': domain({ leftOfficial: null }) },
      'undetermined',
    ],
    [
      'left, from a name that the other notice is about',
      'domain-leaves',
      { 'site.domain': domain({ suffix: 'other', leftOfficial: true }) },
      'met',
    ],
    ['www', 'domain-portal', { ...register(true), 'site.domain': domain() }, 'met'],
    [
      'a portal without www',
      'domain-portal',
      { ...register(true), 'site.domain': domain({ form: 'portal-bare' }) },
      'breached',
    ],
    [
      'no portal',
      'domain-portal',
      { ...register(false), 'site.domain': domain() },
      'notApplicable',
    ],
    [
      'a department under its portal',
      'domain-below-portal',
      {
        ...register(false),
        'site.domain': domain({ form: 'below', underPortal: true, portalDomain: 'a.gov.cn' }),
      },
      'met',
    ],
    [
      'a department under another name: maybe its ministry',
      'domain-below-portal',
      {
        ...register(false),
        'site.domain': domain({ form: 'below', underPortal: false, portalDomain: 'a.gov.cn' }),
      },
      'undetermined',
    ],
    [
      'a department with a name of the first level',
      'domain-below-portal',
      { ...register(false), 'site.domain': domain({ form: 'portal' }) },
      'breached',
    ],
    [
      'a name of the first level of whose home page nothing was seen',
      'domain-below-portal',
      {
        ...register(false),
        'site.domain': domain({ form: 'portal' }),
        'site.home': unobserved('正在维护'),
      },
      'undetermined',
    ],
    [
      'a name of the first level under which a government speaks',
      'domain-below-portal',
      {
        ...register(false),
        'site.domain': domain({ form: 'portal' }),
        'site.home': {
          ...{ url: 'http://a/', title: '首页-青阳县人民政府', kind: 'content', itemCount: 0 },
          ...{ newest: null, recent: [], secondLevelNewest: null, secondLevelUnknown: 0 },
          undatedCount: 0,
        },
      },
      'undetermined',
    ],
    ['a whole foot', 'marks', { 'site.marks': marks() }, 'met'],
    [
      'a foot that nobody could read',
      'marks',
      { 'site.marks': marks([markedPage({ ICP备案号: { state: 'unsure', value: null } })]) },
      'undetermined',
    ],
    [
      'one missing, though another is unsure',
      'marks',
      {
        'site.marks': marks([
          markedPage({
            ICP备案号: { state: 'unsure', value: null },
            主办单位: { state: 'missing', value: null },
          }),
        ]),
      },
      'breached',
    ],
    ['home only', 'marks-inner', { 'site.marks': marks() }, 'notApplicable'],
    [
      'what the home page lacks is not asked of the others',
      'marks-inner',
      {
        'site.marks': marks([
          markedPage({ 主办单位: { state: 'missing', value: null } }),
          markedPage({ 主办单位: { state: 'missing', value: null } }, { role: 'article' }),
        ]),
      },
      'met',
    ],
    [
      'one place only',
      'site-code',
      { 'site.marks': marks(undefined, { codesAgree: null }) },
      'undetermined',
    ],
    ['no record', 'ipv6', { 'site.ipv6': absent }, 'breached'],
    ['no way to IPv6', 'ipv6', { 'site.ipv6': unobserved('没有 IPv6 出口') }, 'undetermined'],
    ['the same page', 'ipv6', { 'site.ipv6': v6 }, 'met'],
    ['another page', 'ipv6', { 'site.ipv6': { ...v6, samePage: 'different' } }, 'undetermined'],
    [
      'http stays http',
      'https',
      { 'site.transport': transport({ httpGoesToHttps: false }) },
      'breached',
    ],
    [
      'http does not answer',
      'https',
      { 'site.transport': transport({ httpGoesToHttps: null }) },
      'met',
    ],
    ['a good certificate', 'certificate', { 'site.transport': transport() }, 'met'],
    [
      'fourteen days left',
      'certificate',
      {
        'site.transport': transport({
          certificate: certificateView({ validTo: '2020-10-01T16:00:00.000Z' }),
        }),
      },
      'breached',
    ],
    [
      'fifteen days left',
      'certificate',
      {
        'site.transport': transport({
          certificate: certificateView({ validTo: '2020-10-02T16:00:00.000Z' }),
        }),
      },
      'met',
    ],
    [
      'a chain that we cannot complete is not the certificate’s fault',
      'certificate',
      {
        'site.transport': transport({
          certificate: certificateView({ chainError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }),
        }),
      },
      'met',
    ],
    ['three seconds', 'load', { 'site.transport': transport({}, { documentMs: 3_000 }) }, 'met'],
    [
      'a little more',
      'load',
      { 'site.transport': transport({}, { documentMs: 3_001 }) },
      'breached',
    ],
    [
      'the section’s name missing',
      'page-tags',
      {
        'site.pageTags': {
          pages: [{ ...page, cells: [{ name: 'ColumnName', state: 'empty', value: '' }] }],
        },
      },
      'breached',
    ],
    [
      'a tag of which only memory speaks',
      'page-tags',
      {
        'site.pageTags': {
          pages: [{ ...page, cells: [{ name: 'ColumnType', state: 'empty', value: '' }] }],
        },
      },
      'met',
    ],
    [
      'a script that may ask before leaving',
      'leaving',
      {
        'site.leavingNotice': {
          links: [
            {
              url: 'http://b.com/',
              text: '链接',
              page: 'http://a/',
              snapshot: null,
              notice: 'unsure',
            },
          ],
          found: 1,
        },
      },
      'undetermined',
    ],
    [
      'a reprint of which no time is known',
      'reprint-24h',
      { 'site.reprint': { items: [{ item, state: 'unsure', found: null }], complete: false } },
      'undetermined',
    ],
  ])('%s: %s', (_case, name, values, status) => {
    expect(judge(name, factSet(values))).toMatchObject({ status });
  });

  it('counts each missing element once, and says which', () => {
    const foot = markedPage({
      主办单位: { state: 'missing', value: null },
      党政机关网站标识: { state: 'defective', value: null, reason: '只有图片，没有链接' },
    });
    const judgement = judge('marks', factSet({ 'site.marks': marks([foot]) }));
    expect(judgement).toMatchObject({
      status: 'breached',
      occurrences: 2,
      evidence: [
        { excerpt: '党政机关网站标识：只有图片，没有链接' },
        { excerpt: '主办单位：没有' },
      ],
    });
  });
});
