import { sql } from 'kysely';
import { type Acting, assertMay, nameOf, scopeOf } from '../../domain/acting.ts';
import { isInScope } from '../../domain/actor.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { StoreDeps } from '../../store/store.ts';
import type { DutyTrx } from '../duty-db.ts';
import { cleanParts, cleanTraining, type TrainingFields, type TrainingPart } from './training.ts';

export const trailTraining = (id: number): string => `training:${id}`;
export const unknownTraining = (): UserError => new UserError('training.unknown', '没有这次培训。');

interface RecordInput {
  readonly organiserId: number;
  readonly fields: TrainingFields;
  readonly parts: readonly TrainingPart[];
  readonly at: Instant;
}

/**
 * Records a session that was held, and who took part: units that one looks after. Throws {@link UserError} `identity.forbidden`,
 * `training.text`, `training.dates`, `training.parts`, `training.unit`, `training.exists`. Returns its id.
 */
export async function recordTraining(
  { store }: StoreDeps,
  acting: Acting,
  input: RecordInput,
): Promise<{ id: number }> {
  const { organiserId, at } = input;
  assertMay(acting, 'duty.edit');
  const fields = cleanTraining(input.fields, shanghaiDate(at));
  const parts = cleanParts(input.parts);
  return store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    await assertUnits(trx, acting, [organiserId, ...parts.map(({ unitId }) => unitId)]);
    await assertNew(trx, organiserId, fields, null);
    const id = await insertTraining(trx, acting, { organiserId, fields, parts, at });
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'training.record', subject: trailTraining(id) },
      ...{ detail: { organiserId }, before: null, after: { ...fields, parts: parts.length } },
    });
    return { id };
  });
}

/** Writes a checked session. */
export async function insertTraining(
  trx: DutyTrx,
  acting: Acting,
  { organiserId, fields, parts, at }: RecordInput,
): Promise<number> {
  const { id } = await trx
    .insertInto('training')
    .values({ organiser_id: organiserId, ...columnsOf(acting, fields, at) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertParts(trx, id, parts);
  return id;
}

export async function insertParts(
  trx: DutyTrx,
  id: number,
  parts: readonly TrainingPart[],
): Promise<void> {
  if (parts.length === 0) return;
  await trx
    .insertInto('training_part')
    .values(parts.map(({ unitId, ...part }) => ({ training_id: id, unit_id: unitId, ...part })))
    .execute();
}

function columnsOf(acting: Acting, fields: TrainingFields, at: Instant) {
  const { subject, heldOn, teacher, hours, kind } = fields;
  return {
    ...{ subject, held_on: heldOn, teacher, hours, kind },
    ...{ recorded_by: nameOf(acting), recorded_at: at },
  };
}

export interface HeldTraining {
  readonly id: number;
  readonly organiserId: number;
  readonly version: number;
  readonly subject: string;
}

/**
 * A session that one may change, locked. Throws {@link UserError} `identity.forbidden`, `training.unknown`, `training.withdrawn`,
 * `training.changed` where `version` is another than the present one.
 */
export async function holdTraining(
  trx: DutyTrx,
  acting: Acting,
  { id, version }: { readonly id: number; readonly version?: number },
): Promise<HeldTraining> {
  assertMay(acting, 'duty.edit');
  const { rows } = await sql<HeldTraining & { readonly withdrawnOn: string | null }>`
    select id, organiser_id as "organiserId", version, subject, withdrawn_on as "withdrawnOn" from training
     where id = ${id} for update`.execute(trx);
  const [held] = rows;
  if (held === undefined || !isInScope(scopeOf(acting), held.organiserId)) throw unknownTraining();
  if (held.withdrawnOn !== null)
    throw new UserError('training.withdrawn', '这次培训的登记已经撤销。', { family: 'state' });
  if (version !== undefined && held.version !== version)
    throw new UserError('training.changed', '您打开以后别人改过，请刷新后再办。', {
      family: 'state',
    });
  return held;
}

/** Replaces what was recorded of a session. Throws as {@link recordTraining} and {@link holdTraining}. */
export async function changeTraining(
  { store }: StoreDeps,
  acting: Acting,
  input: Omit<RecordInput, 'organiserId'> & { readonly id: number; readonly version: number },
): Promise<void> {
  const { id, at } = input;
  assertMay(acting, 'duty.edit');
  const fields = cleanTraining(input.fields, shanghaiDate(at));
  const parts = cleanParts(input.parts);
  await store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    const { organiserId, version, subject } = await holdTraining(trx, acting, input);
    await assertUnits(
      trx,
      acting,
      parts.map(({ unitId }) => unitId),
    );
    await assertNew(trx, organiserId, fields, id);
    const former = await trx
      .deleteFrom('training_part')
      .where('training_id', '=', id)
      .returning('id')
      .execute();
    await trx
      .updateTable('training')
      .set({ ...columnsOf(acting, fields, at), version: version + 1 })
      .where('id', '=', id)
      .execute();
    await insertParts(trx, id, parts);
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'training.change', subject: trailTraining(id) },
      ...{ detail: {}, before: { subject, parts: former.length } },
      after: { ...fields, parts: parts.length },
    });
  });
}

