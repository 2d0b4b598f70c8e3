import { type SqlBool, sql } from 'kysely';
import { arrayLiteral } from '../../store/array-literal.ts';
import { isAccountField, titleOf } from '../account-fields.ts';
import { STATUS_WORDS } from '../export-registry.ts';
import { COLUMNS, type SheetKind } from '../headers.ts';
import type { ChangedRow } from '../register-changes.ts';
import { loadUnitTree, type RegistryDb } from '../registry.repository.ts';
import type { UnitTree } from '../unit-tree.ts';

export type ChangedKind = 'unit' | 'site' | 'account';

/** A changed row as people read it. */
export interface WordedChange {
  readonly number: number;
  readonly kind: ChangedKind;
  readonly subject: string;
  readonly fields: readonly {
    readonly title: string;
    readonly before: string;
    readonly after: string;
  }[];
}

/** Rows of one statement. */
const BATCH = 5_000;

/** Keeps what an import would change, worded now: units may be called otherwise when a second person looks. */
export async function insertChanges(
  db: RegistryDb,
  draftId: string,
  changed: readonly ChangedRow[],
): Promise<void> {
  if (changed.length === 0) return;
  const tree = await loadUnitTree(db);
  for (let start = 0; start < changed.length; start += BATCH) {
    const batch = changed.slice(start, start + BATCH).map((row) => wordChange(row, tree));
    await sql`
      insert into import_draft_change (draft_id, number, kind, subject, fields)
      select ${draftId}::text, ${start}::int + place, kind, subject, fields::jsonb
        from unnest(${arrayLiteral(batch.map(({ kind }) => kind))}::text[],
                    ${arrayLiteral(batch.map(({ subject }) => subject))}::text[],
                    ${arrayLiteral(batch.map(({ fields }) => JSON.stringify(fields)))}::text[])
             with ordinality as given(kind, subject, fields, place)`.execute(db);
  }
}

/** Changed rows in the order of the import, a page of them. */
export async function listChanges(
  db: RegistryDb,
  draftId: string,
  filter: { readonly kind?: ChangedKind | undefined; readonly q?: string | undefined },
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ readonly items: WordedChange[]; readonly total: number }> {
  const words = filter.q?.trim().toLowerCase() ?? '';
  const parts = [
    sql<SqlBool>`draft_id = ${draftId}`,
    ...(filter.kind === undefined ? [] : [sql<SqlBool>`kind = ${filter.kind}`]),
    ...(words === ''
      ? []
      : [sql<SqlBool>`position(${words} in lower(subject || ' ' || fields::text)) > 0`]),
  ];
  const where = sql.join<SqlBool>(parts, sql` and `);
  const rows = await db
    .selectFrom('import_draft_change')
    .select(['number', 'kind', 'subject', 'fields'])
    .where(where)
    .orderBy('number')
    .limit(limit)
    .offset(offset)
    .execute();
  const counted = await sql<{ count: number }>`
    select count(*)::int as count from import_draft_change where ${where}`.execute(db);
  return {
    items: rows.map((row) => ({
      ...row,
      fields: row.fields as unknown as WordedChange['fields'],
    })),
    total: counted.rows[0]?.count ?? 0,
  };
}

/** Columns of the tables by the fields of the sheets, where they are called otherwise. */
const FIELD_OF_COLUMN: Readonly<Record<string, string>> = {
  ...{ parent_id: 'parent', print_row: 'printRow', print_order: 'printOrder' },
  ...{ division_code: 'divisionCode', site_code: 'siteCode', home_url: 'homeUrl' },
  ...{ is_portal: 'isPortal', has_service: 'hasService', monitored_at: 'monitoredAt' },
  ...{ account_id: 'accountId', sponsor_id: 'sponsor' },
};
const UNIT_COLUMNS = new Set(['parent_id', 'sponsor_id']);

export function wordChange(
  { subject, fields }: ChangedRow,
  tree: UnitTree,
): Omit<WordedChange, 'number'> {
  const at = subject.indexOf(':');
  const kind = subject.slice(0, at) as ChangedKind;
  const name = subject.slice(at + 1);
  return {
    kind,
    // A unit stands there by its number and its name.
    subject: kind === 'unit' ? name.replace(/^\d+ /, '') : name,
    fields: fields.map(({ field, before, after }) => ({
      title: titleIn(kind, field),
      before: wordsOfValue(field, before, tree),
      after: wordsOfValue(field, after, tree),
    })),
  };
}

const SOURCE_TITLES: Readonly<Record<string, string>> = {
  ...{ kind: '信源种类', address: '信源地址', identity: '信源身份', secret: '信源密钥' },
};

function titleIn(kind: SheetKind, column: string): string {
  const field = FIELD_OF_COLUMN[column] ?? column;
  if (kind === 'account' && !isAccountField(field)) return SOURCE_TITLES[field] ?? field;
  return kind === 'account' ? titleOf(field) : (COLUMNS[kind][field]?.[0] ?? field);
}

function wordsOfValue(column: string, value: unknown, tree: UnitTree): string {
  if (value === null || value === undefined) return '';
  if (UNIT_COLUMNS.has(column)) return tree.get(Number(value))?.name ?? '';
  if (column === 'status') return STATUS_WORDS[value as keyof typeof STATUS_WORDS] ?? String(value);
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.join('、');
  return String(value);
}
