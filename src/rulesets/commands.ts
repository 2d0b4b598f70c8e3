import { type Command, defineCommand } from '../cli/command.ts';
import { shanghaiText } from '../lib/pure/dates.ts';
import { formatPoints } from '../scoring/index.ts';
import { diffRulesets, type RuleDiff } from './diff-rulesets.ts';
import { listRulesets, loadVersion, parseReference, type RulesetDeps } from './load-ruleset.ts';
import { rulesetView } from './ruleset-view.ts';

const rulesetList = defineCommand<RulesetDeps>({
  words: ['ruleset', 'list'],
  summary: '列出各规则集的各版',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out }) => {
    for (const each of await listRulesets(deps)) {
      const made =
        each.changedAt === null
          ? '随软件提供'
          : `${shanghaiText(each.changedAt)} ${each.changedBy}：${each.reason}`;
      const newest = each.isNewest ? '（最新）' : '';
      out.result(
        each,
        `${each.id}@${each.version}${newest}\t${each.hash.slice(0, 12)}\t${each.name}\t${made}`,
      );
    }
    return 0;
  },
});

const rulesetShow = defineCommand<RulesetDeps>({
  words: ['ruleset', 'show'],
  summary: '显示一版规则集：hunan-2020（最新一版）或 hunan-2020@2',
  positionals: { name: '规则集', min: 1, max: 1 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, args }) => {
    const reference = parseReference(args.positionals[0] ?? '');
    const view = rulesetView(await loadVersion(deps, deps.store.db, reference));
    const rules = view.rules.map((rule) => {
      const { id, isOn, isUnverified, printedLabel, parameters } = rule;
      const own = parameters.filter((each) => each.of === null);
      const numbers = [
        ...own.map(({ name, value, unit }) => `${name}=${value}${unit}`),
        ...(rule.class !== 'deduction' && rule.class !== 'bonus'
          ? []
          : [`每处=${pointWords(rule.points)} 总分=${pointWords(rule.cap)}`]),
      ].join(' ');
      return `${isOn ? '启用' : '停用'}${isUnverified ? ' 待核' : ''}\t${id}\t${printedLabel}\t${numbers}`;
    });
    out.result(
      view,
      [`${view.id}@${view.version}  ${view.name}  ${view.hash}`, ...rules].join('\n'),
    );
    return 0;
  },
});

const rulesetDiff = defineCommand<RulesetDeps>({
  words: ['ruleset', 'diff'],
  summary: '比较两版：ruleset diff hunan-2020@1 hunan-2020@2',
  positionals: { name: '规则集', min: 2, max: 2 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, args }) => {
    const [first = '', second = ''] = args.positionals;
    const [from, to] = [
      await loadVersion(deps, deps.store.db, parseReference(first)),
      await loadVersion(deps, deps.store.db, parseReference(second)),
    ];
    const diff = diffRulesets(from.ruleset, to.ruleset);
    const lines = [
      ...(diff.isPercentChanged ? ['百分数的印法不同'] : []),
      ...(diff.isScaleChanged ? ['计分的满分、及格线或加分线不同'] : []),
      ...diff.rules.flatMap(diffWords),
    ];
    out.result(diff, lines.length === 0 ? '没有不同。' : lines.join('\n'));
    return 0;
  },
});

/** Centipoints as 分, or that nobody knows them. */
const pointWords = (centipoints: number | null): string =>
  centipoints === null ? '待核' : `${formatPoints(centipoints)}分`;

function diffWords({ ruleId, isOn, label, parameters, reason, ...scored }: RuleDiff): string[] {
  const { points, cap } = scored;
  const words = [
    ...(isOn ? [isOn.to ? '停用 → 启用' : '启用 → 停用'] : []),
    ...(label ? [`印作 ${label.from} → ${label.to}`] : []),
    ...parameters.map(({ name, from, to }) => `${name} ${from ?? '无'} → ${to ?? '无'}`),
    ...(points ? [`每处 ${pointWords(points.from)} → ${pointWords(points.to)}`] : []),
    ...(cap ? [`总分 ${pointWords(cap.from)} → ${pointWords(cap.to)}`] : []),
    ...(reason ? [`理由：${reason.to === '' ? '无' : reason.to}`] : []),
  ];
  return words.map((each) => `${ruleId}\t${each}`);
}

export const rulesetCommands: readonly Command<RulesetDeps>[] = [
  rulesetList,
  rulesetShow,
  rulesetDiff,
];
