import {
  type FailingLink,
  LINK_CLASSES,
  type LinkCounts,
  type SiteLinks,
} from '../../domain/facts/link-facts.ts';
import type {
  BoardsView,
  GuideFormsView,
  Leader,
  LeadersView,
  PolicyLinksView,
  PolicyPage,
  SearchView,
  SiteTree,
  StatisticsBlock,
  StatisticsView,
  SurveysView,
  TreeSection,
} from '../../domain/facts/structure-facts.ts';
import type { factSet } from './build-facts.ts';
import { allWrong, domain, marks } from './guideline-views.ts';
import { channels, home, newest, section, services, visits } from './site-views.ts';

/** Values of what portals alone are asked for: a portal in order, changed where a case needs it. The monitoring day is 2020-09-17. */

const HOME = 'http://www.a.gov.cn/';

export function treeSection(more: Partial<TreeSection> = {}): TreeSection {
  return {
    name: '概况',
    url: `${HOME}gk/`,
    level: 1,
    parent: null,
    kind: 'overview',
    confidence: 90,
    sources: ['name'],
    content: 'single',
    itemCount: 0,
    newest: null,
    snapshot: 'c'.repeat(64),
    ...more,
  };
}

/** One section of each kind that a portal must have. */
export function tree(
  more: readonly TreeSection[] = [],
  sections?: readonly TreeSection[],
): SiteTree {
  const all = sections ?? [
    treeSection(),
    treeSection({ name: '机构职能', url: `${HOME}jg/`, kind: 'functions' }),
    treeSection({ name: '领导之窗', url: `${HOME}ld/`, kind: 'leaders' }),
    treeSection({ name: '办事服务', url: `${HOME}bs/`, kind: 'service' }),
  ];
  return { sections: [...all, ...more], leftOut: 0 };
}

export function leader(more: Partial<Leader> = {}): Leader {
  return {
    ...{ name: '王某', post: '市长', hasResume: true, hasDuties: true },
    ...{ url: `${HOME}ld/1.html`, snapshot: null },
    ...more,
  };
}

export function leaders(people: readonly Leader[], more: Partial<LeadersView> = {}): LeadersView {
  return { sections: [{ name: '领导之窗', url: `${HOME}ld/` }], people, complete: true, ...more };
}

const page = (title: string): PolicyPage => ({
  ...{
    title,
    url: `${HOME}${title}.html`,
    date: '2020-08-01',
    documentNumber: null,
    snapshot: null,
  },
});

/** A file and its interpretation; whether each leads to the other. */
export function policyLinks(
  links: readonly (readonly [boolean | null, boolean | null])[] = [[true, true]],
): PolicyLinksView {
  const pairs = links.map(([policy, interpretation], n) => ({
    policy: page(`文件${n}`),
    interpretation: page(`解读${n}`),
    policyLinks: policy,
    interpretationLinks: interpretation,
  }));
  return {
    policies: pairs.map(({ policy }) => policy),
    interpretations: pairs.map(({ interpretation }) => interpretation),
    pairs,
    complete: true,
  };
}

export function search(more: Partial<SearchView> = {}): SearchView {
  return {
    ...{ url: `${HOME}so`, external: false, outcome: 'hit', title: '标题', sorted: true },
    ...{ resultUrl: `${HOME}so?q=1`, snapshot: null },
    ...more,
  };
}

type Forms = GuideFormsView['guides'][number]['forms'];
export function guideForms(forms: Forms, more: Partial<GuideFormsView> = {}): GuideFormsView {
  const guide = { title: '办理居住证', url: `${HOME}bs/1.html`, missing: [], snapshot: null };
  return { guides: [{ ...guide, forms }], complete: true, ...more };
}

export function statisticsBlock(more: Partial<StatisticsBlock> = {}): StatisticsBlock {
  return {
    ...{ about: 'service', name: '8月办件量', url: `${HOME}tj/`, period: '2020-08' },
    ...{ latestOn: '2020-08-31', figures: [], snapshot: null },
    ...more,
  };
}

export function statistics(
  blocks: readonly StatisticsBlock[] = [statisticsBlock(), statisticsBlock({ about: 'messages' })],
  more: Partial<StatisticsView> = {},
): StatisticsView {
  return { blocks, complete: true, ...more };
}

export function surveys(more: Partial<SurveysView> = {}): SurveysView {
  return {
    sections: [{ name: '征集调查', url: `${HOME}zj/` }],
    ...{ surveys: [], interviews: [], surveysLastYear: 8, interviewsLastYear: 0, undated: 0 },
    ...{ way: 'online', complete: true },
    ...more,
  };
}

export function boards(more: Partial<BoardsView> = {}): BoardsView {
  return {
    boards: [{ name: '市长信箱', url: `${HOME}xx/` }],
    ...{ messages: 20, showsAskedOn: true, showsRepliedOn: true },
    ...{ newestAskedOn: '2020-09-10', newestRepliedOn: '2020-09-12', complete: true },
    ...more,
  };
}

