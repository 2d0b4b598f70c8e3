import { type SqlBool, sql } from 'kysely';
import { type Acting, assertMay, assertSees, may, nameOf, scopeOf } from '../../domain/acting.ts';
import { type CalendarDate, type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import {
  type FormField,
  type FormKind,
  type Known,
  parseForm,
  problemsOf,
  valueIn,
  type Written,
  type YearlyForm,
} from './form.ts';
import { unknownForm } from './hold-form.ts';
import { type FormState, type YearlyDeps, yearlyDb } from './yearly-db.ts';

export interface ListedForm {
  readonly id: number;
  readonly kind: FormKind;
  readonly year: number;
  readonly name: string;
  readonly unitId: number;
  readonly unitName: string;
  readonly state: FormState;
  readonly version: number;
  readonly dueOn: CalendarDate;
  /** Not published, and its day is over. */
  readonly isOverdue: boolean;
  readonly returnReason: string;
  readonly publishedUrl: string;
  readonly publishedOn: CalendarDate | null;
}

export interface FormFilter {
  readonly year?: number | undefined;
  readonly kind?: FormKind | undefined;
  readonly state?: FormState | 'overdue' | undefined;
  readonly q?: string | undefined;
  readonly unitIds?: readonly number[] | undefined;
}

const COLUMNS = (today: CalendarDate) => sql`
  f.id, f.kind, f.year, f.name, f.unit_id as "unitId", u.name as "unitName", f.state, f.version, f.due_on as "dueOn",
  (f.state <> 'published' and f.due_on < ${today}::date) as "isOverdue", f.return_reason as "returnReason",
  f.published_url as "publishedUrl", f.published_on as "publishedOn"`;

const ids = (list: Iterable<number>) => `{${[...list].join(',')}}`;

function conditionOf(acting: Acting, filter: FormFilter, today: CalendarDate) {
  const scope = scopeOf(acting);
  const { year, kind, state, q, unitIds } = filter;
  const parts = [
    ...(scope === 'all' ? [] : [sql<SqlBool>`f.unit_id = any(${ids(scope)}::int[])`]),
    ...(year === undefined ? [] : [sql<SqlBool>`f.year = ${year}`]),
    ...(kind === undefined ? [] : [sql<SqlBool>`f.kind = ${kind}`]),
    ...(unitIds === undefined ? [] : [sql<SqlBool>`f.unit_id = any(${ids(unitIds)}::int[])`]),
    ...(q === undefined || q === ''
      ? []
      : [sql<SqlBool>`(strpos(f.name, ${q}) > 0 or strpos(u.name, ${q}) > 0)`]),
    ...(state === 'overdue'
      ? [sql<SqlBool>`f.state <> 'published' and f.due_on < ${today}::date`]
      : state === undefined
        ? []
        : [sql<SqlBool>`f.state = ${state}`]),
  ];
  return sql.join([sql<SqlBool>`true`, ...parts], sql` and `);
}

/** Forms in somebody's sight: newest year first, offices first, then by name. Throws {@link UserError} `identity.forbidden`. */
export async function listForms(
  { store }: Pick<YearlyDeps, 'store'>,
  acting: Acting,
  filter: FormFilter,
  page: { readonly limit: number; readonly offset: number; readonly at: Instant },
): Promise<{ items: ListedForm[]; total: number; totalIsExact: boolean }> {
  assertMay(acting, 'yearly.read');
  const today = shanghaiDate(page.at);
  const from = sql`from yearly_form f join unit u on u.id = f.unit_id where ${conditionOf(acting, filter, today)}`;
  const { rows: items } = await sql<ListedForm>`
    select ${COLUMNS(today)} ${from}
     order by f.year desc, f.kind, u.registry_order, f.name, f.id limit ${page.limit} offset ${page.offset}`.execute(
    store.db,
  );
  const { rows } = await sql<{ total: number }>`select count(*)::int as total ${from}`.execute(
    store.db,
  );
  return { items, total: rows[0]?.total ?? 0, totalIsExact: true };
}

export interface ReadField {
  readonly field: FormField;
  readonly known: Known | null;
  readonly written: Written | null;
  /** What stands in the form; empty = nothing. */
  readonly value: string;
  /** What is wrong with it, or missing (Chinese); null = nothing. */
  readonly problem: string | null;
}

export interface ReadForm {
  readonly head: ListedForm;
  readonly form: Pick<YearlyForm, 'name' | 'source' | 'version'>;
  readonly countedOn: CalendarDate;
  readonly submittedBy: string | null;
  readonly signedBy: string | null;
  readonly signedAt: Instant | null;
  readonly sections: readonly {
    readonly title: string;
    readonly confidence: YearlyForm['sections'][number]['confidence'];
    readonly fields: readonly ReadField[];
  }[];
  /** What somebody may do here now. */
  readonly may: {
    readonly fill: boolean;
    /** Why it cannot be signed by this person (Chinese), null = it can; nothing = not his to sign. */
    readonly sign?: string | null;
    readonly return: boolean;
    readonly publish: boolean;
  };
}

/** One form with all that stands in it. Throws {@link UserError} `yearly.unknown`, `identity.forbidden`. */
export async function readForm(
  { store }: Pick<YearlyDeps, 'store'>,
  acting: Acting,
  { id, at }: { readonly id: number; readonly at: Instant },
): Promise<ReadForm> {
  assertMay(acting, 'yearly.read');
  const { rows } = await sql<ListedForm>`
    select ${COLUMNS(shanghaiDate(at))} from yearly_form f join unit u on u.id = f.unit_id
     where f.id = ${id}`.execute(store.db);
  const [head] = rows;
  if (head === undefined) throw unknownForm();
  assertSees(acting, head.unitId, unknownForm);
  const row = await yearlyDb(store.db)
    .selectFrom('yearly_form')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const form = parseForm(JSON.parse(row.form));
  const filled = { known: JSON.parse(row.known), written: JSON.parse(row.written) };
  const problems = new Map(
    problemsOf(form, filled, true).map(({ fieldId, words }) => [fieldId, words]),
  );
  const { name, source, version } = form;
  const { state } = head;
  const own = row.submitted_by === nameOf(acting);
  const readField = (field: FormField): ReadField => ({
    ...{ field, known: filled.known[field.id] ?? null, written: filled.written[field.id] ?? null },
    ...{ value: valueIn(field, filled), problem: problems.get(field.id) ?? null },
  });
  return {
    ...{ head, form: { name, source, version }, countedOn: row.counted_on },
    ...{ submittedBy: row.submitted_by, signedBy: row.signed_by, signedAt: row.signed_at },
    sections: form.sections.map(({ title, confidence, fields }) => ({
      ...{ title, confidence, fields: fields.map(readField) },
    })),
    may: {
      fill: state === 'filling' && may(acting, 'yearly.fill'),
      ...(state === 'submitted' &&
        may(acting, 'yearly.sign') && {
          sign: own ? '您是提交的人，请由另一位负责人签发。' : null,
        }),
      return: (state === 'submitted' || state === 'signed') && may(acting, 'yearly.sign'),
      publish: state === 'signed' && may(acting, 'yearly.fill'),
    },
  };
}

/** Fields in the order of the form. */
export const readFields = ({ sections }: Pick<ReadForm, 'sections'>): readonly ReadField[] =>
  sections.flatMap(({ fields }) => fields);
