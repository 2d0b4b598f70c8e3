import { writeXlsx } from '../documents/workbook.ts';
import type { Acting } from '../domain/acting.ts';
import { type Instant, shanghaiText } from '../lib/pure/dates.ts';
import type { StoreDeps } from '../store/store.ts';
import { CATEGORIES, questionOf } from './compare.ts';
import type { AskedUnit } from './hold-unit.ts';
import { QUESTION_STANDS, reasonWords, STAND_WORDS } from './questions/question.ts';
import {
  type Agreement,
  type LineFilter,
  type ReadComparison,
  readComparison,
  submittedWords,
} from './read-comparison.ts';
import { ruleNames } from './rule-names.ts';
import { selfCheckDb } from './self-check-db.ts';
import { CATEGORY_WORDS, PROVINCE_WORDS } from './words.ts';

const HEAD = [
  ...['比对', '类别', '名称', '主办单位', '指标', '市里的写法', '市里的行号', '市里检查日期'],
  ...['省里', '请核对', '答复情况', '市里的答复', '市里的附件', '省里的意见'],
];

/** Comparison and counts as .xlsx. Throws what {@link readComparison} throws. */
export async function exportComparison(
  deps: StoreDeps,
  acting: Acting,
  { filter, at, ...asked }: AskedUnit & { readonly filter: LineFilter; readonly at: Instant },
): Promise<Uint8Array> {
  const compared = await readComparison(deps, acting, asked, filter);
  const labels = labelsOf(compared);
  const answers = await answersOf(deps, asked);
  const lines = compared.lines.map((line) => [
    ...[CATEGORY_WORDS[line.category], line.kind === 'site' ? '网站' : '新媒体', line.name],
    ...[line.sponsorName, line.ruleIds.map((id) => labels.get(id) ?? id).join('；')],
    ...[line.cityWords.join('；'), line.cityRows.join('、'), line.checkedOn ?? '—'],
    ...[PROVINCE_WORDS[line.province], questionOf(line) ?? ''],
    ...(line.stand === null ? [''] : [STAND_WORDS[line.stand]]),
    ...(answers.get(line.key ?? '') ?? []),
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

/** What both sides said to each question, in the order in which they said it: the city's answers, its files, the province's words. */
async function answersOf(
  { store }: StoreDeps,
  { id, unitId }: AskedUnit,
): Promise<ReadonlyMap<string, readonly [string, string, string]>> {
  const db = selfCheckDb(store.db);
  const own = db
    .selectFrom('self_check_question as q')
    .where('q.self_check_id', '=', id)
    .where('q.unit_id', '=', unitId);
  const steps = await own
    .innerJoin('self_check_answer as a', 'a.question_id', 'q.id')
    .select(['q.key', 'q.category', 'a.step', 'a.reason', 'a.note', 'a.by_name as byName', 'a.at'])
    .orderBy('a.id')
    .execute();
  const files = await own
    .innerJoin('self_check_file as f', 'f.question_id', 'q.id')
    .select(['q.key', 'f.name'])
    .where('f.answer_id', 'is not', null)
    .orderBy('f.id')
    .execute();
  const city = new Map<string, string[]>();
  const province = new Map<string, string[]>();
  const names = new Map<string, string[]>();
  const put = (to: Map<string, string[]>, key: string, text: string): void => {
    to.set(key, [...(to.get(key) ?? []), text]);
  };
  for (const { key, category, step, reason, note, byName, at } of steps) {
    const who = `（${byName}，${shanghaiText(at)}）`;
    if (step === 'answer') put(city, key, withNote(reasonWords(category, reason), note) + who);
    else put(province, key, withNote(step === 'accept' ? '认可' : '追问', note) + who);
  }
  for (const { key, name } of files) put(names, key, name);
  const joined = (from: Map<string, string[]>, key: string): string =>
    (from.get(key) ?? []).join('\n');
  return new Map(
    [...city.keys()].map((key) => [
      key,
      [joined(city, key), joined(names, key), joined(province, key)],
    ]),
  );
}

const withNote = (words: string, note: string): string =>
  note === '' ? words : `${words}：${note}`;

/** Rules of the round by id, as bulletins print them. */
export const labelsOf = ({ round }: Pick<ReadComparison, 'round'>): ReadonlyMap<string, string> =>
  new Map(ruleNames(round.ruleset.rules).map(({ id, label }) => [id, label]));

/** Numbers of a comparison with their names, for tables and the command line. */
export function agreementLines(agreement: Agreement): [string, string][] {
  const { counts, total, checkedSubjects, agreedGood, outsideRound, unmatchedRows, questions } =
    agreement;
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
    ...QUESTION_STANDS.map((stand): [string, string] => [
      STAND_WORDS[stand],
      `${questions[stand]} 处`,
    ]),
  ];
}
