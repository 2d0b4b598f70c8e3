import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Indicator } from '../../src/domain/indicator.ts';
import type { RulesetFile } from '../../src/domain/resolve-ruleset.ts';
import { isScored } from '../../src/domain/ruleset.ts';
import { ROOT } from '../source-files.ts';
import { indicatorFiles } from './indicator-registry.ts';

/** The catalogue of machine-judged indicators, from the indicators themselves and the national ruleset. */
export async function indicatorCatalogue(): Promise<string> {
  const national = JSON.parse(
    await readFile(join(ROOT, 'rulesets', 'national-2019.json'), 'utf8'),
  ) as RulesetFile;
  const sections: { readonly kind: Indicator['kind']; readonly text: string }[] = [];
  for (const { path, name, id } of indicatorFiles()) {
    const module = (await import(join(ROOT, 'src/indicators', path))) as Record<string, Indicator>;
    const indicator = module[name]!;
    const rule = national.rules?.find((each) => each.id === id);
    const parameters = Object.entries(indicator.parameters).map(
      ([key, spec]) => `| ${key} | ${spec.default} ${spec.unit} | ${spec.why} |`,
    );
    sections.push({
      kind: indicator.kind,
      text: [
        `## ${indicator.title.breached}`,
        '',
        `\`${id}\`（${rule?.shortName ?? ''}）· ${indicator.clause}`,
        '',
        `${indicator.advises === true ? '由人判定，系统只提示疑似之处。' : ''}国家规则集：${rule?.enabled ? '启用' : `未启用（${rule?.reason ?? ''}）`}。${pointsOf(rule)}需要的事实：${indicator.needs.map((key) => `\`${key}\``).join('、')}。`,
        ...(parameters.length > 0
          ? ['', '| 参数 | 默认 | 依据 |', '| --- | --- | --- |', ...parameters]
          : []),
      ].join('\n'),
    });
  }
  const textsOf = (...kinds: readonly Indicator['kind'][]): string =>
    sections
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ text }) => text)
      .join('\n\n');
  return [
    '<!-- 由 npm run generate 生成，不要手改 -->',
    '# 指标目录',
    '',
    '系统能判的单项否决指标。判不了的是“无法判定”，交给人。',
    '',
    textsOf('veto'),
    '',
    '# 门户网站的扣分、加分指标',
    '',
    '只评门户网站。分值未见原文的（待核）不启用、不计分，主管单位核对原文后在规则集里写明分值再启用。同一指标的各条共用一个总分值。',
    '',
    textsOf('deduction', 'bonus'),
    '',
    '## 由人判定的',
    '',
    '| 指标 | 一级指标 | 每处 | 该项总分 | 国家规则集 |',
    '| --- | --- | --- | --- | --- |',
    ...(national.rules ?? [])
      .filter((rule) => isScored(rule) && rule.judgedBy === 'person')
      .map(rowOf),
    '',
    '# 规范提示',
    '',
    '对照建设管理要求的检查。只提示，不进判定、得分、审核和通报；条文凭记忆、未见原文的默认停用。',
    '',
    `${textsOf('notice')}\n`,
  ].join('\n');
}

type RuleRow = NonNullable<RulesetFile['rules']>[number];

const CENTI = 100;
const pointWords = (centipoints: number | null | undefined): string =>
  centipoints === null || centipoints === undefined ? '待核' : `${centipoints / CENTI} 分`;

function pointsOf(rule: RuleRow | undefined): string {
  if (rule === undefined || !isScored(rule)) return '';
  return `每处${pointWords(rule.points)}，该项总分${pointWords(rule.cap)}。`;
}

function rowOf({ id, shortName, group, points, cap, enabled, reason }: RuleRow): string {
  const state = enabled ? '启用' : `未启用（${reason}）`;
  return `| ${shortName}（\`${id}\`） | ${group ?? ''} | ${pointWords(points)} | ${pointWords(cap)} | ${state} |`;
}
