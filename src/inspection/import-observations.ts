import { readTable } from '../documents/workbook.ts';
import type { InteractionWay } from '../domain/account-facts.ts';
import { recordAudit } from '../identity/index.ts';
import { type Instant, isCalendarDate, shanghaiDate, shanghaiInstant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { listAccounts } from '../registry/index.ts';
import type { Store } from '../store/store.ts';
import { inTransaction } from './inspection-db.ts';
import { type NewObservation, saveObservations } from './observation.repository.ts';

const FIELDS = {
  platform: ['平台', '账号平台', 'platform'],
  accountId: ['账号ID', '账号', '微信号', 'accountId'],
  observedAt: ['观察时间', '观测时间', '查看时间', 'observedAt'],
  newestOn: ['最新一条日期', '最新日期', '最后更新时间', '最后更新日期', 'newestOn'],
  ways: ['看到的互动方式', '互动方式', 'ways'],
  testedAt: ['测试留言时刻', '测试留言时间', 'testedAt'],
  repliedAt: ['回复时刻', '回复时间', 'repliedAt'],
  image: ['图片', '截图', 'image'],
} as const;
type Field = keyof typeof FIELDS;

const NEEDED: readonly Field[] = ['platform', 'accountId', 'observedAt', 'newestOn'];
const WAYS: ReadonlySet<string> = new Set<InteractionWay>([
  '评论',
  '私信',
  '留言',
  '菜单',
  '自动回复',
  '转发',
]);
const ERRORS_MAX = 500;
const TITLE_ROWS_MAX = 10;

/** Imports what inspectors saw; all rows or none. Throws {@link UserError} `observation.rows` listing every faulty cell. */
export async function importObservations(
  deps: { store: Store },
  actor: string,
  input: { fileName: string; bytes: Uint8Array; now: Instant },
): Promise<{ added: number; unchanged: number }> {
  const rows = await readTable(input.bytes, input.fileName);
  const header = findColumns(rows, input.fileName);
  return inTransaction(deps.store, async (trx) => {
    const accounts = new Map(
      (await listAccounts(trx)).map((account) => [
        `${account.platform}\u0000${account.accountId}`,
        account.id,
      ]),
    );
    const errors: string[] = [];
    const observations = rows.slice(header.rowIndex + 1).flatMap((cells, index) => {
      if (cells.every((cell) => cell.trim() === '')) return [];
      const line = header.rowIndex + index + 2;
      const reader = new ObservationReader(
        cells,
        header.columns,
        `${input.fileName} 第 ${line} 行`,
        errors,
      );
      return reader.read({ accounts, origin: `${input.fileName}:${line}`, now: input.now }) ?? [];
    });
    if (errors.length > 0) {
      const details = errors.slice(0, ERRORS_MAX);
      if (errors.length > ERRORS_MAX)
        details.push(`……另有 ${errors.length - ERRORS_MAX} 处没有列出`);
      throw new UserError(
        'observation.rows',
        `人工观察有 ${errors.length} 处错误，没有导入任何内容。请逐处改正后再导入：`,
        { details },
      );
    }
    const added = await saveObservations(trx, observations);
    await recordAudit(trx, {
      actor,
      action: 'observation.import',
      detail: { file: input.fileName, rows: observations.length, added },
    });
    return { added, unchanged: observations.length - added };
  });
}

function findColumns(
  rows: readonly (readonly string[])[],
  fileName: string,
): { rowIndex: number; columns: ReadonlyMap<Field, number> } {
  const fold = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
  for (let rowIndex = 0; rowIndex < Math.min(TITLE_ROWS_MAX, rows.length); rowIndex += 1) {
    const columns = new Map<Field, number>();
    for (const [field, words] of Object.entries(FIELDS) as [Field, readonly string[]][]) {
      const at = rows[rowIndex]!.findIndex((cell) =>
        words.some((word) => fold(word) === fold(cell)),
      );
      if (at >= 0) columns.set(field, at);
    }
    if (NEEDED.every((field) => columns.has(field))) return { rowIndex, columns };
  }
  throw new UserError(
    'observation.headers',
    `${fileName} 的表头不对：应有 ${Object.values(FIELDS)
      .map((words) => words[0])
      .join('、')}。`,
  );
}

class ObservationReader {
  readonly #cells: readonly string[];
  readonly #columns: ReadonlyMap<Field, number>;
  readonly #place: string;
  readonly #errors: string[];

  constructor(
    cells: readonly string[],
    columns: ReadonlyMap<Field, number>,
    place: string,
    errors: string[],
  ) {
    this.#cells = cells;
    this.#columns = columns;
    this.#place = place;
    this.#errors = errors;
  }

  read(context: {
    accounts: ReadonlyMap<string, number>;
    origin: string;
    now: Instant;
  }): NewObservation | null {
    const before = this.#errors.length;
    const [platform, id] = [this.#cell('platform'), this.#cell('accountId')];
    const accountId = context.accounts.get(`${platform}\u0000${id}`);
    if (accountId === undefined)
      this.#complain('accountId', `名录里没有“${platform}”的账号“${id}”`);
    const observedAt = this.#time('observedAt');
    if (observedAt === null && this.#cell('observedAt') === '')
      this.#complain('observedAt', '不能为空');
    if (observedAt !== null && observedAt > context.now) this.#complain('observedAt', '在将来');
    const observation = {
      newestOn: this.#newest(),
      ways: this.#ways(),
      testedAt: this.#time('testedAt'),
      repliedAt: this.#time('repliedAt'),
      image: this.#cell('image') || null,
      origin: context.origin,
    };
    // Nobody can see what is published later: a mistyped year would make a silent account look alive.
    const { newestOn } = observation;
    if (
      observedAt !== null &&
      newestOn !== null &&
      isCalendarDate(newestOn) &&
      newestOn > shanghaiDate(observedAt)
    )
      this.#complain('newestOn', `“${newestOn}”晚于观察时间`);
    if (observation.repliedAt !== null && observation.testedAt === null)
      this.#complain('repliedAt', '有回复时刻却没有测试留言时刻');
    if (
      observation.repliedAt !== null &&
      observation.testedAt !== null &&
      observation.repliedAt < observation.testedAt
    )
      this.#complain('repliedAt', '早于测试留言时刻');
    if (this.#errors.length > before || accountId === undefined || observedAt === null) return null;
    return { accountId, observedAt, ...observation };
  }

  #cell(field: Field): string {
    return (this.#cells[this.#columns.get(field) ?? -1] ?? '').trim();
  }

  #complain(field: Field, message: string): void {
    this.#errors.push(`${this.#place}“${FIELDS[field][0]}”列：${message}`);
  }

  #time(field: Field): Instant | null {
    const text = this.#cell(field).replaceAll('/', '-');
    if (text === '') return null;
    const padded = text.replace(
      /^(\d{4})-(\d{1,2})-(\d{1,2})/,
      (_all, year: string, month: string, day: string) =>
        `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    );
    const at = shanghaiInstant(isCalendarDate(padded) ? `${padded} 00:00` : padded);
    if (at === null) this.#complain(field, `“${text}”应写成 2020-09-17 09:30`);
    return at;
  }

  #newest(): string | null {
    const text = this.#cell('newestOn');
    if (text === '') return null;
    if (/^(无|无动态信息|没有)$/.test(text)) return 'none';
    const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s.*)?$/.exec(text);
    const date = match
      ? `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}`
      : text;
    if (!isCalendarDate(date))
      this.#complain('newestOn', `“${text}”应写成 2020-09-17，没有内容写“无”`);
    return date;
  }

  #ways(): InteractionWay[] | null {
    const text = this.#cell('ways');
    if (text === '') return null;
    if (text === '无') return [];
    const ways = text
      .split(/[;；、,，/]/)
      .map((way) => way.trim())
      .filter((way) => way !== '');
    const unknown = ways.filter((way) => !WAYS.has(way));
    if (unknown.length > 0)
      this.#complain(
        'ways',
        `不认识“${unknown.join('、')}”；可写 ${[...WAYS].join('、')}，没有写“无”`,
      );
    return ways as InteractionWay[];
  }
}
