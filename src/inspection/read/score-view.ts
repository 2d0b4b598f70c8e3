import type { Verdict } from '../../domain/finding.ts';
import { isScored, type Rule, type Ruleset } from '../../domain/ruleset.ts';
import type { PointRange, Score, ScoreLine } from '../../domain/score.ts';
import { formatPoints, isScoring } from '../../scoring/index.ts';

/** How a portal was scored in a round, as people read it. Points are centipoints. */
export interface ScoreView {
  /** Chinese: the result in one line, or why there is none. */
  readonly words: string;
  /** Chinese: what makes the result less than the standard's own (待核而未启用, 还没有判定). */
  readonly notes: readonly string[];
  /** Null when nothing was scored: a veto stops it, or no deduction is switched on. */
  readonly total: PointRange | null;
  readonly deduction: (PointRange & { readonly isScaled: boolean }) | null;
  readonly bonus: (PointRange & { readonly isOpen: 'yes' | 'no' | 'maybe' }) | null;
  readonly entries: readonly ScoreEntryView[];
}

export interface ScoreEntryView {
  readonly entryId: string;
  readonly name: string;
  readonly part: 'deduct' | 'bonus';
  readonly group: string;
  readonly cap: number | null;
  readonly counted: PointRange;
  readonly lines: readonly (ScoreLine & {
    readonly label: string;
    readonly judgedBy: Rule['judgedBy'];
  })[];
}

/** Null for whatever is no portal, and before anything was judged. */
export function viewScore(
  ruleset: Ruleset,
  isPortal: boolean,
  verdict: Verdict | null,
): ScoreView | null {
  if (!isPortal || verdict === null) return null;
  const off = ruleset.rules.filter((rule) => isScored(rule) && !rule.enabled).length;
  const nothing = { total: null, deduction: null, bonus: null, entries: [] };
  if (!isScoring(ruleset))
    return {
      ...nothing,
      words: '不计分，只看单项否决',
      notes: [
        `${off} 条扣分、加分指标都没有启用（分值待核）；主管单位确认分值后可在规则集里启用，从下一个批次起计分。`,
      ],
    };
  const score = 'score' in verdict ? (verdict.score ?? null) : null;
  if (score === null) return { ...nothing, words: whyUnscored(verdict), notes: [] };
  const { total, deduction, bonus } = score;
  return {
    words: scoreWords(score),
    notes: notesOf(score, off),
    ...{ total, deduction, bonus },
    entries: score.entries.map((entry) => viewEntry(ruleset, entry)),
  };
}

const whyUnscored = ({ kind }: Verdict): string =>
  kind === 'vetoed' ? '单项否决成立，停止评分' : '有单项否决指标无法判定，还没有评分';

/** `85.5 分`, or `52.5～65 分` while something is undetermined. */
export function rangeWords({ lowest, highest }: PointRange): string {
  const points = lowest === highest ? [lowest] : [lowest, highest];
  return `${points.map(formatPoints).join('～')} 分`;
}

function scoreWords({ total, deduction, bonus }: Score): string {
  const two = `第二部分 ${rangeWords(deduction)}`;
  if (bonus.isOpen === 'no') return `得分 ${rangeWords(total)}（${two}，不进入加分）`;
  const three = `第三部分 ${rangeWords(bonus)}`;
  return `得分 ${rangeWords(total)}（${two}，${bonus.isOpen === 'maybe' ? '能否加分还不能定' : three}）`;
}

function notesOf({ deduction, entries }: Score, off: number): string[] {
  const unseen = entries.flatMap(({ lines }) =>
    lines.filter((line) => line.state !== 'off' && line.unseen !== 0),
  ).length;
  return [
    ...(off > 0 ? [`${off} 条指标待核，没有启用，不计入得分。`] : []),
    ...(unseen > 0 ? [`${unseen} 条指标没能看清，得分是一个范围，或待人核实。`] : []),
    ...(deduction.isScaled
      ? ['没有对外服务职能的国务院部门：不评办事服务，按75分计，得分×4/3。']
      : []),
  ];
}

function viewEntry(ruleset: Ruleset, entry: Score['entries'][number]): ScoreEntryView {
  const rules = new Map(ruleset.rules.map((rule) => [rule.id, rule]));
  const { entryId, part, group, cap, counted, lines } = entry;
  return {
    ...{ entryId, part, group, cap, counted },
    name: rules.get(lines[0]?.ruleId ?? '')?.shortName ?? entryId,
    lines: lines.map((line) => ({
      ...line,
      label: rules.get(line.ruleId)?.label ?? rules.get(line.ruleId)?.shortName ?? line.ruleId,
      judgedBy: rules.get(line.ruleId)?.judgedBy ?? 'person',
    })),
  };
}
