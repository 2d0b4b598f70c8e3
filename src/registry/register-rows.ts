import type { AccountIdentity } from '../domain/account-identity.ts';
import type { AccountRecord } from '../domain/account-record.ts';
import type { SourceKind } from '../domain/account-sources.ts';
import type { SubjectStatus } from '../domain/subject.ts';
import { endOfDay, type Instant, isCalendarDate, shanghaiInstant } from '../lib/pure/dates.ts';
import type { Secret } from '../lib/pure/secret.ts';
import { OWN_FIELDS } from './account-fields.ts';
import { readPublicUrl } from './public-url.ts';

/** Where a row stands, for messages: `名册.xlsx 的“网站”第 12 行`. */
export interface RowPlace {
  readonly file: string;
  readonly sheet: string;
  readonly row: number;
}

export interface UnitRowInput {
  readonly place: RowPlace;
  readonly name: string;
  readonly parent: string;
  readonly aliases: readonly string[];
  readonly formerNames: readonly string[];
  readonly printRow: string | null;
  readonly printOrder: number | null;
  readonly divisionCode: string | null;
}

export interface SiteRowInput {
  readonly place: RowPlace;
  readonly siteCode: string;
  readonly name: string;
  readonly sponsor: string;
  readonly printRow: string | null;
  readonly homeUrl: string;
  readonly status: SubjectStatus;
  readonly isPortal: boolean;
  readonly hasService: boolean;
  readonly monitoredAt: Instant | null;
}

/** Where an account can be read, as a register names it. What inspectors see is no source of the register. */
export interface SourceInput {
  readonly kind: Exclude<SourceKind, 'observation'>;
  /** '' = the platform's own address. */
  readonly address: string;
  /** AppID, uid or open_id. */
  readonly identity: string;
  /** Null = as it is already. */
  readonly secret: Secret | null;
}

export interface AccountRowInput {
  readonly place: RowPlace;
  readonly platform: string;
  readonly name: string;
  readonly accountId: string;
  readonly sponsor: string;
  readonly printRow: string | null;
  readonly status: SubjectStatus;
  /** What the row names of where the account can be read; what it does not name stays as it is. */
  readonly sources: readonly SourceInput[];
  readonly monitoredAt: Instant | null;
  /** Own fields that the file has a column for; of an account that is known the others stay as they are. */
  readonly given: ReadonlySet<string>;
  /** Further columns that the file says something about. */
  readonly record: Partial<AccountRecord>;
  /** One of a kind at most. */
  readonly identities: readonly AccountIdentity[];
}

/** One cell's complaint. `column` is the header as the sheet shows it. */
export interface RowError {
  readonly place: RowPlace;
  readonly column: string;
  readonly message: string;
}

export function wordError({ place, column, message }: RowError): string {
  const where = column === '' ? '' : `“${column}”列`;
  return `${place.file} 工作表“${place.sheet}”第 ${place.row} 行${where}：${message}`;
}

/** A row's cells by field, with the means to complain about one. */
export class RowReader {
  readonly place: RowPlace;
  readonly #cell: (field: string) => string;
  readonly #headerOf: (field: string) => string;
  readonly #has: (field: string) => boolean;
  readonly #errors: RowError[];
  /** What a map says an empty cell means: nothing, or that what was there goes. Null without a map. */
  readonly blank: 'keep' | 'clear' | null;

  constructor(source: {
    place: RowPlace;
    cell: (field: string) => string;
    headerOf: (field: string) => string;
    has: (field: string) => boolean;
    blank?: 'keep' | 'clear' | null;
    errors: RowError[];
  }) {
    this.place = source.place;
    this.#cell = source.cell;
    this.#headerOf = source.headerOf;
    this.#has = source.has;
    this.#errors = source.errors;
    this.blank = source.blank ?? null;
  }

  text(field: string): string {
    return this.#cell(field);
  }

  /** Whether the file has a column for it. */
  has(field: string): boolean {
    return this.#has(field);
  }

  optional(field: string): string | null {
    return this.#cell(field) || null;
  }

  required(field: string): string {
    const value = this.#cell(field);
    if (value === '') this.complain(field, '不能为空');
    return value;
  }

  list(field: string): string[] {
    return this.#cell(field)
      .split(/[;；、,，|]/)
      .map((each) => each.trim())
      .filter((each) => each !== '');
  }

  complain(field: string, message: string): void {
    this.#errors.push({ place: this.place, column: this.#headerOf(field), message });
  }
}

const NAME_MAX = 200;

