import type { Observation } from '../../domain/account-facts.ts';
import type { SourceView } from '../../domain/account-sources.ts';
import type { FactSet } from '../../domain/fact.ts';
import { defineIndicator } from '../../domain/indicator.ts';
import {
  addMonths,
  type CalendarDate,
  daysBetween,
  shanghaiDate,
  shanghaiText,
} from '../../lib/pure/dates.ts';
import { breached, evidenceOf, met, pictureOf, undetermined } from '../shared/evidence.ts';
import { OBSERVATION_DAYS } from '../shared/judge-silence.ts';
import { SOURCE_FACTS, type SourceFacts } from '../shared/source-sights.ts';

const NEEDS = ['round.monitoredAt', ...SOURCE_FACTS, 'account.observations'] as const;

export const original = defineIndicator({
  id: 'media.notice.original',
  clause: '国办发〔2018〕123号 提高原创信息的比例；三个月没有原创为各地清理的做法（凭记忆）',
  title: { met: '三个月内有原创内容', breached: '三个月没有原创内容' },
  kind: 'notice',
  appliesTo: 'account',
  needs: NEEDS,
  parameters: {
    months: { unit: '月', default: 3, why: '没有见到条文，做成参数' },
    observationDays: OBSERVATION_DAYS,
  },
  judge(facts, { months, observationDays }) {
    const monitored = facts['round.monitoredAt'];
    if (monitored?.state !== 'observed')
      return undetermined('没有监测时间点', ['round.monitoredAt']);
    const day = shanghaiDate(monitored.value);
    const oldest = addMonths(day, -months);
    const observations = facts['account.observations'];
    const sights = observations?.state === 'observed' ? observations.value : [];
    const isRecent = (date: CalendarDate): boolean => date >= oldest && date <= day;
    if (originalsOf(facts).some(isRecent)) return met;
    if (sights.some(({ originalOn }) => isDate(originalOn) && isRecent(originalOn))) return met;
    // What was the newest original after the monitoring day hides the one before it.
    const near = sights.filter(
      ({ originalOn, observedAt }) =>
        (originalOn === 'none' || (isDate(originalOn) && originalOn <= day)) &&
        Math.abs(daysBetween(shanghaiDate(observedAt), day)) <= observationDays,
    );
    const [first, ...rest] = near.map((sight) =>
      evidenceOf(observations!, sight.origin, wordsOf(sight), pictureOf(observations!, sight)),
    );
    if (first) return breached(1, [first, ...rest], first.excerpt);
    return undetermined(
      '信源没有标明原创，也没有监测时间点前后的人工观察，不能证明没有原创；请检查人员看一次并写明最新一条原创的日期',
      ['account.observations'],
    );
  },
});

const isDate = (on: Observation['originalOn']): on is CalendarDate =>
  on !== undefined && on !== null && on !== 'none';

/** Days of originals that sources mark as such; a source that does not tell says nothing. */
function originalsOf(facts: SourceFacts): CalendarDate[] {
  return SOURCE_FACTS.flatMap((key) => {
    const fact = facts[key] as FactSet['account.weibo'];
    if (fact?.state !== 'observed') return [];
    return ((fact.value as Partial<SourceView>).posts ?? [])
      .filter(({ original: isOriginal }) => isOriginal === true)
      .map(({ publishedOn }) => publishedOn);
  });
}

const wordsOf = ({ observedAt, originalOn }: Observation): string =>
  `${shanghaiText(observedAt)} 人工观察：${originalOn === 'none' ? '没有原创内容' : `最新一条原创为 ${originalOn}`}`;
