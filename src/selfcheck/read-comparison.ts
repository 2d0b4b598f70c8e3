import { type Kysely, sql } from 'kysely';
import { type Acting, assertMay } from '../domain/acting.ts';
import type { SubjectKind } from '../domain/subject.ts';
import { isClosed, type Round, readRoundOutcome, stateWords } from '../inspection/index.ts';
import { type Instant, shanghaiText } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { unitsBelow } from '../registry/index.ts';
import { arrayLiteral } from '../store/array-literal.ts';
import type { StoreDeps } from '../store/store.ts';
import { type Category, type CityRow, type ComparedLine, compare, keyOf } from './compare.ts';
import { type AskedUnit, type HandIn, requireUnit, roundOf } from './hold-unit.ts';
import { type LookedAt, lookedAt, withQuiet } from './looked-at.ts';
import { unknownSelfCheck } from './open-self-check.ts';
import {
  countStands,
  isAsked,
  type QuestionCounts,
  type QuestionStand,
  questionKey,
} from './questions/question.ts';
import { selfCheckDb } from './self-check-db.ts';

/** How far a city and the province agree, in numbers. */
export interface Agreement {
  readonly counts: Readonly<Record<Category, number>>;
  /** Subjects of the unit and below in the round's register. */
  readonly total: number;
  readonly checkedSubjects: number;
  readonly agreedGood: number;
  readonly outsideRound: number;
  /** Rows that could not be matched to the register: they are not compared. */
  readonly unmatchedRows: number;
  /** What is asked of the city, by how far it is answered. */
  readonly questions: QuestionCounts;
}

/** A line with the question that it puts to the city; nulls where nothing is asked. */
export interface AskedLine extends ComparedLine {
  readonly key: string | null;
  readonly stand: QuestionStand | null;
}

export interface ReadComparison {
  readonly unitName: string;
  readonly round: Round;
  readonly version: number;
  readonly submittedAt: Instant;
  /** Submitted after the province's results were fixed: the city may have known them. */
  readonly isAfterFreeze: boolean;
  readonly agreement: Agreement;
  readonly lines: readonly AskedLine[];
}

export interface LineFilter {
  readonly category?: Category | undefined;
  readonly kind?: SubjectKind | undefined;
  readonly q?: string | undefined;
  readonly stand?: QuestionStand | undefined;
}

/** Counts for units with something submitted, once the round is frozen; others are left out. Throws `selfcheck.unknown`. */
export async function agreementsOf(
  deps: StoreDeps,
  id: number,
  unitIds: readonly number[],
): Promise<{ agreements: ReadonlyMap<number, Agreement>; roundIsClosed: boolean }> {
  const check = await selfCheckDb(deps.store.db)
    .selectFrom('self_check')
    .select('round_id')
    .where('id', '=', id)
    .executeTakeFirst();
  if (check === undefined) throw unknownSelfCheck();
  const round = await roundOf(deps, check);
  const agreements = new Map<number, Agreement>();
  if (isClosed(round.state))
    for (const unitId of unitIds) {
      const submitted = await newestSubmitted(deps, { id, unitId });
      if (submitted === undefined) continue;
      agreements.set(unitId, (await compareUnit(deps, round, submitted)).agreement);
    }
  return { agreements, roundIsClosed: isClosed(round.state) };
}

/**
 * A unit's newest submitted version beside the province's frozen round. Throws {@link UserError} `identity.forbidden`,
 * `selfcheck.unknown`, `selfcheck.round`, `selfcheck.not-submitted`.
 */
export async function readComparison(
  deps: StoreDeps,
  acting: Acting,
  asked: AskedUnit,
  filter: LineFilter = {},
): Promise<ReadComparison> {
  assertMay(acting, 'selfcheck.read');
  const { check, unitName } = await requireUnit(deps, acting, asked);
  const round = await roundOf(deps, check);
  if (!isClosed(round.state))
    throw new UserError(
      'selfcheck.round',
      `批次 ${round.period} ${stateWords(round.state)}；省级结果冻结以后才能比对。`,
      { family: 'state' },
    );
  const submitted = await newestSubmitted(deps, asked);
  if (submitted === undefined || submitted.submitted_at === null)
    throw new UserError('selfcheck.not-submitted', `${unitName}还没有报送自查结果。`, {
      family: 'state',
    });
  const { agreement, lines } = await compareUnit(deps, round, submitted);
  const { version, submitted_at: submittedAt } = submitted;
  return {
    ...{ unitName, round, version, submittedAt, agreement },
    isAfterFreeze: round.frozenAt !== null && submittedAt > round.frozenAt,
    lines: lines.filter((line) => isWanted(line, filter)),
  };
}

