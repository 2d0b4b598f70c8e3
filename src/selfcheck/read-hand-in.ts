import { sql } from 'kysely';
import { type Acting, assertMay, may } from '../domain/acting.ts';
import type { SubjectKind } from '../domain/subject.ts';
import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import type { StoreDeps } from '../store/store.ts';
import { type AskedUnit, requireUnit, roundOf } from './hold-unit.ts';
import type { Candidate, MatchedRow } from './match-rows.ts';
import { unknownSelfCheck } from './open-self-check.ts';
import type { CheckResult } from './read-rows.ts';
import { ruleNames } from './rule-names.ts';
import { type HandInState, selfCheckDb } from './self-check-db.ts';

export interface HandInVersion {
  readonly version: number;
  readonly state: HandInState;
  readonly fileName: string;
  readonly importedAt: Instant;
  readonly importedBy: string;
  readonly submittedAt: Instant | null;
  readonly submittedBy: string | null;
  readonly reason: string;
  readonly rows: number;
  readonly unmatched: number;
  readonly repeated: number;
  readonly bad: number;
}

export interface HandInView {
  readonly unitName: string;
  readonly period: string;
  readonly label: string;
  readonly dueOn: CalendarDate;
  readonly isProvisional: boolean;
  readonly isOpen: boolean;
  readonly revision: number;
  /** The newest first. */
  readonly versions: readonly HandInVersion[];
  readonly may: { readonly submit: boolean };
}

/** What a unit handed in, its versions. Throws {@link UserError} `identity.forbidden`, `selfcheck.unknown`. */
export async function readHandIn(
  deps: StoreDeps,
  acting: Acting,
  asked: AskedUnit,
): Promise<HandInView> {
  assertMay(acting, 'selfcheck.read');
  const { check, unitName, revision } = await requireUnit(deps, acting, asked);
  const round = await roundOf(deps, check);
  const { rows } = await sql<HandInVersion>`
    select h.version, h.state, h.file_name as "fileName", h.imported_at as "importedAt", h.imported_by as "importedBy",
           h.submitted_at as "submittedAt", h.submitted_by as "submittedBy", h.reason, count(r.number)::int as rows,
           count(r.number) filter (where r.subject_id is null)::int as unmatched,
           count(r.repeats)::int as repeated,
           count(r.number) filter (where r.result = 'bad' and r.repeats is null)::int as bad
      from self_check_hand_in h left join self_check_row r on r.hand_in_id = h.id
     where h.self_check_id = ${asked.id} and h.unit_id = ${asked.unitId}
     group by h.id order by h.version desc`.execute(deps.store.db);
  const isOpen = check.state === 'open';
  return {
    ...{ unitName, period: round.period, label: round.label, dueOn: check.due_on, isOpen },
    ...{ isProvisional: check.is_provisional, revision, versions: rows },
    may: { submit: isOpen && may(acting, 'selfcheck.submit') },
  };
}

export interface HandInRow {
  readonly number: number;
  readonly kind: SubjectKind;
  readonly name: string;
  readonly identity: string;
  readonly platform: string;
  readonly url: string;
  readonly sponsor: string;
  readonly checkedOn: CalendarDate;
  readonly result: CheckResult;
  readonly ruleId: string | null;
  readonly ruleLabel: string | null;
  readonly problem: string;
  readonly subjectId: number | null;
  /** As the register has it today. */
  readonly subjectName: string | null;
  readonly matchedBy: MatchedRow['matchedBy'];
  readonly unmatched: MatchedRow['unmatched'];
  readonly candidates: readonly Candidate[];
  readonly repeats: number | null;
}

export const ROW_STANDS = ['unmatched', 'repeated', 'bad'] as const;

export interface RowFilter {
  readonly version: number;
  readonly stands?: (typeof ROW_STANDS)[number] | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Rows of one version, in the order of the file. Throws {@link UserError} `identity.forbidden`, `selfcheck.unknown`. */
export async function listRows(
  deps: StoreDeps,
  acting: Acting,
  asked: AskedUnit,
  { version, stands, limit, offset }: RowFilter,
): Promise<{ items: HandInRow[]; total: number }> {
  assertMay(acting, 'selfcheck.read');
  const { check } = await requireUnit(deps, acting, asked);
  const db = selfCheckDb(deps.store.db);
  const handIn = await db
    .selectFrom('self_check_hand_in')
    .select('id')
    .where('self_check_id', '=', asked.id)
    .where('unit_id', '=', asked.unitId)
    .where('version', '=', version)
    .executeTakeFirst();
  if (handIn === undefined) throw unknownSelfCheck();
  const wanted = {
    unmatched: sql`r.subject_id is null`,
    repeated: sql`r.repeats is not null`,
    bad: sql`r.result = 'bad'`,
    any: sql`true`,
  }[stands ?? 'any'];
  const { rows } = await sql<Omit<HandInRow, 'ruleLabel'> & { candidates: unknown }>`
    select r.number, r.kind, r.name, r.identity, r.platform, r.url, r.sponsor, r.checked_on as "checkedOn", r.result,
           r.rule_id as "ruleId", r.problem, r.subject_id as "subjectId", coalesce(s.name, a.name) as "subjectName",
           r.matched_by as "matchedBy", r.unmatched, r.candidates, r.repeats
      from self_check_row r
      left join site s on r.kind = 'site' and s.id = r.subject_id
      left join account a on r.kind = 'account' and a.id = r.subject_id
     where r.hand_in_id = ${handIn.id} and ${wanted}
     order by r.number limit ${limit} offset ${offset}`.execute(db);
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from self_check_row r where r.hand_in_id = ${handIn.id} and ${wanted}`.execute(
    db,
  );
  const labels = new Map(
    ruleNames((await roundOf(deps, check)).ruleset.rules).map(({ id, label }) => [id, label]),
  );
  return {
    items: rows.map((row) => ({
      ...row,
      ruleLabel: row.ruleId === null ? null : (labels.get(row.ruleId) ?? row.ruleId),
    })),
    total: counted.rows[0]?.total ?? 0,
  };
}
