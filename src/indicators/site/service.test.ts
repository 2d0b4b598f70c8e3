import { describe, expect, it } from 'vitest';
import { unobserved } from '../../domain/fact.ts';
import { GUIDE_ELEMENTS, type ServiceGuide, type ServicesView } from '../../domain/site-facts.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import { REACHABILITY, services, visits } from '../../testing/facts/site-views.ts';
import { serviceGuideAll } from './service.guide-all.ts';
import { serviceGuide5 } from './service.guide5.ts';
import { serviceNone } from './service.none.ts';

type Values = Parameters<typeof factSet>[0];
const register = (hasService: boolean) =>
  ({ status: 'running', hasService, isPortal: false, platform: '' }) as const;
const guides = (count: number, missing: number): ServiceGuide[] =>
  Array.from({ length: count }, (_, n) => ({
    title: `事项${n}`,
    url: `http://a/${n}`,
    missing: GUIDE_ELEMENTS.slice(0, missing),
    snapshot: null,
  }));
const seen = (view: Partial<ServicesView>): Values => ({
  'site.visits': visits(),
  'subject.register': register(true),
  'site.services': services(view),
});
const ENTRY = { name: '办事服务', url: 'http://a/bs', external: true };

/** What every service rule says of these, whatever it looks for. */
const COMMON: readonly [string, Values, string][] = [
  [
    'no outward service duty',
    { ...seen({ guides: guides(9, 8) }), 'subject.register': register(false) },
    'notApplicable',
  ],
  ['unreachable', { ...seen({}), 'site.visits': visits(7) }, 'notApplicable'],
  ['services not seen', { ...seen({}), 'site.services': unobserved('超时') }, 'undetermined'],
  ['nothing gathered', {}, 'undetermined'],
];

describe('site.veto.service.none', () => {
  it.each<[string, Values, string]>([
    ...COMMON,
    ['an entry, though to another platform', seen({ entries: [ENTRY] }), 'met'],
    ['guides without an entry', seen({ guides: guides(1, 8) }), 'met'],
    ['nothing anywhere', seen({}), 'breached'],
    [
      'nothing anywhere, no visits',
      { 'subject.register': register(true), 'site.services': services() },
      'undetermined',
    ],
    [
      'nothing found, not all seen',
      seen({ complete: false, incompleteReason: '预算' }),
      'undetermined',
    ],
  ])('%s', (_name, values, status) => {
    expect(serviceNone.judge(factSet(values), REACHABILITY)).toHaveProperty('status', status);
  });
});

describe('site.veto.service.guide5', () => {
  it.each<[string, Values, string]>([
    ...COMMON,
    ['five guides lack four', seen({ guides: guides(5, 4) }), 'breached'],
    ['four guides lack all', seen({ guides: guides(4, 8) }), 'met'],
    ['five guides lack three', seen({ guides: guides(5, 3) }), 'met'],
    ['four poor, one not read', seen({ guides: guides(4, 4), unreadGuides: 1 }), 'undetermined'],
    ['three poor, one not read', seen({ guides: guides(3, 4), unreadGuides: 1 }), 'met'],
    ['three good, five not read', seen({ guides: guides(3, 0), unreadGuides: 5 }), 'undetermined'],
    ['three good, four not read', seen({ guides: guides(3, 0), unreadGuides: 4 }), 'met'],
    ['none read of five', seen({ unreadGuides: 5 }), 'undetermined'],
    ['five good, many not read', seen({ guides: guides(5, 0), unreadGuides: 50 }), 'met'],
    [
      'one poor among many, five not read',
      seen({ guides: [...guides(1, 4), ...guides(9, 0)], unreadGuides: 5 }),
      'undetermined',
    ],
    ['all on the shared platform', seen({ entries: [ENTRY], platformGuides: 9 }), 'met'],
    [
      'one poor, the others there',
      seen({ guides: guides(1, 4), platformGuides: 9 }),
      'undetermined',
    ],
    ['no guides', seen({ entries: [ENTRY] }), 'met'],
  ])('%s', (_name, values, status) => {
    const judgement = serviceGuide5.judge(factSet(values), {
      ...REACHABILITY,
      missing: 4,
      items: 5,
      readEnough: 5,
    });
    expect(judgement).toHaveProperty('status', status);
  });

  it('says what a guide lacks', () => {
    const judgement = serviceGuide5.judge(factSet(seen({ guides: guides(5, 4) })), {
      ...REACHABILITY,
      missing: 4,
      items: 5,
      readEnough: 5,
    });
    expect(judgement).toMatchObject({
      occurrences: 5,
      evidence: { 0: { excerpt: '“事项0”缺少事项名称、设定依据、申请条件、办理材料' } },
    });
  });
});

describe('site.veto.service.guide-all', () => {
  it.each<[string, Values, string]>([
    ...COMMON,
    ['one guide, and it is poor', seen({ guides: guides(1, 4) }), 'breached'],
    ['four guides, all poor', seen({ guides: guides(4, 5) }), 'breached'],
    ['five guides are the other rule’s', seen({ guides: guides(5, 5) }), 'met'],
    ['four poor, one not read: five', seen({ guides: guides(4, 5), unreadGuides: 1 }), 'met'],
    ['three poor, one not read', seen({ guides: guides(3, 5), unreadGuides: 1 }), 'undetermined'],
    [
      'three poor, one on the platform',
      seen({ guides: guides(3, 5), platformGuides: 1 }),
      'undetermined',
    ],
    ['three poor, two on the platform', seen({ guides: guides(3, 5), platformGuides: 2 }), 'met'],
    ['three poor, not all seen', seen({ guides: guides(3, 5), complete: false }), 'undetermined'],
    ['one good among them', seen({ guides: [...guides(2, 5), ...guides(1, 3)] }), 'met'],
    ['no guides', seen({ entries: [ENTRY] }), 'met'],
  ])('%s', (_name, values, status) => {
    const judgement = serviceGuideAll.judge(factSet(values), {
      ...REACHABILITY,
      missing: 4,
      itemsBelow: 5,
    });
    expect(judgement).toHaveProperty('status', status);
  });
});
