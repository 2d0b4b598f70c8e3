import { type Kysely, sql } from 'kysely';
import type { SubjectKind } from '../domain/subject.ts';
import { countOutcome, type Round } from '../inspection/index.ts';
import type { Comparison } from './compare.ts';
import type { CheckResult } from './read-rows.ts';

/** A subject of the register that a city looked at. `unclear`: none of its rows says anything else. */
export interface LookedAt {
  readonly kind: SubjectKind;
  readonly id: number;
  readonly result: CheckResult;
}

/** The subjects that rows of a hand-in mean, repeating rows aside; thousands, so that they come as one list a kind and a result. */
export async function lookedAt<Tables>(db: Kysely<Tables>, handInId: number): Promise<LookedAt[]> {
  const { rows } = await sql<Omit<LookedAt, 'id'> & { readonly ids: readonly number[] }>`
    select kind, result, jsonb_agg(subject_id) as ids from (
      select kind, subject_id, case when bool_or(result = 'bad') then 'bad' when bool_or(result = 'good') then 'good'
                               else 'unclear' end as result
        from self_check_row where hand_in_id = ${handInId} and subject_id is not null and repeats is null
       group by kind, subject_id) looked
     group by kind, result`.execute(db);
  return rows.flatMap(({ ids, ...told }) => ids.map((id) => ({ ...told, id })));
}

/** Counts of a comparison with those subjects added in which nobody found anything: they make no line. */
export async function withQuiet<Tables>(
  db: Kysely<Tables>,
  round: Round,
  {
    counted,
    quiet,
    unitIds,
  }: {
    readonly counted: Omit<Comparison, 'lines'>;
    readonly quiet: readonly LookedAt[];
    readonly unitIds: readonly number[];
  },
): Promise<Omit<Comparison, 'lines'>> {
  const count = (isTold: boolean) =>
    countOutcome(db, round, {
      unitIds,
      asked: quiet.filter(({ result }) => (result !== 'unclear') === isTold),
    });
  const told = await count(true);
  const unclear = await count(false);
  return {
    counts: counted.counts,
    checkedSubjects: counted.checkedSubjects + told.known,
    agreedGood: counted.agreedGood + told.good,
    outsideRound: counted.outsideRound + quiet.length - told.known - unclear.known,
  };
}
