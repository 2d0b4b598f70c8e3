import { type Kysely, sql } from 'kysely';
import {
  type AccountRecord,
  EMPTY_RECORD,
  RECORD_FIELD_NAMES,
  type RecordField,
  type RecordValue,
  specOf,
} from '../../domain/account-record.ts';
import type { Completeness } from '../../domain/completeness.ts';
import { type ArrayElement, arrayLiteral } from '../../store/array-literal.ts';
import { registryDb } from '../registry.repository.ts';

/** An account's further columns as they are stored. */
export interface StoredRecord {
  readonly record: AccountRecord;
  readonly version: number;
  readonly completeness: number | null;
  readonly missing: readonly string[];
}

type Row = Readonly<Record<string, unknown>> & {
  readonly account_id: number;
  readonly version: number;
  readonly completeness: number | null;
  readonly missing: readonly string[];
};

/** Further columns by account id, of some accounts or of all that say something: most of a register's say nothing, and are not read. */
export async function recordsOf<Tables>(
  anyDb: Kysely<Tables>,
  accountIds: readonly number[] | 'all',
): Promise<Map<number, StoredRecord>> {
  const rows = (await registryDb(anyDb)
    .selectFrom('account_record')
    .selectAll()
    .$if(accountIds === 'all', (query) =>
      query.where(sql<boolean>`num_nonnulls(${sql.raw(COLUMNS.join(', '))}) > 0`),
    )
    .$if(accountIds !== 'all', (query) =>
      query.where(
        sql<boolean>`account_id = any(${arrayLiteral([...accountIds] as number[])}::int[])`,
      ),
    )
    .execute()) as readonly Row[];
  return new Map(rows.map((row) => [row.account_id, storedOf(row)]));
}

const COLUMNS = RECORD_FIELD_NAMES.map((field) => specOf(field).column);

function storedOf(row: Row): StoredRecord {
  const record: Record<string, RecordValue> = { ...EMPTY_RECORD };
  for (const field of RECORD_FIELD_NAMES)
    record[field] = (row[specOf(field).column] ?? null) as RecordValue;
  const { version, completeness, missing } = row;
  return { record: record as AccountRecord, version, completeness, missing };
}

/** Rows of one statement. */
const BATCH = 5_000;

const TYPES: Readonly<Record<string, string>> = { count: 'int', date: 'date', yesNo: 'boolean' };
const typeOf = (field: RecordField): string => TYPES[specOf(field).kind.is] ?? 'text';

export interface RecordToSave {
  readonly accountId: number;
  readonly record: AccountRecord;
  readonly completeness: Completeness;
}

/** Writes further columns, each account's once; the version of one that was there goes up by one. */
export async function saveRecords<Tables>(
  anyDb: Kysely<Tables>,
  rows: readonly RecordToSave[],
): Promise<void> {
  const names = [...COLUMNS, 'completeness', 'completeness_formula', 'missing'];
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    const values = RECORD_FIELD_NAMES.map((field) =>
      columnOf(batch, ({ record }) => record[field], typeOf(field)),
    );
    await sql`
      insert into account_record (account_id, ${sql.raw(names.join(', '))})
      select account_id, ${sql.raw(COLUMNS.join(', '))}, completeness, completeness_formula, string_to_array(missing, ',')
        from unnest(${columnOf(batch, ({ accountId }) => accountId, 'int')}, ${sql.join(values)},
                    ${columnOf(batch, (row) => row.completeness.score, 'smallint')},
                    ${columnOf(batch, (row) => row.completeness.formula, 'text')},
                    ${columnOf(batch, (row) => row.completeness.missing.join(','), 'text')})
          as given(account_id, ${sql.raw(names.join(', '))})
      on conflict (account_id) do update set version = account_record.version + 1,
        ${sql.raw(names.map((name) => `${name} = excluded.${name}`).join(', '))}`.execute(
      registryDb(anyDb),
    );
  }
}

const columnOf = <T>(rows: readonly T[], pick: (row: T) => ArrayElement, type: string) =>
  sql`${arrayLiteral(rows.map(pick))}::${sql.raw(type)}[]`;
