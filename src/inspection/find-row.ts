import { sql } from 'kysely';
import { UserError } from '../lib/pure/errors.ts';
import type { StoredFinding } from './finding.repository.ts';
import { listFindings } from './finding.repository.ts';
import type { InspectionDb } from './inspection-db.ts';
import {
  type RoundSubject,
  requireRound,
  requireRoundById,
  toRoundSubject,
} from './round.repository.ts';
import type { Round } from './round.ts';
import type { InspectionTables } from './tables.ts';

/** What names a row of a bulletin: one finding, or the subject that the row is about. */
export type RowReference =
  | { readonly by: 'finding'; readonly id: number }
  | { readonly by: 'site'; readonly siteCode: string }
  | { readonly by: 'account'; readonly platform: string; readonly accountId: string }
  /** An account id, or a name as printed; must mean one subject only. */
  | { readonly by: 'words'; readonly words: string };

export interface FoundRow {
  readonly round: Round;
  readonly subject: RoundSubject;
  readonly findings: readonly StoredFinding[];
}

/**
 * The row's round, subject and findings. A finding gives itself; a subject gives what a bulletin prints of it (breached and not
 * rejected), or with none of those what is undetermined, or else all. `rule` asks for one rule whatever its outcome.
 * Throws {@link UserError} `evidence.row.unknown`.
 */
export async function findRow(
  db: InspectionDb,
  reference: RowReference,
  asked: { readonly period: string | null; readonly rule: string | null },
): Promise<FoundRow> {
  const round = asked.period === null ? null : await requireRound(db, asked.period);
  const row =
    reference.by === 'finding'
      ? await ownerOf(db, reference.id, round)
      : await subjectRow(db, reference, round);
  const subject = toRoundSubject(row);
  const all = await listFindings(db, row.round_id, { kind: row.kind, subjectId: row.subject_id });
  const findings = chosen(all, reference, asked.rule);
  if (findings.length === 0)
    throw new UserError(
      'evidence.row.unknown',
      asked.rule === null
        ? '这个对象还没有判定。'
        : `这个对象没有 ${asked.rule} 的判定；去掉 --rule 看它有哪些。`,
    );
  return { round: round ?? (await requireRoundById(db, row.round_id)), subject, findings };
}

type SubjectRow = InspectionTables['round_subject'];

async function ownerOf(db: InspectionDb, id: number, round: Round | null): Promise<SubjectRow> {
  const row = await db
    .selectFrom('finding')
    .innerJoin('round_subject', (join) =>
      join
        .onRef('round_subject.round_id', '=', 'finding.round_id')
        .onRef('round_subject.kind', '=', 'finding.kind')
        .onRef('round_subject.subject_id', '=', 'finding.subject_id'),
    )
    .selectAll('round_subject')
    .where('finding.id', '=', id)
    .executeTakeFirst();
  if (!row || (round !== null && row.round_id !== round.id))
    throw new UserError(
      'evidence.row.unknown',
      `${round === null ? '' : `批次 ${round.period} `}没有编号为 ${id} 的问题（见 finding list）。`,
    );
  return row as unknown as SubjectRow;
}

type SubjectReference = Exclude<RowReference, { by: 'finding' }>;

/** Candidates named when words mean several subjects. */
const CANDIDATES_NAMED = 20;

async function subjectRow(
  db: InspectionDb,
  reference: SubjectReference,
  round: Round | null,
): Promise<SubjectRow> {
  let query = db.selectFrom('round_subject').selectAll().where(isMeant(reference));
  if (round !== null) query = query.where('round_id', '=', round.id);
  const rows = await query
    .orderBy('round_id', 'desc')
    .orderBy('kind')
    .orderBy('subject_id')
    .limit(CANDIDATES_NAMED)
    .execute();
  const newest = rows.filter((each) => each.round_id === rows[0]?.round_id);
  if (newest.length > 1)
    throw new UserError(
      'evidence.row.ambiguous',
      '有几个对象都叫这个，请写网站标识码，或“平台:账号ID”。',
      { details: newest.map((each) => candidateWords(each as unknown as SubjectRow)) },
    );
  const row = newest[0];
  if (!row)
    throw new UserError(
      'evidence.row.unknown',
      `${round === null ? '任何批次' : `批次 ${round.period}`}里都没有这个对象；请核对网站标识码，或“平台:账号ID”。`,
    );
  return row as unknown as SubjectRow;
}

function isMeant(reference: SubjectReference) {
  switch (reference.by) {
    case 'site':
      return sql<boolean>`kind = 'site' and subject->>'siteCode' = ${reference.siteCode}`;
    case 'account':
      return sql<boolean>`kind = 'account' and subject->>'platform' = ${reference.platform}
                          and subject->>'accountId' = ${reference.accountId}`;
    case 'words':
      return sql<boolean>`${reference.words} in (subject->>'accountId', subject->>'name')`;
  }
}

function candidateWords(row: SubjectRow): string {
  const { subject } = toRoundSubject(row);
  const identity =
    subject.kind === 'site' ? subject.siteCode : `${subject.platform}:${subject.accountId}`;
  return `${subject.printRow} ${subject.name} ${identity}`;
}

function chosen(
  all: readonly StoredFinding[],
  reference: RowReference,
  rule: string | null,
): readonly StoredFinding[] {
  if (reference.by === 'finding') return all.filter((finding) => finding.id === reference.id);
  if (rule !== null) return all.filter((finding) => finding.ruleId === rule);
  const printed = all.filter(
    ({ judgement, review }) => judgement.status === 'breached' && review !== 'rejected',
  );
  if (printed.length > 0) return printed;
  const open = all.filter(({ judgement }) => judgement.status === 'undetermined');
  return open.length > 0 ? open : all;
}