function isWanted(line: AskedLine, { category, kind, q, stand }: LineFilter): boolean {
  if (stand !== undefined && line.stand !== stand) return false;
  if (category !== undefined && line.category !== category) return false;
  if (kind !== undefined && line.kind !== kind) return false;
  if (q === undefined || q === '') return true;
  return [line.name, line.sponsorName, ...line.cityWords].some((text) => text.includes(q));
}

const newestSubmitted = ({ store }: StoreDeps, { id, unitId }: AskedUnit) =>
  selfCheckDb(store.db)
    .selectFrom('self_check_hand_in')
    .selectAll()
    .where('self_check_id', '=', id)
    .where('unit_id', '=', unitId)
    .where('state', '=', 'submitted')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();

async function compareUnit(
  { store }: StoreDeps,
  round: Round,
  handIn: HandIn,
): Promise<{ agreement: Agreement; lines: readonly AskedLine[] }> {
  const { db } = store;
  const unitIds = await unitsBelow(db, handIn.unit_id);
  const looked = await lookedAt(db, handIn.id);
  const bad = looked.filter(({ result }) => result === 'bad');
  const outcome = await readRoundOutcome(db, round, { unitIds, asked: bad });
  const { total, subjects, findings } = outcome;
  // Only these can make a line; of the rest nothing but their number is read.
  const told = new Set([...bad, ...subjects].map(({ kind, id }) => keyOf(kind, id)));
  const rows = await rowsOf(db, handIn.id, [...bad, ...subjects]);
  const { lines: bare, ...counted } = compare({ subjects, findings, rows });
  const quiet = looked.filter((subject) => !told.has(keyOf(subject.kind, subject.id)));
  const agreed = await withQuiet(db, round, { counted, quiet, unitIds });
  const lines = withStands(bare, await standsOf(db, handIn));
  const unmatchedRows = await countUnmatched(db, handIn.id);
  const questions = countStands(lines.map(({ stand }) => stand));
  return { agreement: { ...agreed, total, unmatchedRows, questions }, lines };
}

/** Rows of some subjects in the order of the file, those aside that repeat another. */
async function rowsOf<Tables>(
  db: Kysely<Tables>,
  handInId: number,
  subjects: readonly Pick<LookedAt, 'kind' | 'id'>[],
): Promise<CityRow[]> {
  const { rows } = await sql<CityRow>`
    select number, kind, subject_id as "subjectId", checked_on as "checkedOn", result, rule_id as "ruleId", problem
      from self_check_row
     where hand_in_id = ${handInId} and repeats is null and (kind, subject_id) in (
       select * from unnest(${arrayLiteral(subjects.map(({ kind }) => kind))}::text[],
                            ${arrayLiteral(subjects.map(({ id }) => id))}::int[]))
     order by number`.execute(db);
  return rows;
}

async function countUnmatched<Tables>(db: Kysely<Tables>, handInId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from self_check_row
     where hand_in_id = ${handInId} and subject_id is null`.execute(db);
  return rows[0]!.count;
}

async function standsOf<Tables>(
  db: Kysely<Tables>,
  handIn: HandIn,
): Promise<ReadonlyMap<string, QuestionStand>> {
  const rows = await selfCheckDb(db)
    .selectFrom('self_check_question')
    .select(['key', 'stand'])
    .where('self_check_id', '=', handIn.self_check_id)
    .where('unit_id', '=', handIn.unit_id)
    .execute();
  return new Map(rows.map(({ key, stand }) => [key, stand]));
}

const withStands = (
  lines: readonly ComparedLine[],
  stands: ReadonlyMap<string, QuestionStand>,
): AskedLine[] =>
  lines.map((line) => {
    if (!isAsked(line)) return { ...line, key: null, stand: null };
    const key = questionKey(line);
    return { ...line, key, stand: stands.get(key) ?? 'open' };
  });

/** When something was submitted, for people. */
export const submittedWords = ({ version, submittedAt, isAfterFreeze }: ReadComparison): string =>
  `第 ${version} 版，${shanghaiText(submittedAt)} 报送${isAfterFreeze ? '（在省级结果冻结之后）' : ''}`;
