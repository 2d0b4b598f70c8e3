import { sql } from 'kysely';
import { type Acting, assertMay, may, scopeOf } from '../domain/acting.ts';
import { isInScope } from '../domain/actor.ts';
import { type CalendarDate, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { arrayLiteral } from '../store/array-literal.ts';
import type { StoreDeps } from '../store/store.ts';
import { unknownSelfCheck } from './open-self-check.ts';
import { type Agreement, agreementsOf } from './read-comparison.ts';
import type { HandInState } from './self-check-db.ts';

/** Self-checks that a list shows; one a round. */
const CHECKS_MAX = 400;

export interface ListedSelfCheck {
  readonly id: number;
  readonly period: string;
  readonly label: string;
  readonly state: 'open' | 'closed';
  readonly dueOn: CalendarDate;
  readonly isProvisional: boolean;
  readonly note: string;
  readonly openedAt: Instant;
  readonly openedBy: string;
  /** Of the units in sight: how many are asked, and how many handed in. */
  readonly units: number;
  readonly submitted: number;
}

export interface AskedUnitState {
  readonly unitId: number;
  readonly unitName: string;
  /** Of the newest version; null = nothing yet. */
  readonly state: HandInState | null;
  readonly version: number | null;
  /** When the first version was submitted: the one that is in time or late. */
  readonly firstSubmittedOn: CalendarDate | null;
  readonly submittedAt: Instant | null;
  readonly isLate: boolean;
  /** Null until the round is frozen and something is submitted. */
  readonly agreement: Agreement | null;
}

export interface SelfCheckView {
  readonly head: ListedSelfCheck;
  readonly roundIsClosed: boolean;
  readonly units: readonly AskedUnitState[];
  readonly may: { readonly close: boolean; readonly submit: boolean };
}

/** Self-checks that concern units in somebody's sight, the newest first. Throws {@link UserError} `identity.forbidden`. */
export async function listSelfChecks(
  { store }: StoreDeps,
  acting: Acting,
  id: number | null = null,
): Promise<ListedSelfCheck[]> {
  assertMay(acting, 'selfcheck.read');
  const scope = scopeOf(acting);
  const seen =
    scope === 'all' ? sql`true` : sql`u.unit_id = any(${arrayLiteral([...scope])}::int[])`;
  const { rows } = await sql<ListedSelfCheck>`
    select c.id, r.period, r.label, c.state, c.due_on as "dueOn", c.is_provisional as "isProvisional", c.note,
           c.opened_at as "openedAt", c.opened_by as "openedBy", count(*)::int as units,
           count(*) filter (where exists (
             select from self_check_hand_in h where h.self_check_id = c.id and h.unit_id = u.unit_id
                and h.state = 'submitted'))::int as submitted
      from self_check c join round r on r.id = c.round_id
      join self_check_unit u on u.self_check_id = c.id
     where ${seen} and ${id === null ? sql`true` : sql`c.id = ${id}`}
     group by c.id, r.period, r.label order by c.id desc limit ${CHECKS_MAX}`.execute(store.db);
  return rows;
}

/** One self-check with the units in somebody's sight. Throws {@link UserError} `identity.forbidden`, `selfcheck.unknown`. */
export async function readSelfCheck(
  deps: StoreDeps,
  acting: Acting,
  { id, at }: { readonly id: number; readonly at: Instant },
): Promise<SelfCheckView> {
  const [head] = await listSelfChecks(deps, acting, id);
  if (head === undefined) throw unknownSelfCheck();
  const { rows } = await sql<Omit<AskedUnitState, 'agreement' | 'isLate'>>`
    select u.unit_id as "unitId", u.unit_name as "unitName", newest.state, newest.version,
           first.submitted_on as "firstSubmittedOn", last.submitted_at as "submittedAt"
      from self_check_unit u
      left join lateral (select state, version from self_check_hand_in h
        where h.self_check_id = u.self_check_id and h.unit_id = u.unit_id order by version desc limit 1) newest on true
      left join lateral (select submitted_on from self_check_hand_in h
        where h.self_check_id = u.self_check_id and h.unit_id = u.unit_id and h.state = 'submitted'
        order by version limit 1) first on true
      left join lateral (select submitted_at from self_check_hand_in h
        where h.self_check_id = u.self_check_id and h.unit_id = u.unit_id and h.state = 'submitted'
        order by version desc limit 1) last on true
     where u.self_check_id = ${id} order by u.place`.execute(deps.store.db);
  const scope = scopeOf(acting);
  const own = rows.filter(({ unitId }) => isInScope(scope, unitId));
  const { agreements, roundIsClosed } = await agreementsOf(
    deps,
    id,
    own.map(({ unitId }) => unitId),
  );
  const today = shanghaiDate(at);
  return {
    ...{ head, roundIsClosed },
    units: own.map((row) => ({
      ...row,
      isLate: (row.firstSubmittedOn ?? today) > head.dueOn,
      agreement: agreements.get(row.unitId) ?? null,
    })),
    may: {
      close: head.state === 'open' && may(acting, 'selfcheck.open'),
      submit: head.state === 'open' && may(acting, 'selfcheck.submit'),
    },
  };
}
