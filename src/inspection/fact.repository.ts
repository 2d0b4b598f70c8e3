import type { Kysely } from 'kysely';
import type { FactKey, FactSet, RecordedFact } from '../domain/fact.ts';
import type { SubjectKind } from '../domain/subject.ts';
import { storableJson } from '../lib/pure/storable-json.ts';
import type { InspectionTables } from './tables.ts';

type Db = Kysely<InspectionTables>;

/** A fact with its key, ready to be stored. */
export type NewFact = { readonly key: FactKey } & RecordedFact<unknown>;

/** Stores facts once: facts are immutable, so a key that is already there keeps its first value. */
export async function insertFacts(
  db: Db,
  owner: { roundId: number; kind: SubjectKind; subjectId: number },
  facts: readonly NewFact[],
): Promise<void> {
  if (facts.length === 0) return;
  await db
    .insertInto('fact')
    .values(
      facts.map((fact) => ({
        round_id: owner.roundId,
        kind: owner.kind,
        subject_id: owner.subjectId,
        key: fact.key,
        state: fact.state,
        value: fact.state === 'observed' ? storableJson(fact.value) : null,
        reason: fact.state === 'unobserved' ? fact.reason : null,
        gathered_at: fact.gatheredAt,
        gatherer: fact.gatherer,
        gatherer_version: fact.gathererVersion,
        vantage: fact.vantage,
        snapshots: JSON.stringify(fact.snapshots),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['round_id', 'kind', 'subject_id', 'key']).doNothing(),
    )
    .execute();
}

/** Puts another fact in the place of one whose ground was taken back; only what judging then makes of it counts. */
export async function replaceFact(
  db: Db,
  owner: { roundId: number; kind: SubjectKind; subjectId: number },
  fact: NewFact,
): Promise<void> {
  await db
    .deleteFrom('fact')
    .where('round_id', '=', owner.roundId)
    .where('kind', '=', owner.kind)
    .where('subject_id', '=', owner.subjectId)
    .where('key', '=', fact.key)
    .execute();
  await insertFacts(db, owner, [fact]);
}

/** The facts of a slice of subjects, by subject id. The slice bounds memory: facts of a province are never held at once. */
export async function loadFacts(
  db: Db,
  roundId: number,
  kind: SubjectKind,
  subjectIds: readonly number[],
): Promise<Map<number, FactSet>> {
  const bySubject = new Map<number, Record<string, RecordedFact<unknown>>>();
  for (const id of subjectIds) bySubject.set(id, {});
  if (subjectIds.length === 0) return bySubject as Map<number, FactSet>;
  const rows = await db
    .selectFrom('fact')
    .selectAll()
    .where('round_id', '=', roundId)
    .where('kind', '=', kind)
    .where('subject_id', 'in', subjectIds)
    .execute();
  for (const row of rows) {
    const provenance = {
      id: `${row.subject_id}:${row.key}`,
      gatheredAt: new Date(row.gathered_at).toISOString(),
      gatherer: row.gatherer,
      gathererVersion: row.gatherer_version,
      vantage: row.vantage,
      snapshots: row.snapshots as unknown as string[],
    };
    bySubject.get(row.subject_id)![row.key] =
      row.state === 'observed'
        ? { state: 'observed', value: row.value as unknown, ...provenance }
        : row.state === 'absent'
          ? { state: 'absent', ...provenance }
          : { state: 'unobserved', reason: row.reason ?? '', ...provenance };
  }
  return bySubject as Map<number, FactSet>;
}
