import type { Subject } from '../domain/subject.ts';
import { UserError } from '../lib/pure/errors.ts';

/** One row of a sample file: which subject is to be checked. */
export interface SampleRow {
  readonly siteCode: string;
  readonly platform: string;
  readonly accountId: string;
  readonly name: string;
  /** `sample.csv:12`, for messages. */
  readonly origin: string;
}

const HEADER_SYNONYMS: Readonly<Record<string, keyof Omit<SampleRow, 'origin'>>> = {
  网站标识码: 'siteCode',
  标识码: 'siteCode',
  siteCode: 'siteCode',
  平台: 'platform',
  账号平台: 'platform',
  platform: 'platform',
  账号ID: 'accountId',
  账号id: 'accountId',
  accountId: 'accountId',
  名称: 'name',
  网站名称: 'name',
  账号名称: 'name',
  name: 'name',
};

/** Reads the rows of a sample file (first row = headers). Throws {@link UserError} `sample.headers` when no column identifies a subject. */
export function readSampleRows(rows: readonly (readonly string[])[], file: string): SampleRow[] {
  const headers = (rows[0] ?? []).map((cell) => HEADER_SYNONYMS[cell.trim()]);
  if (!headers.includes('siteCode') && !headers.includes('accountId')) {
    throw new UserError(
      'sample.headers',
      `${file} 的表头里没有“网站标识码”或“账号ID”，认不出抽查对象。`,
      { field: 'sample' },
    );
  }
  return rows.slice(1).flatMap((cells, index) => {
    const row = {
      siteCode: '',
      platform: '',
      accountId: '',
      name: '',
      origin: `${file}:${index + 2}`,
    };
    headers.forEach((key, column) => {
      if (key) row[key] = (cells[column] ?? '').trim();
    });
    return row.siteCode === '' && row.accountId === '' ? [] : [row];
  });
}

/** The ids of `subjects` (all of one kind) that the rows name. Rows of the other kind are passed over; an unknown one is an error. */
export function matchSample(
  subjects: readonly Subject[],
  rows: readonly SampleRow[],
): ReadonlySet<number> {
  const byKey = new Map(subjects.map((subject) => [keyOf(subject), subject.id]));
  const kind = subjects[0]?.kind;
  const chosen = new Set<number>();
  const unknown: string[] = [];
  for (const row of rows) {
    const isSite = row.siteCode !== '';
    if (kind === undefined || isSite !== (kind === 'site')) continue;
    const id = byKey.get(isSite ? row.siteCode : `${row.platform}\u0000${row.accountId}`);
    if (id === undefined)
      unknown.push(
        `${row.origin} ${row.name} ${isSite ? row.siteCode : `${row.platform} ${row.accountId}`}`,
      );
    else chosen.add(id);
  }
  if (unknown.length > 0) {
    throw new UserError('sample.unknown', '抽查名单里有对象不在名录的正常运行之列。', {
      field: 'sample',
      details: unknown,
    });
  }
  return chosen;
}

function keyOf(subject: Subject): string {
  return subject.kind === 'site'
    ? subject.siteCode
    : `${subject.platform}\u0000${subject.accountId}`;
}
