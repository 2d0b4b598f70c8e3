import type {
  OddityClass,
  SectionOddity,
  StandardKind,
} from '../../domain/facts/structure-facts.ts';
import { addDays, addMonths, type CalendarDate } from '../../lib/pure/dates.ts';
import { nameKind } from '../structure/name-kind.ts';
import { type TitleKind, titleKind, titlesKind } from '../structure/title-kind.ts';
import type { TreeNode } from './derive-tree.ts';
import { pageKey } from './page-links.ts';
import type { SiteState } from './site-state.ts';

/** A section of an uncertain kind is said to be stale by nobody. */
const CONFIDENCE_MIN = 60;
/** Oddities of one site; a neglected portal has a few dozen. */
const ODDITIES_MAX = 200;

/** Everything odd about the sections, one entry each, in the order of the tree. Conservative: what is unsure is left out. */
export function deriveOddities(
  state: SiteState,
  tree: readonly TreeNode[],
): readonly SectionOddity[] {
  const single = tree.flatMap((each) => oddOf(each, state.today));
  return [...single, ...duplicates(tree), ...deepOnes(state)].slice(0, ODDITIES_MAX);
}

function oddity(
  { section }: TreeNode,
  is: OddityClass,
  reason: string,
  others: SectionOddity['others'] = [],
): SectionOddity {
  const { name, url, kind, confidence, snapshot } = section;
  return { oddity: is, name, url, kind, confidence, others, reason, snapshot };
}

function oddOf(each: TreeNode, today: CalendarDate): readonly SectionOddity[] {
  const { section, items } = each;
  if (section.kind === 'external' || section.gathers) return [];
  if (section.gone) return [oddity(each, 'gone', '栏目链接打不开（页面不存在）')];
  if (section.content === 'blank') return [oddity(each, 'blank', section.reason ?? '没有内容')];
  if (section.content !== 'listed') return [];
  const found: SectionOddity[] = [];
  const stale = staleSince(each, today);
  if (stale !== null) found.push(oddity(each, 'stale', stale));
  const misplaced = whyMisplaced(
    section.name,
    items.map(({ title }) => title),
  );
  if (misplaced !== null) found.push(oddity(each, 'misplaced', misplaced));
  const all = (each.page?.lists ?? []).reduce((sum, list) => sum + list.itemCount, 0);
  if (
    section.itemCount === 1 &&
    all === 1 &&
    MAY_BE_FEW.has(section.kind) === false &&
    (each.page?.board.length ?? 0) === 0
  )
    found.push(oddity(each, 'oneItem', '栏目只有 1 条信息'));
  return found;
}

/** One survey, one interview, one report is a beginning. */
const MAY_BE_FEW: ReadonlySet<StandardKind> = new Set([
  'survey',
  'interview',
  'leaders',
  'functions',
  'overview',
  'page',
  'disclosure',
  'topic',
  'service',
  'consultation',
]);

const NEWS_DAYS = 14;
const FILES_MONTHS = 6;
const OTHER_MONTHS = 12;
/** What must be kept up to date by its own nature; 概况, 职能, 领导 and services change when they change. */
const DUE: ReadonlySet<StandardKind> = new Set([
  'news',
  'notice',
  'policy',
  'interpretation',
  'disclosure',
  'data',
  'survey',
  'interview',
  'consultation',
]);

function staleSince({ section }: TreeNode, today: CalendarDate): string | null {
  const date = section.newest?.date;
  if (!DUE.has(section.kind) || section.confidence < CONFIDENCE_MIN || !date || date.yearUnknown)
    return null;
  const oldest =
    section.kind === 'news'
      ? addDays(today, -NEWS_DAYS)
      : addMonths(
          today,
          section.kind === 'notice' || section.kind === 'policy' ? -FILES_MONTHS : -OTHER_MONTHS,
        );
  return date.value < oldest ? `最后更新于 ${date.value}` : null;
}

/** What a list of one form never is: pairs that no editor would mix up in good order. */
const NEVER: readonly (readonly [promised: StandardKind, found: TitleKind])[] = [
  ['interpretation', 'news'],
  ['interpretation', 'notice'],
  ['policy', 'news'],
  ['policy', 'consultation'],
  ['notice', 'consultation'],
  ['news', 'policy'],
  ['news', 'interpretation'],
  ['news', 'service'],
  ['survey', 'news'],
  ['survey', 'policy'],
  ['interview', 'policy'],
  ['interview', 'notice'],
  ['interpretation', 'service'],
  ['notice', 'interpretation'],
  ['data', 'news'],
];
const NAME_SURE = 85;
const TITLES_MIN = 4;
const TITLES_SHARE = 0.8;

