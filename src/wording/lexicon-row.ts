import {
  type LexiconTerm,
  NAME_KINDS,
  type NameKind,
  type ProtectedName,
  type Role,
} from '../derive/text/lexicon.ts';
import type { TextSeverity } from '../domain/facts/text-facts.ts';
import { type CalendarDate, calendarDate } from '../lib/pure/dates.ts';
import type { LexiconField } from './lexicon-columns.ts';

/** Longest wording of a lexicon, in characters: longer ones are sentences. */
const WORDING_MAX = 60;
const EXCEPTIONS_MAX = 200;

const SEVERITIES: Readonly<Record<string, TextSeverity>> = {
  veto: 'veto',
  单项否决: 'veto',
  否决: 'veto',
  严重表述错误: 'veto',
  serious: 'serious',
  严重: 'serious',
  ordinary: 'ordinary',
  一般: 'ordinary',
  普通: 'ordinary',
  notice: 'notice',
  提示: 'notice',
  提醒: 'notice',
};

const KINDS: Readonly<Record<string, NameKind>> = {
  国名: 'state',
  机构: 'organ',
  单位: 'organ',
  口号: 'slogan',
  政治口号: 'slogan',
  人名: 'person',
  姓名: 'person',
  领导姓名: 'person',
  地名: 'place',
  其他: 'other',
};

/** Ends each entry of a JSON list in its cell: an exception may hold the marks that part those of a sheet (甲、乙). */
const LIST_END = '\u0000';

/** A JSON list as the cell of a row. */
export const listCell = (values: readonly unknown[]): string =>
  values.map((value) => `${String(value)}${LIST_END}`).join('');

const listOf = (cell: string): string[] =>
  cell.includes(LIST_END) ? cell.split(LIST_END) : cell.split(/[|｜；;、\n]/);

/** One row of a lexicon file, read field by field; `errors` are Chinese, for the person who keeps the file. */
export class LexiconRow {
  readonly errors: string[] = [];
  private readonly cells: ReadonlyMap<LexiconField, string>;

  constructor(cells: ReadonlyMap<LexiconField, string>) {
    this.cells = cells;
  }

  isBlank(): boolean {
    return [...this.cells.values()].every((cell) => cell === '');
  }

  term(): LexiconTerm {
    const wrong = this.wording('wrong', '错误写法');
    const right = this.cell('right');
    if (wrong !== '' && wrong === right) this.errors.push(`“${wrong}”的错误写法和正确写法相同`);
    return {
      wrong,
      right,
      class: this.cell('class') || 'expression',
      severity: this.severity('ordinary'),
      ...this.rest(),
    };
  }

  name(): ProtectedName {
    const name = this.wording('name', '保护名称');
    if (name.length === 1) this.errors.push(`“${name}”只有一个字，无法保护`);
    const kind = this.cell('kind');
    const known = KINDS[kind] ?? NAME_KINDS.find((one) => one === kind);
    if (kind !== '' && known === undefined)
      this.errors.push(`种类“${kind}”应是 ${Object.keys(KINDS).join('、')} 之一`);
    return {
      name,
      kind: known ?? 'other',
      class: this.cell('class') || 'protectedName',
      severity: this.severity('veto'),
      ...this.rest(),
    };
  }

  role(): Role {
    return {
      person: this.wording('person', '姓名'),
      post: this.wording('post', '职务'),
      organ: this.cell('organ'),
      from: this.date('validFrom'),
      to: this.date('validTo'),
      ...this.rank(),
    };
  }

  word(): string {
    return this.wording('word', '词语');
  }

  private rest(): Pick<LexiconTerm, 'validFrom' | 'validTo' | 'exceptions'> {
    const [validFrom, validTo] = [this.date('validFrom'), this.date('validTo')];
    if (validFrom !== null && validTo !== null && validFrom > validTo)
      this.errors.push(`生效日期 ${validFrom} 晚于失效日期 ${validTo}`);
    const exceptions = listOf(this.cell('exceptions'))
      .map((one) => one.trim())
      .filter((one) => one !== '');
    if (exceptions.length > EXCEPTIONS_MAX) this.errors.push(`例外超过 ${EXCEPTIONS_MAX} 个`);
    return { validFrom, validTo, exceptions };
  }

  private rank(): Pick<Role, 'rank'> {
    const text = this.cell('rank');
    if (text === '') return {};
    if (!/^[1-9]\d{0,3}$/.test(text)) this.errors.push(`排序“${text}”应是 1 到 9999 的整数`);
    return { rank: Number(text) };
  }

  private cell(field: LexiconField): string {
    return this.cells.get(field) ?? '';
  }

  private wording(field: LexiconField, title: string): string {
    const text = this.cell(field);
    if (text === '') this.errors.push(`没有${title}`);
    if (text.length > WORDING_MAX) this.errors.push(`${title}超过 ${WORDING_MAX} 字`);
    return text;
  }

  private severity(otherwise: TextSeverity): TextSeverity {
    const text = this.cell('severity');
    if (text === '') return otherwise;
    const known = SEVERITIES[text.toLowerCase()];
    if (known === undefined)
      this.errors.push(
        `严重程度“${text}”应是 veto（单项否决）、serious（严重）、ordinary（一般）、notice（提示）之一`,
      );
    return known ?? otherwise;
  }

  /** `2018-03-17`, `2018/3/17`, `2018.3.17`, `20180317`, `2018年3月17日`, or the day of an ISO instant; empty = open. */
  private date(field: LexiconField): CalendarDate | null {
    const text = this.cell(field);
    if (text === '' || /^(?:null|至今|今|现任|-|—)$/.test(text)) return null;
    const parts =
      /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?:日|[T ].*)?$/.exec(text) ??
      /^(\d{4})(\d{2})(\d{2})$/.exec(text);
    const date = parts && calendarDate(Number(parts[1]), Number(parts[2]), Number(parts[3]));
    if (!date) this.errors.push(`日期“${text}”应写成 2018-03-17`);
    return date;
  }
}
