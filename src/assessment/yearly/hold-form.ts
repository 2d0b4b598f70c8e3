import type { Transaction, Updateable } from 'kysely';
import { type Acting, assertSees, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { type KnownValues, parseForm, type WrittenValues, type YearlyForm } from './form.ts';
import { type FormState, type YearlyDeps, type YearlyTables, yearlyDb } from './yearly-db.ts';

export const unknownForm = (): UserError => new UserError('yearly.unknown', '没有这份年度报表。');

/** A form as somebody saw it: who steps on an older one is told so. */
export interface SeenForm {
  readonly id: number;
  readonly version: number;
  readonly at: Instant;
}

export interface HeldForm {
  readonly id: number;
  readonly kind: YearlyForm['kind'];
  readonly year: number;
  readonly unitId: number;
  readonly siteId: number | null;
  readonly name: string;
  readonly form: YearlyForm;
  readonly known: KnownValues;
  readonly written: WrittenValues;
  readonly state: FormState;
  readonly submittedBy: string | null;
}

type YearlyTrx = Transaction<YearlyTables>;
type AnyTrx = Parameters<Parameters<YearlyDeps['store']['transaction']>[0]>[0];

interface Change {
  readonly set: Updateable<YearlyTables['yearly_form']>;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Holds one form, lets `work` decide, then writes the form and the trail. Throws {@link UserError} `yearly.unknown`, `yearly.state`,
 * `yearly.changed`.
 */
export async function stepForm(
  { store }: Pick<YearlyDeps, 'store'>,
  acting: Acting,
  given: {
    /** Of the audit trail, behind `yearly.`. */
    readonly formStep: string;
    readonly from: readonly FormState[];
    readonly seen: SeenForm;
    /** Decides what is written; notices go out through the same transaction. */
    readonly work: (held: HeldForm, anyTrx: AnyTrx) => Promise<Change>;
  },
): Promise<void> {
  const { formStep, from, seen, work } = given;
  await store.transaction(async (anyTrx) => {
    const trx = yearlyDb(anyTrx) as YearlyTrx;
    const row = await trx
      .selectFrom('yearly_form')
      .selectAll()
      .where('id', '=', seen.id)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) throw unknownForm();
    assertSees(acting, row.unit_id, unknownForm);
    if (row.version !== seen.version)
      throw new UserError('yearly.changed', '您打开以后别人改过，请重新打开再办。', {
        family: 'state',
      });
    if (!from.includes(row.state))
      throw new UserError('yearly.state', '这份报表现在不能这样办。', { family: 'state' });
    const { set, detail } = await work(
      {
        ...{ id: row.id, kind: row.kind, year: row.year, unitId: row.unit_id, name: row.name },
        ...{ siteId: row.site_id, form: parseForm(JSON.parse(row.form)), state: row.state },
        ...{ known: JSON.parse(row.known), written: JSON.parse(row.written) },
        submittedBy: row.submitted_by,
      },
      anyTrx,
    );
    await trx
      .updateTable('yearly_form')
      .set({ ...set, version: row.version + 1 })
      .where('id', '=', row.id)
      .execute();
    await recordAudit(anyTrx, {
      ...{ actor: nameOf(acting), action: `yearly.${formStep}` },
      ...{ subject: `yearly-form:${row.id}`, detail },
      ...{ before: { state: row.state }, after: { state: set.state ?? row.state } },
    });
  });
}
