import { sql } from 'kysely';
import { isInScope, type Scope } from '../../domain/actor.ts';
import type { Verdict } from '../../domain/finding.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { loadUnitTree } from '../../registry/index.ts';
import type { InspectionDb } from '../inspection-db.ts';
import { listRegister, type RegisterItem } from './register-list.ts';
import { labelsOfRounds, type VerdictView, viewVerdict } from './verdict-views.ts';

/** A site or account with its past: everything that does not belong to one round. */
export interface SubjectDetail extends RegisterItem {
  readonly history: readonly {
    readonly validFrom: string;
    readonly value: Record<string, unknown>;
    /** Where the change came from, in words; null = somebody's own decision or an import. */
    readonly source: string | null;
  }[];
  readonly rounds: readonly {
    readonly period: string;
    readonly label: string;
    readonly verdict: VerdictView | null;
    readonly monitoredAt: string;
    readonly checked: boolean;
    /** Breaches that were not rejected; a bonus that was earned is none. */
    readonly findings: number;
  }[];
  /** From the sponsor upwards; level 0 is the topmost unit. */
  readonly dutyChain: readonly {
    readonly id: number;
    readonly name: string;
    readonly level: number;
  }[];
}

/** Changes and rounds shown of one subject. */
const HISTORY_MAX = 200;
const ROUNDS_MAX = 60;

/** Throws {@link UserError} `site.unknown` or `account.unknown`, also for what lies outside the scope. */
export async function readSubject(
  db: InspectionDb,
  scope: Scope,
  kind: SubjectKind,
  id: number,
): Promise<SubjectDetail> {
  const tree = await loadUnitTree(db);
  const sponsorId = await sponsorOf(db, kind, id);
  if (sponsorId === null || !isInScope(scope, sponsorId)) throw unknownSubject(kind);
  const printRows = new Map([[sponsorId, tree.printRowOf(sponsorId)]]);
  const { items } = await listRegister(db, { kind, scope: 'all', id }, printRows, {
    limit: 1,
    offset: 0,
    sort: 'order',
    descending: false,
  });
  const [item] = items;
  if (!item) throw unknownSubject(kind);
  const chain = tree.chain(sponsorId);
  return {
    ...item,
    history: await historyOf(db, kind, id),
    rounds: await roundsOf(db, kind, id),
    dutyChain: chain.map(({ id: unitId, name }, index) => ({
      id: unitId,
      name,
      level: chain.length - 1 - index,
    })),
  };
}

const unknownSubject = (kind: SubjectKind): UserError =>
  new UserError(`${kind}.unknown`, kind === 'site' ? '没有这个网站。' : '没有这个账号。');

async function sponsorOf(db: InspectionDb, kind: SubjectKind, id: number): Promise<number | null> {
  const table = kind === 'site' ? sql`site` : sql`account`;
  const { rows } = await sql<{ sponsor_id: number }>`
    select sponsor_id from ${table} where id = ${id}`.execute(db);
  return rows[0]?.sponsor_id ?? null;
}

async function historyOf(
  db: InspectionDb,
  kind: SubjectKind,
  id: number,
): Promise<SubjectDetail['history']> {
  const { rows } = await sql<SubjectDetail['history'][number]>`
    select valid_from as "validFrom", value - 'app_id' as value, source from register_history
     where kind = ${kind} and subject_id = ${id}
     order by valid_from desc, id desc limit ${HISTORY_MAX}`.execute(db);
  return rows;
}

async function roundsOf(
  db: InspectionDb,
  kind: SubjectKind,
  id: number,
): Promise<SubjectDetail['rounds']> {
  const { rows } = await sql<{
    roundId: number;
    period: string;
    label: string;
    verdict: Verdict | null;
    monitoredAt: string;
    checked: boolean;
    findings: number;
  }>`
    select s.round_id as "roundId", r.period, r.label, s.verdict, s.monitored_at as "monitoredAt", s.checked,
           (select count(*)::int from finding f
             where f.round_id = s.round_id and f.kind = s.kind and f.subject_id = s.subject_id
               and f.status = 'breached' and f.review <> 'rejected'
               and not exists (select 1 from jsonb_array_elements(r.ruleset->'rules') rule
                                where rule->>'id' = f.rule_id and rule->>'part' = 'bonus')) as findings
      from round_subject s join round r on r.id = s.round_id
     where s.kind = ${kind} and s.subject_id = ${id}
     order by s.round_id desc limit ${ROUNDS_MAX}`.execute(db);
  const labels = await labelsOfRounds(
    db,
    rows.map(({ roundId }) => roundId),
  );
  return rows.map(({ roundId, verdict, monitoredAt, ...row }) => ({
    ...row,
    monitoredAt: new Date(monitoredAt).toISOString(),
    verdict: verdict === null ? null : viewVerdict(verdict, labels.get(roundId) ?? new Map()),
  }));
}
