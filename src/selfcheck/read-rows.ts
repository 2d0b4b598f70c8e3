import { readTable } from '../documents/workbook.ts';
import type { SubjectKind } from '../domain/subject.ts';
import { type CalendarDate, isCalendarDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { type NamedSubject, sniffUpload } from '../registry/index.ts';

export const CHECK_RESULTS = ['good', 'bad', 'unclear'] as const;
export type CheckResult = (typeof CHECK_RESULTS)[number];

/** One row of a city's file: a subject that was looked at, and at most one problem of it. */
export interface GivenRow extends NamedSubject {
  /** Row of the file. */
  readonly number: number;
  readonly checkedOn: CalendarDate;
  readonly result: CheckResult;
  readonly ruleId: string | null;
  /** What is wrong in the city's own words; '' where a rule says it. */
  readonly problem: string;
}

/** Columns, the first name of each as the template has it. */
export const COLUMNS = {
  kind: ['类别', '对象类别', '类型'],
  name: ['名称', '网站名称', '账号名称', '网站（账号）名称'],
  identity: ['标识码或账号ID', '网站标识码', '标识码', '账号ID', '账号'],
  platform: ['平台', '账号平台'],
  url: ['网址', '首页网址', '网站域名', '域名'],
  sponsor: ['主办单位', '所属单位'],
  checkedOn: ['检查日期', '检查时间', '自查日期', '自查时间'],
  result: ['检查结果', '结果', '自查结果', '是否合格'],
  rule: ['指标', '指标名称', '问题类型', '突出问题'],
  problem: ['问题描述', '存在问题', '问题', '具体问题'],
} as const;
type Column = keyof typeof COLUMNS;
const NEEDED: readonly Column[] = ['name', 'checkedOn', 'result'];

/** A large city has some thousand subjects; more rows are a file of something else. */
export const ROWS_MAX = 20_000;
export const FILE_BYTES_MAX = 16 * 1024 * 1024;
const TITLE_ROWS_MAX = 10;
const COMPLAINTS_MAX = 50;
const LENGTHS: Readonly<Record<Column, number>> = {
  ...{ kind: 20, name: 200, identity: 200, platform: 60, url: 1_000, sponsor: 200 },
  ...{ checkedOn: 40, result: 20, rule: 200, problem: 1_000 },
};
const KINDS: readonly (readonly [RegExp, SubjectKind])[] = [
  [/^(政府)?(门户)?网站$/, 'site'],
  [/^(政务)?(新媒体|账号)(账号)?$/, 'account'],
];
const RESULTS: readonly (readonly [RegExp, CheckResult])[] = [
  [/^(正常|合格|达标|无问题|没有问题|未发现问题|无)$/, 'good'],
  [/^(有问题|存在问题|不合格|不达标|异常|发现问题|有)$/, 'bad'],
  [/^(无法判定|无法核实|不能判定|没有查清|未查清)$/, 'unclear'],
];
const fold = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

export type RuleReader = (kind: SubjectKind, text: string) => string | null;

/**
 * Reads a city's file (.xlsx, .csv). Throws {@link UserError} `selfcheck.file`, `selfcheck.columns`, `selfcheck.rows` (with the faulty
 * rows), `registry.import.type`, `workbook.*`: of a faulty file nothing is taken, and everything that is wrong is told at once.
 */
export async function readRows(
  file: { readonly name: string; readonly bytes: Uint8Array },
  { readRule, today }: { readonly readRule: RuleReader; readonly today: CalendarDate },
): Promise<GivenRow[]> {
  if (file.bytes.byteLength > FILE_BYTES_MAX)
    throw new UserError('selfcheck.file', '文件超过 16 MB；请分开填报，或去掉图片。');
  if (sniffUpload(file.name, file.bytes) === 'json')
    throw new UserError('selfcheck.file', '请上传 .xlsx 或 .csv；可以先下载模板。');
  const rows = await readTable(file.bytes, file.name);
  const { start, at } = columnsOf(rows);
  const given = rows
    .map((cells, index) => ({ cells, number: index + 1 }))
    .slice(start)
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (given.length === 0)
    throw new UserError('selfcheck.rows', '表头下面没有内容；检查过的每个对象至少填一行。');
  if (given.length > ROWS_MAX)
    throw new UserError(
      'selfcheck.rows',
      `一次最多 ${ROWS_MAX} 行，这个文件有 ${given.length} 行。`,
    );
  const complaints: string[] = [];
  const read = given.flatMap(({ cells, number }) => {
    const reader = new RowReader((column) => (cells[at.get(column) ?? -1] ?? '').trim());
    const row = reader.read({ number, readRule, today });
    complaints.push(...reader.complaints.map((words) => `第 ${number} 行：${words}`));
    return row === null ? [] : [row];
  });
  refuseRows(complaints);
  return read;
}

/** Throws {@link UserError} `selfcheck.rows` when there is anything to complain of. */
export function refuseRows(complaints: readonly string[]): void {
  if (complaints.length === 0) return;
  const left = complaints.length - COMPLAINTS_MAX;
  throw new UserError(
    'selfcheck.rows',
    `有 ${complaints.length} 处要改，没有导入，原来的草稿不变。请改好后再导入：`,
    {
      details: [
        ...complaints.slice(0, COMPLAINTS_MAX),
        ...(left > 0 ? [`……另有 ${left} 处没有列出`] : []),
      ],
    },
  );
}

function columnsOf(rows: readonly (readonly string[])[]): {
  start: number;
  at: ReadonlyMap<Column, number>;
} {
  let nearest: readonly Column[] = NEEDED;
  for (const [index, cells] of rows.slice(0, TITLE_ROWS_MAX).entries()) {
    const at = new Map<Column, number>();
    for (const [column, names] of Object.entries(COLUMNS)) {
      const found = cells.findIndex((cell) => (names as readonly string[]).includes(fold(cell)));
      if (found >= 0) at.set(column as Column, found);
    }
    const missing = NEEDED.filter((column) => !at.has(column));
    if (missing.length === 0) return { start: index + 1, at };
    if (missing.length < nearest.length) nearest = missing;
  }
  throw new UserError(
    'selfcheck.columns',
    `表头不对：缺少${nearest.map((column) => `“${COLUMNS[column][0]}”`).join('')}。请用模板填报，列名不要改。`,
  );
}

/** Reads the cells of one row; what is wrong is added to its complaints. */
class RowReader {
  readonly complaints: string[] = [];
  readonly #raw: (column: Column) => string;

  constructor(raw: (column: Column) => string) {
    this.#raw = raw;
  }

  read(about: {
    readonly number: number;
    readonly readRule: RuleReader;
    readonly today: CalendarDate;
  }): GivenRow | null {
    const name = this.#cell('name');
    if (name === '') this.#complain('name', '不能为空');
    const platform = this.#cell('platform');
    const kind = this.#kind(platform);
    const checkedOn = this.#day(about.today);
    const [rule, problem] = [this.#cell('rule'), this.#cell('problem')];
    const result = this.#result(rule !== '' || problem !== '');
    if (result === 'good' && (rule !== '' || problem !== ''))
      this.#complain('result', '写了“正常”，又写了问题，请改成一致');
    if (result === 'bad' && rule === '' && problem === '')
      this.#complain('problem', '写了“有问题”，请写明是什么问题');
    const named = {
      ...{ kind, name, platform, identity: this.#cell('identity') },
      ...{ url: this.#cell('url'), sponsor: this.#cell('sponsor') },
    };
    if (this.complaints.length > 0 || checkedOn === null || result === null) return null;
    const words = readProblem(kind, { rule, problem }, about.readRule);
    return { number: about.number, ...named, checkedOn, result, ...words };
  }

  #cell(column: Column): string {
    const text = this.#raw(column);
    // Formulas are read by their results; these have none.
    if (text.startsWith('=') || /^#(REF|N\/A|VALUE|NAME\?|DIV\/0|NUM|NULL)!?$/.test(text))
      this.#complain(column, `“${text.slice(0, 30)}”是公式，请粘贴成值`);
    else if (text.length > LENGTHS[column])
      this.#complain(column, `不能超过 ${LENGTHS[column]} 字`);
    return text;
  }

  #complain(column: Column, words: string): void {
    this.complaints.push(`“${COLUMNS[column][0]}”${words}`);
  }

  #kind(platform: string): SubjectKind {
    const text = this.#cell('kind');
    if (text === '') return platform === '' ? 'site' : 'account';
    const kind = KINDS.find(([words]) => words.test(fold(text)))?.[1];
    if (kind === undefined) this.#complain('kind', `“${text}”请写“网站”或“新媒体”`);
    return kind ?? 'site';
  }

  #result(hasProblem: boolean): CheckResult | null {
    const text = this.#cell('result');
    if (text === '' && hasProblem) return 'bad';
    const result = RESULTS.find(([words]) => words.test(fold(text)))?.[1] ?? null;
    if (result === null) this.#complain('result', `“${text}”请写“正常”“有问题”或“无法判定”`);
    return result;
  }

  #day(today: CalendarDate): CalendarDate | null {
    const text = this.#cell('checkedOn');
    const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s.*)?$/.exec(text);
    const date = match
      ? `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}`
      : text;
    if (!isCalendarDate(date)) {
      this.#complain('checkedOn', `“${text}”请写成 2026-11-16`);
      return null;
    }
    if (date > today) this.#complain('checkedOn', `“${date}”还没有到`);
    return date;
  }
}

/** A rule where its words mean one; what means none stays what the city wrote. */
function readProblem(
  kind: SubjectKind,
  { rule, problem }: { readonly rule: string; readonly problem: string },
  readRule: RuleReader,
): Pick<GivenRow, 'ruleId' | 'problem'> {
  if (rule !== '') {
    const ruleId = readRule(kind, rule);
    if (ruleId !== null) return { ruleId, problem };
    return { ruleId: null, problem: problem === '' ? rule : `${rule}：${problem}` };
  }
  const ruleId = problem === '' ? null : readRule(kind, problem);
  return { ruleId, problem: ruleId === null ? problem : '' };
}
