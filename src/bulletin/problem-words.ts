import type { Ruleset } from '../domain/ruleset.ts';

/** How the running text speaks of a rule; the annexes print the ruleset's label. */
export interface ProblemWords {
  /** A noun: 被通报`更新不及时`问题. */
  readonly topic: string;
  /** What the subject did: `X网站` `未提供办事服务功能`. */
  readonly predicate: string;
}

const same = (words: string): ProblemWords => ({ topic: words, predicate: words });

/** In the words of the founding document where it has them. No figures here: each figure of the text is reconciled. */
const WORDS: Readonly<Record<string, ProblemWords>> = {
  'site.veto.unreachable': {
    topic: '网站无法访问',
    predicate: '登记为正常运行，实际无法正常访问',
  },
  'site.veto.home-stale': { topic: '首页不更新', predicate: '首页长期未更新' },
  'site.veto.column-stale.key': {
    topic: '重点栏目更新不及时',
    predicate: '动态要闻、通知公告、政策文件类栏目更新不及时',
  },
  'site.veto.column-stale.should': {
    topic: '栏目更新不及时',
    predicate: '多个应更新栏目长期未更新',
  },
  'site.veto.column-stale.blank': { topic: '栏目空白', predicate: '存在多个空白栏目' },
  'site.veto.interaction.no-channel': same('未提供网上有效咨询建言渠道'),
  'site.veto.interaction.unanswered': {
    topic: '留言回应不及时',
    predicate: '长期未回应网民有效留言',
  },
  'site.veto.service.none': same('未提供办事服务功能'),
  'site.veto.service.guide5': {
    topic: '办事指南要素缺失',
    predicate: '多个事项办事指南重点要素缺失',
  },
  'site.veto.service.guide-all': {
    topic: '办事指南要素缺失',
    predicate: '全部事项办事指南重点要素缺失',
  },
  'media.veto.stale.two-weeks': same('更新不及时'),
  'media.veto.stale.app': same('无法下载或使用'),
  'media.veto.interaction.none': same('未提供有效互动功能'),
};

/** What the text says of a portal that no veto fails; its points stand in the annex, for each figure of the text is reconciled. */
const SCORED_TOO_LOW = '扣分指标得分低于合格线';

/** The predicates under which a row of annex 2 stands in the text: one for each of its rules, or one for its score. */
export function predicatesOf(
  ruleset: Ruleset,
  row: { readonly rules: readonly string[]; readonly score?: string },
): readonly { readonly predicate: string; readonly ruleId: string | null }[] {
  if (row.score !== undefined) return [{ predicate: SCORED_TOO_LOW, ruleId: null }];
  return row.rules.map((ruleId) => ({
    predicate: problemWords(ruleset, ruleId).predicate,
    ruleId,
  }));
}

/** Words of a rule for the running text: a template's, else ours; a rule without words of its own is quoted by its label. */
export function problemWords(
  ruleset: Ruleset,
  ruleId: string,
  own: Readonly<Record<string, ProblemWords>> = {},
): ProblemWords {
  const words = own[ruleId] ?? WORDS[ruleId];
  if (words) return words;
  const label = ruleset.rules.find((rule) => rule.id === ruleId)?.printedLabel ?? ruleId;
  return { topic: `“${label}”`, predicate: `存在“${label}”问题` };
}
