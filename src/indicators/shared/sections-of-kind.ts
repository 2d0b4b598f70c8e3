import type { FactKey } from '../../domain/fact.ts';
import type { Judgement } from '../../domain/finding.ts';
import type { SectionView } from '../../domain/site-facts.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { breached, evidenceOf } from './evidence.ts';
import { charge, oneInDoubt, type PortalCase } from './judge-portal.ts';
import type { Observed } from './notice.ts';
import { freshnessOf } from './section-state.ts';
import { undeterminedAbsence } from './unreachable-site.ts';

/** As much of a section as both views of it have: that of the veto rules and that of the tree. */
export type AnySection = Omit<SectionView, 'kind' | 'undated' | 'itemCount' | 'reason'> & {
  readonly kind: string;
};

/** Kinds that say nothing about what a section is for. */
const UNKNOWN_KINDS: ReadonlySet<string> = new Set(['list', 'page']);
/** Below this level nobody looks for a section that a portal must have (应设…栏目). */
const LEVEL_MAX = 2;
const NAMED_MAX = 3;

export interface WantedKind {
  readonly key: FactKey;
  readonly kind: string;
  /** 政策文件 */
  readonly name: string;
  readonly confidenceMin: number;
  /** Sections of the kind that do not count as it, e.g. below the first level. */
  readonly isMeant?: (section: AnySection) => boolean;
}

/**
 * Judges the sections of a kind. Where there is none the portal lacks it (未开设), but only when every section up to the second
 * level was understood: one of an unknown kind could be it under another name, and then a person has to look.
 */
export function withSectionsOfKind<Section extends AnySection>(
  given: PortalCase,
  fact: Observed<unknown>,
  sections: readonly Section[],
  wanted: WantedKind,
  judge: (sections: readonly Section[]) => Judgement,
): Judgement {
  const { key, kind, name, confidenceMin, isMeant = () => true } = wanted;
  const sure = sections.filter(
    (section) => section.kind === kind && section.confidence >= confidenceMin && isMeant(section),
  );
  if (sure.length > 0) return judge(sure);
  const doubtful = sections.filter(
    (section) =>
      section.level <= LEVEL_MAX &&
      (section.kind === kind ||
        UNKNOWN_KINDS.has(section.kind) ||
        section.confidence < confidenceMin),
  );
  if (doubtful.length > 0)
    return oneInDoubt(
      `没有找到能确定的“${name}”栏目；有 ${doubtful.length} 个栏目看不出类别（${namesOf(doubtful)}），要人核实`,
      key,
    );
  if (sections.length === 0) return oneInDoubt(`没有读到任何栏目，看不出有没有“${name}”`, key);
  const words = `读到的 ${sections.length} 个栏目里没有“${name}”`;
  const unseen = undeterminedAbsence(given, fact, words, key);
  if (unseen) return unseen;
  return breached(1, [evidenceOf(fact, key, words, fact.snapshots[0] ?? null)], `未开设“${name}”`);
}

const namesOf = (sections: readonly AnySection[]): string => {
  const named = sections.slice(0, NAMED_MAX).map(({ name }) => `“${name}”`);
  return `如${named.join('、')}${sections.length > NAMED_MAX ? '等' : ''}`;
};

export interface StaleRule {
  readonly fact: Observed<unknown>;
  readonly key: FactKey;
  readonly day: CalendarDate;
  readonly confidenceMin: number;
  /** First day that is still in time. */
  readonly oldestOf: (section: AnySection) => CalendarDate;
}

/** Blank sections, and those without anything since their day, one occurrence each; a dead link is 可用性's. */
export function chargeStale(sections: readonly AnySection[], rule: StaleRule): Judgement {
  const { fact, key, day, confidenceMin, oldestOf } = rule;
  const states = sections.map((section) => {
    const state = freshnessOf(section, { oldest: oldestOf(section), day }, confidenceMin);
    return { section, state: section.content === 'blank' && !section.gone ? 'stale' : state };
  });
  const stale = states.filter(({ state }) => state === 'stale').map(({ section }) => section);
  const unknown = states.filter(({ state }) => state === 'unknown').map(({ section }) => section);
  return charge({
    evidence: stale.map((section) =>
      evidenceOf(fact, section.url, `${section.name}：${staleWords(section)}`, section.snapshot),
    ),
    places: stale.map(({ url }) => url),
    unseen: unknown.length,
    unseenReason:
      unknown.length === 0 ? '' : `有 ${unknown.length} 个栏目没能看清（${namesOf(unknown)}）`,
    missing: [key],
  });
}

function staleWords({ content, newest }: AnySection): string {
  if (content === 'blank') return '栏目没有内容';
  return newest ? `最后更新 ${newest.date.value}“${newest.title}”` : '没有日期';
}
