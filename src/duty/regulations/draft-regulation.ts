import { type Acting, assertMay, nameOf, personOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { listUnits, unitsBelow } from '../../registry/index.ts';
import type { StoreDeps } from '../../store/store.ts';
import type { DutyTrx } from '../duty-db.ts';
import { assertRevision, draftOf, holdRegulation, trailRegulation } from './hold-regulation.ts';
import { cleanFields, type RegulationFields } from './regulation.ts';
import { assertAddresses } from './sight.ts';

/**
 * Writes the first draft of a regulation of one's own unit; nobody is asked to read it before another person publishes it. Throws
 * {@link UserError} `identity.forbidden`, `regulation.unit`, `regulation.text`, `regulation.dates`. Returns its id.
 */
export async function addRegulation(
  { store }: StoreDeps,
  acting: Acting,
  input: RegulationFields & { readonly at: Instant },
): Promise<{ id: number }> {
  assertMay(acting, 'duty.edit');
  const { at, ...given } = input;
  const fields = cleanFields(given, shanghaiDate(at));
  assertAddresses(acting, fields.addresseeId);
  return store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    await assertUnit(trx, fields.addresseeId);
    const { id } = await trx
      .insertInto('regulation')
      .values({ issuer_id: await issuerOf(trx, acting) })
      .returning('id')
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('regulation_version')
      .values({ regulation_id: id, state: 'draft', ...columnsOf(acting, fields, at) })
      .execute();
    await recordAudit(trx, {
      ...{
        actor: nameOf(acting),
        action: 'regulation.add',
        subject: trailRegulation(id),
        detail: {},
      },
      ...{ before: null, after: trailOf(fields) },
    });
    return { id };
  });
}

/**
 * Changes the draft, or begins the draft of the next version (`revision` null); what was published stays as it is. Throws as
 * {@link addRegulation}, and {@link UserError} `regulation.unknown`, `regulation.repealed`, `regulation.changed`.
 */
export async function draftRegulation(
  { store }: StoreDeps,
  acting: Acting,
  input: {
    readonly id: number;
    readonly revision: number | null;
    readonly fields: RegulationFields;
    readonly at: Instant;
  },
): Promise<void> {
  const { id, revision, at } = input;
  const fields = cleanFields(input.fields, shanghaiDate(at));
  await store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    await holdRegulation(trx, acting, id);
    assertAddresses(acting, fields.addresseeId);
    await assertUnit(trx, fields.addresseeId);
    const draft = await draftOf(trx, id);
    assertRevision(draft, revision);
    const columns = columnsOf(acting, fields, at);
    if (draft === null)
      await trx
        .insertInto('regulation_version')
        .values({ regulation_id: id, state: 'draft', ...columns })
        .execute();
    else
      await trx
        .updateTable('regulation_version')
        .set({ ...columns, revision: draft.revision + 1 })
        .where('id', '=', draft.id)
        .execute();
    await recordAudit(trx, {
      ...{
        actor: nameOf(acting),
        action: 'regulation.draft',
        subject: trailRegulation(id),
        detail: {},
      },
      ...{ before: draft === null ? null : trailOf(draft), after: trailOf(fields) },
    });
  });
}

/** The trail keeps what a draft is about and for whom; its words are in the version itself. */
const trailOf = ({
  title,
  body,
  addresseeId,
  effectiveOn,
  readBy,
}: Pick<RegulationFields, 'title' | 'body' | 'addresseeId' | 'effectiveOn' | 'readBy'>) => ({
  ...{ title, addresseeId, effectiveOn, readBy, bodyLength: body.length },
});

function columnsOf(acting: Acting, fields: RegulationFields, at: Instant) {
  const { name, userId } = personOf(acting);
  const { title, kind, documentNumber, body, changeNote, addresseeId, effectiveOn } = fields;
  return {
    ...{ title, kind, document_number: documentNumber, body, change_note: changeNote },
    ...{ addressee_id: addresseeId, effective_on: effectiveOn, read_by: fields.readBy },
    ...{ drafted_by: name, drafted_by_id: userId, drafted_at: at },
  };
}

async function assertUnit(trx: DutyTrx, unitId: number | null): Promise<void> {
  if (unitId !== null && (await unitsBelow(trx, unitId)).length === 0)
    throw new UserError('regulation.unit', '没有这个单位。', { field: 'addresseeId' });
}

/** Whoever belongs to no unit writes for the office at the top. */
async function issuerOf(trx: DutyTrx, acting: Acting): Promise<number> {
  const own = typeof acting === 'string' ? null : acting.unitId;
  const issuer = own ?? (await listUnits(trx)).find(({ parentId }) => parentId === null)?.id;
  if (issuer === undefined)
    throw new UserError('regulation.unit', '名录里还没有单位；请先导入名录。');
  return issuer;
}
