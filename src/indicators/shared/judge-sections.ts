import type { FactSet, RecordedFact } from '../../domain/fact.ts';
import type { Judgement } from '../../domain/finding.ts';
import type { SectionView } from '../../domain/site-facts.ts';
import { type CalendarDate, shanghaiDate } from '../../lib/pure/dates.ts';
import { evidenceOf, undetermined } from './evidence.ts';
import { judgeCount } from './judge-count.ts';
import type { Freshness } from './section-state.ts';
import {
  judgementWithoutSite,
  type ReachabilityParameters,
  undeterminedWithoutPage,
} from './unreachable-site.ts';

type SectionFacts = Pick<
  FactSet,
  'site.sections' | 'site.visits' | 'site.sharedOutage' | 'site.maintenance' | 'round.monitoredAt'
>;

export interface SectionRule {
  readonly parameters: ReachabilityParameters;
  readonly threshold: number;
  readonly unknownReason: string;
  /** What one section is under this sub-rule; `stale` counts, `unknown` could. */
  readonly stateOf: (section: SectionView, monitoredOn: CalendarDate) => Freshness;
  readonly wordsOf: (section: SectionView) => string;
}

/** Counts sections under one sub-rule; what both the stale and the blank rules share. */
export function judgeSections(facts: SectionFacts, rule: SectionRule): Judgement {
  const without = judgementWithoutSite(facts, rule.parameters);
  if (without) return without;
  const monitored = facts['round.monitoredAt'];
  if (monitored?.state !== 'observed') return undetermined('没有监测时间点', ['round.monitoredAt']);
  const sections = facts['site.sections'];
  if (sections?.state !== 'observed') {
    return undeterminedWithoutPage(
      { facts, parameters: rule.parameters },
      '没能看到栏目',
      sections,
      'site.sections',
    );
  }
  const day = shanghaiDate(monitored.value);
  const states = sections.value.map((section) => ({ section, state: rule.stateOf(section, day) }));
  const unknown = states.filter(({ state }) => state === 'unknown');
  return judgeCount({
    certain: states
      .filter(({ state }) => state === 'stale')
      .map(({ section }) => sectionEvidence(sections, section, rule)),
    unknown: unknown.length,
    threshold: rule.threshold,
    unknownReason: `${rule.unknownReason}（${unknown.length} 个栏目没能看清，如“${unknown[0]?.section.name ?? ''}”）`,
    missing: ['site.sections'],
  });
}

function sectionEvidence(fact: RecordedFact<unknown>, section: SectionView, rule: SectionRule) {
  return evidenceOf(
    fact,
    section.url,
    `${section.name}：${rule.wordsOf(section)}`,
    section.snapshot,
  );
}

/** `最后更新 2020-03-02` for evidence. */
export function lastUpdateWords(section: SectionView): string {
  return section.newest
    ? `最后更新 ${section.newest.date.value}“${section.newest.title}”`
    : '没有日期';
}
