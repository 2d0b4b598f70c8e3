import { writeXlsx } from '../documents/workbook.ts';
import type { Acting } from '../domain/acting.ts';
import { type Instant, shanghaiText } from '../lib/pure/dates.ts';
import type { StoreDeps } from '../store/store.ts';
import { CATEGORIES, questionOf } from './compare.ts';
import type { AskedUnit } from './hold-unit.ts';
import {
  type Agreement,
  type LineFilter,
  type ReadComparison,
  readComparison,
  submittedWords,
} from './read-comparison.ts';
import { ruleNames } from './rule-names.ts';
import { CATEGORY_WORDS, PROVINCE_WORDS } from './words.ts';

const HEAD = [
  ...['比对', '类别', '名称', '主办单位', '指标', '市里的写法', '市里的行号', '市里检查日期'],
  ...['省里', '请核对'],
];

/** Comparison and counts as .xlsx. Throws what {@link readComparison} throws. */
export async function exportComparison(
  deps: StoreDeps,
  acting: Acting,
  { filter, at, ...asked }: AskedUnit & { readonly filter: LineFilter; readonly at: Instant },
): Promise<Uint8Array> {
  const compared = await readComparison(deps, acting, asked, filter);
  const labels = labelsOf(compared);
  const lines = compared.lines.map((line) => [
    ...[CATEGORY_WORDS[line.category], line.kind === 'site' ? '网站' : '新媒体', line.name],
    ...[line.sponsorName, line.ruleIds.map((id) => labels.get(id) ?? id).join('；')],
    ...[line.cityWords.join('；'), line.cityRows.join('、'), line.checkedOn ?? '—'],
    ...[PROVINCE_WORDS[line.province], questionOf(line) ?? ''],
  ]);
  const summary = [
    ['项目', '内容'],
    ['单位', compared.unitName],
    ['批次', `${compared.round.label}（${compared.round.period}）`],
    ['自查结果', submittedWords(compared)],
    ...agreementLines(compared.agreement),
    ['说明', '只有一方发现的，是请双方核对的问题，不是瞒报漏报的结论。'],
    ['导出时间', `${shanghaiText(at)}（东八区）`],
  ];
  return writeXlsx([
    { name: '摘要', rows: summary },
    { name: '比对', rows: [HEAD, ...lines] },
  ]);
}

/** Rules of the round by id, as bulletins print them. */
export const labelsOf = ({ round }: Pick<ReadComparison, 'round'>): ReadonlyMap<string, string> =>
  new Map(ruleNames(round.ruleset.rules).map(({ id, label }) => [id, label]));

/** Numbers of a comparison with their names, for tables and the command line. */
export function agreementLines(agreement: Agreement): [string, string][] {
  const { counts, total, checkedSubjects, agreedGood, outsideRound, unmatchedRows } = agreement;
  const share = total === 0 ? '' : `（${((100 * checkedSubjects) / total).toFixed(1)}%）`;
  return [
    ['批次名录里的对象', `${total} 个`],
    ['市里检查并有结果的', `${checkedSubjects} 个${share}`],
    ['双方都没有发现问题的', `${agreedGood} 个`],
    ...CATEGORIES.map((category): [string, string] => [
      CATEGORY_WORDS[category],
      `${counts[category]} 处`,
    ]),
    ['不在这个批次里的对象', `${outsideRound} 个`],
    ['没有对上名录的行', `${unmatchedRows} 行`],
  ];
}