/** Takes a session out of every count, with the reason; it stays to be read. Throws as {@link holdTraining}, and `training.text`. */
export async function withdrawTraining(
  { store }: StoreDeps,
  acting: Acting,
  input: {
    readonly id: number;
    readonly version: number;
    readonly reason: string;
    readonly at: Instant;
  },
): Promise<void> {
  const { id, at } = input;
  const reason = input.reason.trim();
  if (reason === '' || reason.length > 500)
    throw new UserError('training.text', '请写明为什么撤销，不超过 500 字。', { field: 'reason' });
  await store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    const { version, subject } = await holdTraining(trx, acting, input);
    await trx
      .updateTable('training')
      .set({ withdrawn_on: shanghaiDate(at), withdrawn_by: nameOf(acting) })
      .set({ withdraw_reason: reason, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'training.withdraw', subject: trailTraining(id) },
      ...{ detail: { subject, reason }, before: { isWithdrawn: false } },
      after: { isWithdrawn: true },
    });
  });
}

async function assertUnits(
  trx: DutyTrx,
  acting: Acting,
  unitIds: readonly number[],
): Promise<void> {
  const wanted = [...new Set(unitIds)];
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from unit where id = any(${`{${wanted.join(',')}}`}::int[])`.execute(
    trx,
  );
  const isMine = wanted.every((id) => isInScope(scopeOf(acting), id));
  if (rows[0]?.count !== wanted.length || !isMine)
    throw new UserError('training.unit', '有的单位不存在，或不归您管。', { field: 'unitId' });
}

async function assertNew(
  trx: DutyTrx,
  organiserId: number,
  { heldOn, subject }: TrainingFields,
  but: number | null,
): Promise<void> {
  const found = await findTraining(trx, { organiserId, heldOn, subject });
  if (found !== null && found.id !== but)
    throw new UserError(
      'training.exists',
      '这个单位同一天同一主题的培训已经登记过，请打开它修改。',
      {
        family: 'state',
      },
    );
}

/** The session of that unit, day and subject, if it stands. */
export async function findTraining(
  trx: DutyTrx,
  key: { readonly organiserId: number; readonly heldOn: string; readonly subject: string },
): Promise<{ id: number; teacher: string; hours: number; kind: string } | null> {
  const { rows } = await sql<{ id: number; teacher: string; hours: number; kind: string }>`
    select id, teacher, hours::float8 as hours, kind from training
     where organiser_id = ${key.organiserId} and held_on = ${key.heldOn}::date and subject = ${key.subject}
       and withdrawn_on is null`.execute(trx);
  return rows[0] ?? null;
}