const NO_LINKS = Object.fromEntries(LINK_CLASSES.map((each) => [each, 0])) as LinkCounts;

export function failingLink(more: Partial<FailingLink> = {}): FailingLink {
  return {
    ...{ url: `${HOME}gone.html`, from: HOME, onHome: true, text: '旧闻', use: 'page' },
    ...{ external: false, class: 'dead', status: 404, reason: '404', looks: [], snapshot: null },
    ...more,
  };
}

/** Links of a site whose failing ones are given. */
export function links(
  failing: readonly FailingLink[] = [],
  more: Partial<SiteLinks> = {},
): SiteLinks {
  const counts = (of: readonly FailingLink[]): LinkCounts => {
    const counted = { ...NO_LINKS, ok: 100 };
    for (const link of of) counted[link.class] += 1;
    return counted;
  };
  return {
    pages: 300,
    home: counts(failing.filter(({ onHome }) => onHome)),
    otherPages: counts(failing.filter(({ onHome }) => !onHome)),
    failing,
    failingLeftOut: 0,
    complete: true,
    ...more,
  };
}

type Values = Parameters<typeof factSet>[0];

/** A portal that breaks every rule of part two; `long` = words too long for an excerpt. */
export function wrongPortal(long: string): Values {
  return portalFacts({
    'site.sections': [
      section({ name: long, newest: newest('2020-01-01') }),
      section({ name: long, kind: 'policy', newest: newest('2019-01-01') }),
      section({ name: long, kind: 'interpretation', content: 'blank', newest: null }),
      section({ name: long, kind: 'data', newest: { ...newest('2018-01-01'), title: long } }),
    ],
    'site.services': services({
      guides: [{ title: long, url: HOME, missing: ['联系电话'], snapshot: null }],
    }),
    'site.tree': tree(
      [],
      (['overview', 'functions', 'leaders', 'service'] as const).map((kind) =>
        treeSection({ kind, name: long, content: 'blank' }),
      ),
    ),
    'site.leaders': leaders([leader({ name: long, post: '' })]),
    'site.policyLinks': policyLinks([[false, false]]),
    'site.search': search({ outcome: 'miss', title: long }),
    'site.guideForms': guideForms([{ name: long, url: HOME, state: 'broken', reason: long }]),
    'site.statistics': statistics([statisticsBlock({ name: long, latestOn: '2019-01-01' })]),
    'site.surveys': surveys({ surveysLastYear: 0 }),
    'site.boards': boards({
      ...{ newestAskedOn: '2019-01-01', newestRepliedOn: null, showsAskedOn: false },
    }),
    'site.links': links([failingLink({ text: long, reason: long })]),
    ...allWrong(long),
    'site.domain': domain({ host: long, suffix: 'other', form: 'other' }),
  });
}

/** Every fact that a portal's rules read, of a portal that keeps them all (and earns its bonus). */
export function portalFacts(more: Values = {}): Values {
  const guide = { title: '办理居住证', url: `${HOME}bs/1.html`, missing: [], snapshot: null };
  return {
    'subject.register': { status: 'running', hasService: true, isPortal: true, platform: '' },
    'site.visits': visits(),
    'site.home': home(),
    'site.sections': [
      section(),
      section({
        name: '政策文件',
        url: `${HOME}zc/`,
        kind: 'policy',
        newest: newest('2020-08-01'),
      }),
      section({ name: '政策解读', url: `${HOME}jd/`, kind: 'interpretation' }),
      section({ name: '数据发布', url: `${HOME}sj/`, kind: 'data' }),
    ],
    'site.channels': channels({
      channels: [
        { name: '市长信箱', url: `${HOME}xx/`, special: false, state: 'board', snapshot: null },
      ],
    }),
    'site.services': services({
      entries: [{ name: '办事服务', url: `${HOME}bs/`, external: false }],
      guides: Array.from({ length: 6 }, (_, n) => ({ ...guide, url: `${HOME}bs/${n}.html` })),
    }),
    'site.tree': tree(),
    'site.leaders': leaders([leader()]),
    'site.policyLinks': policyLinks(),
    'site.search': search(),
    'site.guideForms': guideForms([{ name: '申请表', url: `${HOME}1.doc`, state: 'opens' }]),
    'site.statistics': statistics(),
    'site.surveys': surveys(),
    'site.boards': boards(),
    'site.links': links(),
    'site.domain': domain(),
    'site.marks': marks(),
    'site.pageTags': { pages: [{ url: HOME, role: 'home', snapshot: null, cells: [] }] },
    'site.ipv6': {
      ...{ host: 'www.a.gov.cn', addresses: ['2001:db8::1'], reach: 'ok', status: 200 },
      ...{ milliseconds: 80, samePage: 'same', likenessPercent: 100 },
    },
    ...more,
  };
}
