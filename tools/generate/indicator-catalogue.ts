import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Indicator } from '../../src/domain/indicator.ts';
import type { RulesetFile } from '../../src/domain/resolve-ruleset.ts';
import { ROOT } from '../source-files.ts';
import { indicatorFiles } from './indicator-registry.ts';

/** The catalogue of machine-judged indicators, from the indicators themselves and the national ruleset. */
export async function indicatorCatalogue(): Promise<string> {
  const national = JSON.parse(
    await readFile(join(ROOT, 'rulesets', 'national-2019.json'), 'utf8'),
  ) as RulesetFile;
  const sections: { readonly isNotice: boolean; readonly text: string }[] = [];
  for (const { path, name, id } of indicatorFiles()) {
    const module = (await import(join(ROOT, 'src/indicators', path))) as Record<string, Indicator>;
    const indicator = module[name]!;
    const rule = national.rules?.find((each) => each.id === id);
    const parameters = Object.entries(indicator.parameters).map(
      ([key, spec]) => `| ${key} | ${spec.default} ${spec.unit} | ${spec.why} |`,
    );
    sections.push({
      isNotice: indicator.kind === 'notice',
      text: [
        `## ${indicator.title.breached}`,
        '',
        `\`${id}\`（${rule?.shortName ?? ''}）· ${indicator.clause}`,
        '',
        `国家规则集：${rule?.enabled ? '启用' : `未启用（${rule?.reason ?? ''}）`}。需要的事实：${indicator.needs.map((key) => `\`${key}\``).join('、')}。`,
        ...(parameters.length > 0
          ? ['', '| 参数 | 默认 | 依据 |', '| --- | --- | --- |', ...parameters]
          : []),
      ].join('\n'),
    });
  }
  const textsOf = (isNotice: boolean): string =>
    sections
      .filter((section) => section.isNotice === isNotice)
      .map(({ text }) => text)
      .join('\n\n');
  return [
    '<!-- 由 npm run generate 生成，不要手改 -->',
    '# 指标目录',
    '',
    '系统能判的单项否决指标。判不了的是“无法判定”，交给人。',
    '',
    textsOf(false),
    '',
    '# 规范提示',
    '',
    '对照建设管理要求的检查。只提示，不进判定、得分、审核和通报；条文凭记忆、未见原文的默认停用。',
    '',
    `${textsOf(true)}\n`,
  ].join('\n');
}
