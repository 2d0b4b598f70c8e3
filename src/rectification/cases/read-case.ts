import { sql } from 'kysely';
import { type Acting, scopeOf } from '../../domain/acting.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import { type AskedCheck, listChecks } from '../checks/ask-check.ts';
import { type RectificationDb, rectificationDb } from '../rectification-db.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import { type KeptStep, stepsOf } from './case.repository.ts';
import {
  RECTIFICATION_STEPS,
  type RectificationCase,
  type RectificationState,
  type RectificationStep,
  refuseStep,
} from './case.ts';
import { wordRefusal } from './case-words.ts';
import { type Extension, listExtensions } from './extension.repository.ts';
import { listFiles, type RectificationFile } from './files.ts';
import { type SimilarFindings, similarFindings } from './similar-findings.ts';
import { rectificationActor, requireCase } from './step-case.ts';

/** Another case of the same subject and rule, or of the same rule under the same unit. */
export interface RelatedCase {
  readonly id: number;
  readonly period: string;
  readonly state: RectificationState;
  readonly name: string;
  readonly noticedOn: CalendarDate;
  readonly mended: boolean | null;
}

export interface Chaser {
  readonly what: string;
  readonly deadlineOn: CalendarDate;
  readonly sentOn: CalendarDate;
}

export interface CaseView {
  readonly given: RectificationCase;
  readonly notice: { readonly id: number; readonly number: string };
  readonly steps: readonly KeptStep[];
  readonly files: readonly RectificationFile[];
  readonly extensions: readonly Extension[];
  readonly checks: readonly AskedCheck[];
  readonly chasers: readonly Chaser[];
  /** The same before and after (屡改屡犯). */
  readonly history: readonly RelatedCase[];
  /** The same rule on other subjects of the unit (举一反三). */
  readonly similar: readonly RelatedCase[];
  /** The same or its like on other subjects of the same operator company or sponsor, of the newest frozen round. */
  readonly similarFindings: SimilarFindings;
  /** Each step with why somebody may not take it now; null = he may. */
  readonly maySteps: readonly {
    readonly step: RectificationStep;
    readonly whyNot: string | null;
  }[];
}

/** Related cases that are shown. */
const RELATED_MAX = 50;

/** One case with all that belongs to it. Throws {@link UserError} `rectification.unknown`. */
export async function readCase(
  { store }: Pick<RectificationDeps, 'store'>,
  acting: Acting,
  caseId: number,
): Promise<CaseView> {
  const db = rectificationDb(store.db);
  const given = await requireCase(db, acting, caseId);
  const notice = await db
    .selectFrom('rectification_notice')
    .select(['id', 'number'])
    .where('id', '=', given.noticeId)
    .executeTakeFirstOrThrow();
  const actor = rectificationActor(acting);
  return {
    ...{ given, notice, steps: await stepsOf(db, caseId), files: await listFiles(db, caseId) },
    extensions: await listExtensions(db, caseId),
    checks: await listChecks(db, caseId),
    chasers: await listChasers(db, caseId),
    history: await related(db, acting, given, 'same'),
    similar: await related(db, acting, given, 'similar'),
    similarFindings: await similarFindings(db, acting, given),
    maySteps: RECTIFICATION_STEPS.map((step) => {
      const refusal = refuseStep(given, step, actor);
      const whyNot = refusal === null ? null : wordRefusal(given, step, refusal).message;
      return { step, whyNot };
    }),
  };
}

async function listChasers(db: RectificationDb, caseId: number): Promise<Chaser[]> {
  const { rows } = await sql<Chaser>`
    select what, deadline_on as "deadlineOn", sent_on as "sentOn" from rectification_chaser
     where case_id = ${caseId} order by sent_at, what limit ${RELATED_MAX}`.execute(db);
  return rows;
}

/** A subject may have changed hands: what belonged to a unit outside of somebody's sight is left out. */
async function related(
  db: RectificationDb,
  acting: Acting,
  { id, kind, subjectId, unitId, rule }: RectificationCase,
  which: 'same' | 'similar',
): Promise<RelatedCase[]> {
  const scope = scopeOf(acting);
  const seen =
    scope === 'all' ? sql`true` : sql`c.unit_id = any(${arrayLiteral([...scope])}::int[])`;
  const wanted =
    which === 'same'
      ? sql`c.kind = ${kind} and c.subject_id = ${subjectId}`
      : sql`c.unit_id = ${unitId} and c.state not in ('closed', 'merged') and not (c.kind = ${kind} and c.subject_id = ${subjectId})`;
  const { rows } = await sql<RelatedCase>`
    select c.id, r.period, c.state, c.subject->>'name' as name, c.noticed_on as "noticedOn", c.mended
      from rectification_case c join round r on r.id = c.round_id
     where c.rule_id = ${rule.id} and c.id <> ${id} and ${wanted} and ${seen}
     order by c.noticed_on desc, c.id desc limit ${RELATED_MAX}`.execute(db);
  return rows;
}
