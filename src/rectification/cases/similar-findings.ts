import { sql } from 'kysely';
import { type Acting, scopeOf } from '../../domain/acting.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import type { RectificationDb } from '../rectification-db.ts';
import type { RectificationCase } from './case.ts';

/** The same kind of problem on another subject of the same operator company or sponsor (举一反三). */
export interface SimilarFinding {
  readonly findingId: number;
  readonly kind: SubjectKind;
  readonly name: string;
  readonly unitName: string;
  readonly ruleId: string;
  readonly period: string;
  /** Confirmed by people: a finding (发现). Anything else is only a question (请核查). */
  readonly confirmed: boolean;
  /** The company that runs both; null = it is only of the same sponsor. */
  readonly company: string | null;
}

export interface SimilarFindings {
  /** Confirmed ones first; at most {@link SHOWN_MAX}. */
  readonly items: readonly SimilarFinding[];
  readonly total: number;
  /** Further ones of the same company under units that somebody does not see: only how many were confirmed. */
  readonly elsewhere: number;
}

/** Similar findings that are shown: a list that nobody reads to its end helps nobody. */
export const SHOWN_MAX = 20;

/** Rules of one family differ in their last part: `site.veto.security.secret` and `site.veto.security.attack`. */
const FAMILY_PARTS = 3;

/** The beginning that rules of one family share; null = the rule stands alone. */
export function familyOf(ruleId: string): string | null {
  const parts = ruleId.split('.');
  return parts.length <= FAMILY_PARTS ? null : `${parts.slice(0, FAMILY_PARTS).join('.')}.`;
}

/**
 * What the newest frozen round found of the same rule or family on other subjects that the same company runs (the duty chain's operator, of an
 * account without one the register's) or the same unit sponsors. Rows of units outside of somebody's sight are only counted.
 */
export async function similarFindings(
  db: RectificationDb,
  acting: Acting,
  {
    kind,
    subjectId,
    unitId,
    rule,
  }: Pick<RectificationCase, 'kind' | 'subjectId' | 'unitId' | 'rule'>,
): Promise<SimilarFindings> {
  const scope = scopeOf(acting);
  const seen =
    scope === 'all' ? sql`true` : sql`found.sponsor_id = any(${arrayLiteral([...scope])}::int[])`;
  const family = familyOf(rule.id);
  const { rows } = await sql<
    SimilarFinding & { readonly total: number; readonly elsewhere: number; readonly shown: boolean }
  >`
    with newest as (
      select id, period from round where state in ('frozen', 'issued') order by window_to desc, id desc limit 1),
    company as (
      select kind, subject_id, name from duty_holding where post = 'operator' and replaced_at is null and name <> ''
      union all
      select 'account', r.account_id, r.upkeep_company from account_record r
       where r.upkeep_company <> '' and not exists (
         select 1 from duty_holding h where h.kind = 'account' and h.subject_id = r.account_id
            and h.post = 'operator' and h.replaced_at is null and h.name <> '')),
    own as (select max(name) as name from company where kind = ${kind} and subject_id = ${subjectId}),
    found as (
      select f.id, f.kind, s.subject->>'name' as name, (s.subject->>'sponsorId')::int as sponsor_id, f.rule_id, newest.period,
             f.status = 'breached' and f.review = 'confirmed' as confirmed,
             case when c.name = own.name then c.name end as company
        from newest join finding f on f.round_id = newest.id cross join own
        join round_subject s on s.round_id = f.round_id and s.kind = f.kind and s.subject_id = f.subject_id and s.checked
        left join company c on c.kind = f.kind and c.subject_id = f.subject_id
       where f.status in ('breached', 'undetermined') and f.review <> 'rejected'
         and not (f.kind = ${kind} and f.subject_id = ${subjectId})
         and (f.rule_id = ${rule.id} or ${family === null ? sql`false` : sql`starts_with(f.rule_id, ${family})`})
         and (c.name = own.name or (s.subject->>'sponsorId')::int = ${unitId})),
    counted as (
      select count(*) filter (where ${seen})::int as total,
             count(*) filter (where not (${seen}) and confirmed)::int as elsewhere from found)
    select found.id as "findingId", found.kind, found.name, u.name as "unitName", found.rule_id as "ruleId", found.period,
           found.confirmed, found.company, counted.total, counted.elsewhere, found.id is not null as shown
      from counted left join (found join unit u on u.id = found.sponsor_id) on ${seen}
     order by found.confirmed desc, (found.company is not null) desc, found.id
     limit ${SHOWN_MAX}`.execute(db);
  const { total = 0, elsewhere = 0 } = rows[0] ?? {};
  const items = rows
    .filter(({ shown }) => shown)
    .map(({ total: _total, elsewhere: _elsewhere, shown: _shown, ...item }) => item);
  return { items, total, elsewhere };
}
