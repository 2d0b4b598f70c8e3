import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { indicatorFiles, indicatorRegistry } from '../../tools/generate/indicator-registry.ts';
import type { FactKey, FactSet } from '../domain/fact.ts';
import { evidenceIn } from '../domain/finding.ts';
import { accountRegister, feed, sight, wechat } from '../testing/facts/account-views.ts';
import { factSet } from '../testing/facts/build-facts.ts';
import { allWrong, domain } from '../testing/facts/guideline-views.ts';
import { portalFacts, wrongPortal } from '../testing/facts/portal-views.ts';
import { channels, home, newest, sections, services, visits } from '../testing/facts/site-views.ts';
import { siteText, wording } from '../testing/facts/text-views.ts';
import { INDICATORS } from './index.generated.ts';

/** Too long for an excerpt, with characters that an odd cut would halve. */
const LONG = `长${'😀'.repeat(250)}`;
const register = {
  status: 'running',
  hasService: true,
  isPortal: true,
  platform: '微信公众号',
} as const;

/** Facts under which one rule or another is broken; the texts are too long for an excerpt. */
const SITE = {
  'subject.register': register,
  'site.visits': visits(),
  'site.home': home({ newest: { ...newest('2020-01-01'), title: LONG } }),
  'site.sections': [
    ...sections(12, { kind: 'data', newest: { ...newest('2018-01-01'), title: LONG } }),
    ...sections(6, { newest: newest('2020-01-01') }),
    ...sections(30, { content: 'blank', newest: null }),
  ].map((section) => ({ ...section, name: LONG })),
  'site.channels': channels({
    messages: [
      {
        title: LONG,
        url: 'http://a/m',
        askedOn: '2020-01-01',
        repliedOn: null,
        answered: false,
        snapshot: null,
      },
    ],
  }),
} satisfies Parameters<typeof factSet>[0];
const guides = (count: number) =>
  Array.from({ length: count }, () => ({
    title: LONG,
    url: 'http://a/g',
    missing: ['设定依据', '申请条件', '办理材料', '办理地点'] as const,
    snapshot: null,
  }));
const FACT_SETS: readonly [string, FactSet][] = [
  [
    'a site with every fault',
    factSet({ ...SITE, 'site.services': services({ guides: guides(30) }) }),
  ],
  [
    'a site with few poor guides',
    factSet({ ...SITE, 'site.services': services({ guides: guides(2) }) }),
  ],
  [
    'a site with suspected wordings',
    factSet({
      ...SITE,
      'site.text': siteText({ findings: Array(30).fill(wording({ excerpt: LONG })) }),
    }),
  ],
  ['a site without services', factSet({ ...SITE, 'site.services': services() })],
  ['a site that keeps no guideline', factSet({ ...SITE, ...allWrong(LONG) })],
  [
    'a department on a name of the first level',
    factSet({ 'subject.register': { ...register, isPortal: false }, ...allWrong(LONG) }),
  ],
  [
    'a site without a name',
    factSet({ 'site.domain': domain({ host: LONG, suffix: 'address', form: 'other' }) }),
  ],
  ['a portal in order, with its bonus', factSet(portalFacts())],
  ['a portal that breaks every rule', factSet(wrongPortal(LONG))],
  ['a site that is never there', factSet({ ...SITE, 'site.visits': visits(140) })],
  [
    'a silent account',
    factSet({
      'subject.register': register,
      'account.feed': feed('2020-01-01'),
      'account.wechat': wechat('2020-01-01'),
      'account.observations': Array(30).fill(
        sight({ newestOn: 'none', ways: ['转发'], image: LONG }),
      ),
    }),
  ],
  [
    'an account that keeps no rule',
    factSet({
      'subject.register': register,
      'account.register': accountRegister({
        status: 'running',
        sponsor: { name: '长沙县黄花镇人民政府', otherNames: [], above: [], below: [] },
      }),
      'account.text': siteText({ findings: Array(30).fill(wording({ excerpt: LONG })) }),
      'account.comments': {
        ...{ articles: 1, from: '2020-01-01', to: '2020-01-01', total: 9, read: 9, answered: 0 },
        comments: Array(9).fill({
          writtenAt: '2020-01-02T02:00:00.000Z',
          answeredAt: null,
          excerpt: LONG,
        }),
      },
      'account.peers': { same: [{ name: LONG, accountId: LONG }], count: 30 },
      'account.observations': Array(30).fill(
        sight({
          ...{ ads: LONG, originalOn: 'none', opens: false },
          profile: {
            ...{ isThere: false, name: LONG, operator: LONG, certified: false, followers: 0 },
          },
        }),
      ),
    }),
  ],
  ...['移动客户端', '微信小程序'].map((platform): [string, FactSet] => [
    `${platform} that does not open`,
    factSet({
      'subject.register': { ...register, platform },
      'account.observations': [sight({ opens: false, image: LONG })],
    }),
  ]),
  [
    'an account that was closed and posts',
    factSet({
      'account.register': accountRegister({ status: 'closed', since: '2020-01-01' }),
      'account.feed': feed('2020-09-01'),
    }),
  ],
];

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
}