export function readUnitRow(row: RowReader): UnitRowInput {
  const order = row.text('printOrder');
  const code = row.optional('divisionCode');
  if (order !== '' && !/^\d{1,9}$/.test(order)) row.complain('printOrder', `“${order}”不是整数`);
  if (code !== null && !/^\d{6}$/.test(code)) row.complain('divisionCode', `“${code}”不是六位数字`);
  return {
    place: row.place,
    name: checkedName(row, 'name'),
    parent: row.text('parent'),
    aliases: row.list('aliases'),
    formerNames: row.list('formerNames'),
    printRow: row.optional('printRow'),
    printOrder: order === '' ? null : Number(order),
    divisionCode: code,
  };
}

export function readSiteRow(row: RowReader): SiteRowInput {
  const siteCode = row.required('siteCode');
  if (siteCode !== '' && !/^(\d{10}|bm\d{8})$/i.test(siteCode))
    row.complain('siteCode', `“${siteCode}”应是 10 位数字，或 bm 加 8 位数字`);
  return {
    place: row.place,
    siteCode: siteCode.toLowerCase(),
    name: checkedName(row, 'name'),
    sponsor: row.required('sponsor'),
    printRow: row.optional('printRow'),
    homeUrl: readUrl(row, 'homeUrl', row.required('homeUrl')),
    status: readStatus(row),
    isPortal: readYesNo(row, 'isPortal', false),
    hasService: readYesNo(row, 'hasService', true),
    monitoredAt: readMonitoredAt(row),
  };
}

export function readAccountRow(
  row: RowReader,
  { sources, ...further }: Pick<AccountRowInput, 'sources' | 'accountId' | 'record' | 'identities'>,
): AccountRowInput {
  return {
    place: row.place,
    platform: row.required('platform'),
    name: checkedName(row, 'name'),
    sponsor: row.required('sponsor'),
    printRow: row.optional('printRow'),
    status: readStatus(row),
    sources,
    monitoredAt: readMonitoredAt(row),
    given: givenFields(row),
    ...further,
  };
}

/** An empty cell empties an own field unless a map says that it keeps it; it never takes an account's id away. */
function givenFields(row: RowReader): Set<string> {
  return new Set(
    Object.keys(OWN_FIELDS).filter(
      (field) =>
        row.has(field) &&
        (row.text(field) !== '' || (row.blank !== 'keep' && field !== 'accountId')),
    ),
  );
}

function checkedName(row: RowReader, field: string): string {
  const name = row.required(field);
  if (name.length > NAME_MAX) row.complain(field, `超过 ${NAME_MAX} 个字`);
  return name.slice(0, NAME_MAX);
}

export function readUrl(row: RowReader, field: string, text: string): string {
  if (text === '') return '';
  const { href, complaint } = readPublicUrl(text);
  if (complaint !== undefined) row.complain(field, complaint);
  return href;
}

const STATUS_WORDS: Readonly<Record<string, SubjectStatus>> = {
  '': 'running',
  正常: 'running',
  正常运行: 'running',
  运行: 'running',
  运行中: 'running',
  在用: 'running',
  running: 'running',
  暂停: 'suspended',
  暂停更新: 'suspended',
  例行调整: 'suspended',
  临时下线: 'suspended',
  suspended: 'suspended',
  拟关停: 'closing',
  申请下线: 'closing',
  关停中: 'closing',
  closing: 'closing',
  已关停: 'closed',
  关停: 'closed',
  永久下线: 'closed',
  closed: 'closed',
  已注销: 'deregistered',
  注销: 'deregistered',
  deregistered: 'deregistered',
  已迁移: 'migrated',
  迁移: 'migrated',
  migrated: 'migrated',
  申请开设: 'applied',
  待开通: 'applied',
  applied: 'applied',
};

function readStatus(row: RowReader): SubjectStatus {
  const text = row.text('status').replace(/\s+/g, '');
  const status = STATUS_WORDS[text];
  if (status === undefined) row.complain('status', `“${text}”不认识；可写 正常、暂停、已关停`);
  return status ?? 'running';
}

function readYesNo(row: RowReader, field: string, whenEmpty: boolean): boolean {
  const text = row.text(field);
  if (text === '') return whenEmpty;
  if (/^(是|有|y|yes|true|1)$/i.test(text)) return true;
  if (/^(否|无|没有|n|no|false|0)$/i.test(text)) return false;
  row.complain(field, `“${text}”应写 是/否 或 有/无`);
  return whenEmpty;
}

function readMonitoredAt(row: RowReader): Instant | null {
  const text = row.text('monitoredAt');
  if (text === '') return null;
  const at = isCalendarDate(text) ? endOfDay(text) : shanghaiInstant(text);
  if (at === null) row.complain('monitoredAt', `“${text}”应写 2020-09-17 或 2020-09-17 18:00`);
  return at;
}
