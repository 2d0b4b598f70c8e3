import { sql } from 'kysely';
import type { Scope } from '../../domain/actor.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import type { InspectionDb } from '../inspection-db.ts';
import { allOf, isSeen, isSponsorIn } from '../subject-columns.ts';

interface KindCounts {
  readonly checked: number;
  readonly failing: number;
  readonly undetermined: number;
}
export type SubjectCounts = Readonly<Record<SubjectKind, KindCounts>>;

/** Checked subjects that somebody sees, by what became of them so far. */
export async function countSubjects(
  db: InspectionDb,
  roundId: number,
  {
    scope,
    unitIds,
    kind,
  }: {
    readonly scope: Scope;
    readonly unitIds?: readonly number[];
    readonly kind?: SubjectKind;
  },
): Promise<SubjectCounts> {
  const { rows } = await sql<KindCounts & { kind: SubjectKind }>`
    select s.kind, count(*)::int as checked,
           count(*) filter (where s.is_failing)::int as failing,
           count(*) filter (where s.verdict_kind = 'inconclusive')::int as undetermined
      from round_subject s
     where ${allOf([
       sql<boolean>`s.round_id = ${roundId} and s.checked`,
       isSeen(scope),
       ...(unitIds ? [isSponsorIn(unitIds)] : []),
       ...(kind ? [sql<boolean>`s.kind = ${kind}`] : []),
     ])}
     group by s.kind`.execute(db);
  const none = { checked: 0, failing: 0, undetermined: 0 };
  const of = (each: SubjectKind): KindCounts => {
    const row = rows.find((found) => found.kind === each);
    return row
      ? { checked: row.checked, failing: row.failing, undetermined: row.undetermined }
      : none;
  };
  return { site: of('site'), account: of('account') };
}
