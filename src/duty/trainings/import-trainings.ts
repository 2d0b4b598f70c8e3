import { type Acting, assertMay, nameOf, scopeOf } from '../../domain/acting.ts';
import { isInScope } from '../../domain/actor.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { listUnits } from '../../registry/index.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import type { StoreDeps } from '../../store/store.ts';
import type { DutyTrx } from '../duty-db.ts';
import { refuseRows } from '../table-rows.ts';
import { findTraining, insertParts, insertTraining } from './record-training.ts';
import { cleanParts, cleanTraining, type TrainingFields, type TrainingPart } from './training.ts';
import { readTrainingRows, type TrainingRow } from './training-rows.ts';

export interface ImportedTrainings {
  readonly sessions: number;
  /** Rows of units and people that are new. */
  readonly added: number;
  /** As they were already. */
  readonly same: number;
}

interface Session {
  readonly row: number;
  readonly organiserId: number;
  readonly fields: TrainingFields;
  readonly parts: TrainingPart[];
}

/**
 * Takes in a table of sessions and who took part: all rows or none. Rows of one session may be added to it later; one that says
 * something else than what stands is refused, for nothing is overwritten by a table. Audited. Throws {@link UserError}
 * `identity.forbidden`, `duty.columns`, `duty.rows` (with the faulty rows), `training.*`, `workbook.*`.
 */
export async function importTrainings(
  { store }: StoreDeps,
  acting: Acting,
  file: { readonly name: string; readonly bytes: Uint8Array; readonly at: Instant },
): Promise<ImportedTrainings> {
  assertMay(acting, 'duty.edit');
  const rows = await readTrainingRows(file.bytes, file.name);
  return store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    await lockInTransaction(trx, 'duty-trainings');
    const complaints: string[] = [];
    const sessions = await sessionsOf(trx, acting, rows, complaints);
    refuseRows(complaints);
    const taken = { sessions: 0, added: 0, same: 0 };
    for (const session of sessions)
      try {
        const { isNew, added } = await take(trx, acting, session, file.at);
        taken.sessions += isNew ? 1 : 0;
        taken.added += added;
        taken.same += session.parts.length - added;
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        complaints.push(`第 ${session.row} 行起的“${session.fields.subject}”：${error.message}`);
      }
    refuseRows(complaints);
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'training.import', detail: { file: file.name } },
      ...{
        before: null,
        after: { trainings: taken.sessions, added: taken.added, same: taken.same },
      },
    });
    return taken;
  });
}

/** Rows by their sessions, units found by name among those of one's sight. */
async function sessionsOf(
  trx: DutyTrx,
  acting: Acting,
  rows: readonly TrainingRow[],
  complaints: string[],
): Promise<Session[]> {
  const byName = new Map<string, number[]>();
  for (const { id, name } of await listUnits(trx))
    if (isInScope(scopeOf(acting), id)) byName.set(name, [...(byName.get(name) ?? []), id]);
  const own = typeof acting === 'string' ? null : acting.unitName;
  const unitOf = (name: string, row: number): number => {
    const [id, other] = byName.get(name) ?? [];
    if (id !== undefined && other === undefined) return id;
    complaints.push(
      `第 ${row} 行：${id === undefined ? `没有“${name}”这个单位，或不归您管` : `有几个单位都叫“${name}”，请在网页上登记`}。`,
    );
    return 0;
  };
  const sessions = new Map<string, Session>();
  for (const { row, organiser, fields, unit, person, people, score, passed } of rows) {
    const organiserId = unitOf(organiser || own || unit, row);
    const key = JSON.stringify([organiserId, fields.heldOn, fields.subject]);
    const session = sessions.get(key) ?? { row, organiserId, fields, parts: [] };
    if (JSON.stringify(session.fields) !== JSON.stringify(fields))
      complaints.push(`第 ${row} 行：授课人、学时或形式与第 ${session.row} 行的同一次培训不一样。`);
    session.parts.push({ unitId: unitOf(unit, row), person, people, score, passed });
    sessions.set(key, session);
  }
  return [...sessions.values()];
}

async function take(
  trx: DutyTrx,
  acting: Acting,
  session: Session,
  at: Instant,
): Promise<{ isNew: boolean; added: number }> {
  const { organiserId } = session;
  const fields = cleanTraining(session.fields, shanghaiDate(at));
  const parts = cleanParts(session.parts);
  const found = await findTraining(trx, { organiserId, ...fields });
  if (found === null) {
    await insertTraining(trx, acting, { organiserId, fields, parts, at });
    return { isNew: true, added: parts.length };
  }
  const isOther = (['teacher', 'hours', 'kind'] as const).some(
    (field) => found[field] !== fields[field],
  );
  if (isOther)
    throw new UserError(
      'training.exists',
      '已经登记过，授课人、学时或形式不一样；请在网页上修改。',
    );
  const known = await trx
    .selectFrom('training_part')
    .select(['unit_id', 'person', 'people', 'score', 'passed'])
    .where('training_id', '=', found.id)
    .execute();
  const fresh = parts.filter((part) => {
    const before = known.find(
      (each) => each.unit_id === part.unitId && each.person === part.person,
    );
    if (before === undefined) return true;
    const { people, score, passed } = before;
    if (people !== part.people || score !== part.score || passed !== part.passed)
      throw new UserError(
        'training.exists',
        `“${part.person || '不写姓名'}”已经登记过，人数或成绩不一样；请在网页上修改。`,
      );
    return false;
  });
  cleanParts([...known.map(({ unit_id: unitId, ...part }) => ({ unitId, ...part })), ...fresh]);
  await insertParts(trx, found.id, fresh);
  return { isNew: false, added: fresh.length };
}
