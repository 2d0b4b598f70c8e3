import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Finding, Judgement, ReviewState } from '../domain/finding.ts';
import type { SubjectKind } from '../domain/subject.ts';
import { UserError } from '../lib/pure/errors.ts';
import { storableJson } from '../lib/pure/storable-json.ts';
import type { InspectionTables } from './tables.ts';

type Db = Kysely<InspectionTables>;

/** A finding as stored. */
export interface StoredFinding extends Finding {
  readonly id: number;
  readonly kind: SubjectKind;
}

interface Owner {
  readonly roundId: number;
  readonly kind: SubjectKind;
  readonly subjectId: number;
}

/** Whose the subject is in the round: findings are listed by it. */
const sponsorOf = ({ roundId, kind, subjectId }: Owner): RawBuilder<number | null> =>
  sql`(select sponsor_id from round_subject where round_id = ${roundId} and kind = ${kind} and subject_id = ${subjectId})`;

/** `machine` findings of one subject are replaced when it is judged again; what persons entered or decided stays. */
export async function replaceMachineFindings(
  db: Db,
  owner: Owner,
  findings: readonly { ruleId: string; judgement: Judgement }[],
): Promise<void> {
  if (findings.length === 0) return;
  await db
    .insertInto('finding')
    .values(
      findings.map(({ ruleId, judgement }) => ({
        round_id: owner.roundId,
        kind: owner.kind,
        subject_id: owner.subjectId,
        sponsor_id: sponsorOf(owner),
        rule_id: ruleId,
        status: judgement.status,
        judgement: storableJson(judgement),
        source: 'machine',
        review: 'open' as const,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['round_id', 'kind', 'subject_id', 'rule_id', 'source'])
        .doUpdateSet((eb) => ({
          status: eb.ref('excluded.status'),
          judgement: eb.ref('excluded.judgement'),
        })),
    )
    .execute();
}

/** A finding that a person enters with evidence (security vetoes, apps). Returns its id. */
export async function insertPersonFinding(
  db: Db,
  row: {
    roundId: number;
    kind: SubjectKind;
    subjectId: number;
    ruleId: string;
    judgement: Judgement;
    source: string;
  },
): Promise<number> {
  const inserted = await db
    .insertInto('finding')
    .values({
      round_id: row.roundId,
      kind: row.kind,
      subject_id: row.subjectId,
      sponsor_id: sponsorOf(row),
      rule_id: row.ruleId,
      status: row.judgement.status,
      judgement: storableJson(row.judgement),
      source: row.source,
      review: 'open',
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!inserted)
    throw new UserError('finding.duplicate', '同一人已为该对象录入过同一问题。', {
      family: 'state',
    });
  return inserted.id;
}

export interface FindingFilter {
  readonly status?: Judgement['status'];
  readonly review?: ReviewState;
  readonly kind?: SubjectKind;
  readonly subjectId?: number;
  readonly limit?: number;
}

/** A round holds at most subjects × rules findings; this bounds one read of the breached or undetermined ones. */
const FINDINGS_MAX = 200_000;

/** Findings of a round by id. */
export async function listFindings(
  db: Db,
  roundId: number,
  filter: FindingFilter = {},
): Promise<StoredFinding[]> {
  let query = db.selectFrom('finding').selectAll().where('round_id', '=', roundId);
  if (filter.status) query = query.where('status', '=', filter.status);
  if (filter.review) query = query.where('review', '=', filter.review);
  if (filter.kind) query = query.where('kind', '=', filter.kind);
  if (filter.subjectId !== undefined) query = query.where('subject_id', '=', filter.subjectId);
  const rows = await query
    .orderBy('id')
    .limit(filter.limit ?? FINDINGS_MAX)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    subjectId: row.subject_id,
    ruleId: row.rule_id,
    judgement: (typeof row.judgement === 'string'
      ? JSON.parse(row.judgement)
      : row.judgement) as Judgement,
    source: row.source,
    review: row.review,
  }));
}

/** Findings of a round per status: the line that `round run` prints at its end. */
export async function countFindings(db: Db, roundId: number): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('finding')
    .select('status')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('round_id', '=', roundId)
    .groupBy('status')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.status, Number(row.count)]));
}

/** The finding of an id inside a round; throws {@link UserError} `finding.unknown`. */
export async function requireFinding(
  db: Db,
  roundId: number,
  findingId: number,
): Promise<StoredFinding> {
  const row = await db
    .selectFrom('finding')
    .select(['kind', 'subject_id'])
    .where('round_id', '=', roundId)
    .where('id', '=', findingId)
    .executeTakeFirst();
  const found =
    row &&
    (await listFindings(db, roundId, { kind: row.kind, subjectId: row.subject_id })).find(
      (finding) => finding.id === findingId,
    );
  if (!found) throw new UserError('finding.unknown', `该批次没有编号为 ${findingId} 的问题。`);
  return found;
}

export async function updateReview(db: Db, findingId: number, review: ReviewState): Promise<void> {
  await db.updateTable('finding').set({ review }).where('id', '=', findingId).execute();
}

/** Accepts every breached finding that nobody, or only one person, confirmed; returns how many. */
export async function waiveOpenBreaches(db: Db, roundId: number): Promise<number> {
  const result = await db
    .updateTable('finding')
    .set({ review: 'waived' })
    .where('round_id', '=', roundId)
    .where('status', '=', 'breached')
    .where('review', 'in', ['open', 'once'])
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