/** Chinese: the list is of another form than its name promises, and not one title is of the promised one; null otherwise. */
export function whyMisplaced(name: string, titles: readonly string[]): string | null {
  const promised = nameKind(name);
  const found = titlesKind(titles);
  if (promised.weight < NAME_SURE || !found || found.of < TITLES_MIN) return null;
  if (found.count < found.of * TITLES_SHARE) return null;
  if (!NEVER.some(([kind, other]) => kind === promised.kind && other === found.kind)) return null;
  if (titles.some((title) => titleKind(title) === promised.kind)) return null;
  return `名称是“${name}”，${found.of} 条中 ${found.count} 条是${TITLE_WORDS[found.kind]}，没有一条与名称相符`;
}

const TITLE_WORDS: Readonly<Record<TitleKind, string>> = {
  news: '工作动态',
  notice: '通知公告',
  policy: '政策文件',
  interpretation: '政策解读',
  survey: '征集调查',
  interview: '在线访谈',
  data: '统计数据',
  service: '办事事项',
  consultation: '网民来信',
  leaders: '领导信息',
};

const SAME_ITEMS_MIN = 3;
/** Copies under other addresses are told by their titles: more of them, and long enough to be no coincidence. */
const SAME_TITLES_MIN = 5;
const COPIED_TITLE_MIN = 8;

/** Two sections with the very same items, neither above the other, under different addresses. */
function duplicates(tree: readonly TreeNode[]): readonly SectionOddity[] {
  const listed = tree.filter(
    ({ section }) =>
      section.content === 'listed' && !section.gathers && section.kind !== 'external',
  );
  const sameItems = groupsOf(listed, addressesOf);
  const known = new Set(sameItems.map(({ url }) => url));
  return [...sameItems, ...groupsOf(listed, titlesOf).filter(({ url }) => !known.has(url))];
}

function addressesOf({ items }: TreeNode): string | null {
  const addresses = new Set(items.flatMap(({ url }) => (url === null ? [] : pageKey(url))));
  return addresses.size < SAME_ITEMS_MIN ? null : [...addresses].sort().join(' ');
}

function titlesOf({ items }: TreeNode): string | null {
  const titles = new Set(items.map(({ title }) => title));
  const isTelling = items.every(({ title }) => title.length >= COPIED_TITLE_MIN);
  return titles.size < SAME_TITLES_MIN || !isTelling ? null : [...titles].sort().join('\n');
}

function groupsOf(
  listed: readonly TreeNode[],
  signatureOf: (each: TreeNode) => string | null,
): readonly SectionOddity[] {
  const groups = new Map<string, TreeNode[]>();
  for (const each of listed) {
    const signature = signatureOf(each);
    if (signature !== null) groups.set(signature, [...(groups.get(signature) ?? []), each]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group.filter(
      (each) => !group.some((other) => other !== each && isAbove(each, other)),
    );
    const rest = first ? others.filter((each) => agreeInDates(first, each)) : [];
    if (!first || rest.length === 0) return [];
    const same = rest.map(({ section: { name, url } }) => ({ name, url }));
    return [
      oddity(
        first,
        'duplicate',
        `与“${same.map(({ name }) => name).join('”“')}”的内容完全相同`,
        same,
      ),
    ];
  });
}

/** The same titles of other days are another year's: a list that prints no dates does not say. */
function agreeInDates(one: TreeNode, other: TreeNode): boolean {
  const days = new Map(one.items.map(({ title, date }) => [title, date?.value]));
  return other.items.every(({ title, date }) => {
    const day = days.get(title);
    return day === undefined || date === null || day === date.value;
  });
}

/** A section above shows what stands below it: that is its purpose. */
const isAbove = (one: TreeNode, other: TreeNode): boolean =>
  other.section.parent !== null && pageKey(other.section.parent) === one.node.key;

/** Below the levels that are read; a name that tells nothing may be an article. */
function deepOnes(state: SiteState): readonly SectionOddity[] {
  return state.structure.deep.flatMap(({ name, url, level }) => {
    const { kind, weight } = nameKind(name);
    if (weight < CONFIDENCE_MIN) return [];
    const about = { name, url, kind, confidence: weight, others: [], snapshot: null };
    return [{ oddity: 'deep' as const, ...about, reason: `栏目在第 ${level} 级，层级过深` }];
  });
}
