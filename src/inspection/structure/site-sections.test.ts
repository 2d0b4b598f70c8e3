import { expect, it } from 'vitest';
import { pageKey } from '../../derive/site/index.ts';
import { observed, unobserved } from '../../domain/fact.ts';
import type { SectionOddity, TreeSection } from '../../domain/facts/structure-facts.ts';
import type { DecidedSection } from './section-kind.repository.ts';
import { viewSections } from './site-sections.ts';

const at = (path: string): string => `http://www.jia.gov.cn/${path}/`;
const section = (name: string, path: string, change: Partial<TreeSection> = {}): TreeSection => ({
  ...{ name, url: at(path), level: 1, parent: null, kind: 'news', confidence: 90 },
  ...{ sources: ['name'], content: 'listed', itemCount: 3, newest: null, snapshot: null },
  ...change,
});
const odd = (
  oddity: SectionOddity['oddity'],
  path: string,
  others: SectionOddity['others'] = [],
): SectionOddity => ({
  ...{ oddity, name: path, url: at(path), kind: 'news', confidence: 90, others },
  ...{ reason: `${path} 的情况`, snapshot: null },
});
const decided = (path: string): DecidedSection => ({
  ...{ siteCode: '4301000001', sectionKey: pageKey(at(path)), url: at(path), kind: 'leaders' },
  ...{ reason: '看过', decidedBy: '张三', decidedAt: '2026-01-02T00:00:00.000Z' },
});

it('joins sections, what is odd about them and decisions by address', () => {
  const tree = {
    sections: [
      section('要闻', 'yw', {
        newest: {
          ...{ title: '我市召开会议', url: at('yw/1'), snapshot: null },
          date: { value: '2020-09-10', source: 'item' },
        },
      }),
      section('动态', 'dt'),
      // The address as another page writes it.
      section('领导', 'ldzc', { url: 'https://jia.gov.cn/ldzc/index.html', reason: '须登录' }),
    ],
    leftOut: 2,
  };
  const oddities = [
    odd('duplicate', 'yw', [{ name: '动态', url: at('dt') }]),
    odd('deep', 'a/b/c/d'),
  ];
  const seen = viewSections(observed(tree), oddities, [decided('ldzc'), decided('gone')]);
  expect(seen.items.map(({ marks }) => marks.map(({ oddity }) => oddity))).toEqual([
    ['duplicate'],
    ['duplicate'],
    [],
  ]);
  expect(seen.items[1]!.marks[0]!.reason).toBe('与“yw”的内容完全相同');
  expect(seen.items[0]).toMatchObject({ latestOn: '2020-09-10', latestTitle: '我市召开会议' });
  expect(seen.items.map(({ decision }) => decision?.kind ?? null)).toEqual([null, null, 'leaders']);
  expect(seen.items[2]!.reason).toBe('须登录');
  expect(seen.below.map(({ oddity, name }) => [oddity, name])).toEqual([['deep', 'a/b/c/d']]);
  expect(seen.unseenDecisions.map(({ url }) => url)).toEqual([at('gone')]);
  expect([seen.state, seen.reason, seen.leftOut]).toEqual(['observed', null, 2]);
});

it('a tree that was not seen keeps its reason, and the decisions', () => {
  const seen = viewSections(unobserved('首页没有读到'), [], [decided('ldzc')]);
  expect(seen).toMatchObject({ state: 'unobserved', reason: '首页没有读到', items: [] });
  expect(seen.unseenDecisions).toHaveLength(1);
});