type Indicator = (typeof INDICATORS)[number];

/** Only what the indicator declared; reading anything else throws. */
function declared({ needs, id }: Indicator, facts: FactSet): FactSet {
  return new Proxy(facts, {
    get: (target, key) => {
      if (!needs.includes(key as FactKey)) throw new Error(`${id} reads ${String(key)} undeclared`);
      return target[key as FactKey];
    },
  });
}

function defaultsOf(indicator: Indicator): Record<string, number> {
  return Object.fromEntries(
    Object.entries(indicator.parameters).map(([name, spec]) => [name, spec.default]),
  );
}

const PREFIXES = {
  veto: /^(?:site|media)\.veto\./,
  notice: /^(?:site|media)\.notice\./,
  deduction: /^portal\.deduct\./,
  bonus: /^portal\.bonus\./,
};
const prefixOf = ({ kind }: Indicator): RegExp => PREFIXES[kind];

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('the registry', () => {
  it('is as fresh as the files', () => {
    const written = readFileSync(new URL('./index.generated.ts', import.meta.url), 'utf8');
    expect(written).toBe(indicatorRegistry());
  });

  it('knows each file by its id', () => {
    const ids = INDICATORS.map((indicator) => indicator.id);
    expect(ids).toEqual(indicatorFiles().map((file) => file.id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('every rule is broken by some facts of this file; one that people judge is suspected, and never broken', () => {
    const judgements = (indicator: Indicator) =>
      FACT_SETS.map(([, facts]) => indicator.judge(facts, defaultsOf(indicator)));
    const broken = INDICATORS.filter((one) =>
      judgements(one).some(({ status }) => status === 'breached'),
    );
    const suspected = INDICATORS.filter((one) =>
      judgements(one).some((judgement) => evidenceIn(judgement).length > 0),
    );
    expect(broken).toEqual(INDICATORS.filter(({ advises }) => advises !== true));
    expect(suspected).toEqual(INDICATORS);
  });
});

describe.each(INDICATORS.map((indicator) => [indicator.id, indicator] as const))(
  '%s',
  (id, indicator) => {
    const parameters = defaultsOf(indicator);

    it('says what it is, in Chinese, with its source', () => {
      expect(id).toMatch(prefixOf(indicator));
      expect(indicator.clause).toMatch(
        /^国办(秘函〔2019〕19号|发〔(?:2017〕47|2018〕123)号|函〔2018〕55号)/,
      );
      expect(indicator.title.met).toMatch(/\p{Script=Han}/u);
      expect(indicator.title.breached).toMatch(/\p{Script=Han}/u);
      expect(indicator.title.met).not.toBe(indicator.title.breached);
      expect(new Set(indicator.needs).size).toBe(indicator.needs.length);
      for (const spec of Object.values(indicator.parameters)) {
        expect(Number.isFinite(spec.default)).toBe(true);
        expect(spec.unit.length * spec.why.length).toBeGreaterThan(0);
      }
    });

    it('of nothing it says nothing', () => {
      for (const facts of [{}, factSet({}), factSet({ 'subject.register': register })]) {
        const judgement = indicator.judge(facts, parameters);
        // The register alone may tell that a rule is not about such a subject.
        expect(judgement.status).toBeOneOf(
          'subject.register' in facts ? ['undetermined', 'notApplicable'] : ['undetermined'],
        );
        expect(judgement).toMatchObject({ reason: expect.stringMatching(/\p{Script=Han}/u) });
      }
    });

    it.each(FACT_SETS)(
      '%s: same facts, same answer, without clock, chance, network or undeclared facts',
      (_name, facts) => {
        const forbid = (what: string) => () => {
          throw new Error(`${id} uses ${what}`);
        };
        vi.spyOn(Date, 'now').mockImplementation(forbid('Date.now'));
        vi.spyOn(Math, 'random').mockImplementation(forbid('Math.random'));
        vi.stubGlobal('fetch', forbid('fetch'));
        const only = declared(indicator, freeze(facts));
        const judgement = indicator.judge(only, parameters);
        expect(indicator.judge(only, Object.freeze({ ...parameters }))).toEqual(judgement);
      },
    );

    it.each(FACT_SETS)(
      '%s: a breach or a suspicion points at facts that it was given, in short words',
      (_name, facts) => {
        const judgement = indicator.judge(facts, parameters);
        expect(['met', 'undetermined', 'notApplicable', 'breached']).toContain(judgement.status);
        if (judgement.status === 'breached') {
          expect(judgement.occurrences).toBeGreaterThan(0);
          expect(judgement.evidence.length).toBeGreaterThan(0);
        }
        const given = indicator.needs.flatMap((key) => facts[key]?.id ?? []);
        expect(evidenceIn(judgement).length).toBeLessThanOrEqual(20);
        for (const evidence of evidenceIn(judgement)) {
          expect(given).toContain(evidence.factId);
          expect(evidence.excerpt.length).toBeLessThanOrEqual(200);
          expect(evidence.excerpt).not.toBe('');
          expect(evidence.excerpt.isWellFormed()).toBe(true);
          expect(evidence.locator).not.toBe('');
        }
      },
    );
  },
);
