import { sql } from 'kysely';
import { personOf } from '../../domain/acting.ts';
import type { Actor, Scope } from '../../domain/actor.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import { loadUnitTree } from '../../registry/index.ts';
import { formatPassRate, idsOfParts } from '../../scoring/index.ts';
import type { InspectionDb } from '../inspection-db.ts';
import type { FindingFilter } from '../queue/finding-filter.ts';
import { countFindings } from '../queue/list-findings.ts';
import { newestRound, requireRound } from '../round.repository.ts';
import type { Round } from '../round.ts';
import { isSeen } from '../subject-columns.ts';
import { ruleList } from '../unsettled.ts';
import {
  type Counts,
  countBySponsor,
  NO_COUNTS,
  type SponsorCounts,
  type TrendPoint,
  trendOf,
} from './overview-counts.ts';

interface KindNumbers {
  readonly registered: number;
  readonly checked: number;
  readonly passing: number;
  readonly failing: number;
  readonly undetermined: number;
  /** As a bulletin prints it; empty while nothing was judged. */
  readonly rateText: string;
}

/** The first page's numbers: one round, as somebody sees it. */
export interface Overview {
  readonly round: Round | null;
  readonly kinds: Readonly<Record<SubjectKind, KindNumbers>>;
  readonly units: readonly {
    readonly unitId: number;
    readonly name: string;
    readonly parentId: number | null;
    readonly sites: Counts;
    readonly accounts: Counts;
  }[];
  readonly problems: readonly {
    readonly ruleId: string;
    readonly label: string;
    readonly kind: SubjectKind;
    readonly count: number;
  }[];
  readonly trend: readonly TrendPoint[];
  readonly waiting: readonly {
    readonly kind: 'review' | 'confirm' | 'contest' | 'sign' | 'undetermined';
    readonly count: number;
    readonly to: string;
  }[];
}

/** Throws {@link UserError} `round.unknown` for a period that is not there. */
export async function readOverview(
  db: InspectionDb,
  actor: Actor,
  asked: { readonly period?: string | undefined; readonly unitId?: number | undefined },
): Promise<Overview> {
  const round = asked.period ? await requireRound(db, asked.period) : await newestRound(db);
  const { scope } = actor;
  const bySponsor = round === null ? [] : await countBySponsor(db, round, scope);
  const registered = await countRegistered(db, scope);
  return {
    round,
    kinds: {
      site: numbersOf(bySponsor, 'site', registered.site, round),
      account: numbersOf(bySponsor, 'account', registered.account, round),
    },
    units: await tilesOf(db, scope, bySponsor, asked.unitId),
    problems: round === null ? [] : await problemsOf(db, round, scope),
    trend: await trendOf(db, scope, new Map(round === null ? [] : [[round.id, bySponsor]])),
    waiting: round === null ? [] : await waitingFor(db, actor, round),
  };
}

function numbersOf(
  rows: readonly SponsorCounts[],
  kind: SubjectKind,
  registered: number,
  round: Round | null,
): KindNumbers {
  const own = rows.filter((row) => row.kind === kind);
  const sum = (of: (row: SponsorCounts) => number): number =>
    own.reduce((total, row) => total + of(row), 0);
  const [checked, failing, undetermined, judged] = [
    sum((row) => row.checked),
    sum((row) => row.failing),
    sum((row) => row.undetermined),
    sum((row) => row.judged),
  ];
  return {
    registered,
    checked,
    passing: judged - failing - undetermined,
    failing,
    undetermined,
    // A bulletin counts what nobody could settle as passing: it accuses only of what is proved.
    rateText:
      round === null || checked === 0 || judged < checked
        ? ''
        : formatPassRate(failing, checked, round.ruleset.percent),
  };
}

/** The units right below one that somebody sees, each with everything below it. */
async function tilesOf(
  db: InspectionDb,
  scope: Scope,
  rows: readonly SponsorCounts[],
  unitId: number | undefined,
): Promise<Overview['units']> {
  const tree = await loadUnitTree(db);
  const top = unitId !== undefined && (scope === 'all' || scope.has(unitId)) ? unitId : null;
  const tiles = new Map<number, { sites: Counts; accounts: Counts }>();
  for (const row of rows) {
    const chain = tree.chain(row.sponsorId).filter(({ id }) => scope === 'all' || scope.has(id));
    const tile = tileOf(
      chain.map(({ id }) => id),
      top,
    );
    if (tile === null) continue;
    const known = tiles.get(tile) ?? { sites: NO_COUNTS, accounts: NO_COUNTS };
    const key = row.kind === 'site' ? 'sites' : 'accounts';
    tiles.set(tile, { ...known, [key]: plus(known[key], row) });
  }
  return [...tiles]
    .map(([id, counts]) => ({
      unitId: id,
      name: tree.get(id)?.name ?? '',
      parentId: tree.get(id)?.parentId ?? null,
      order: tree.get(id)?.printOrder ?? 0,
      ...counts,
    }))
    .sort((left, right) => left.order - right.order || left.unitId - right.unitId)
    .map(({ order: _, ...tile }) => tile);
}

/**
 * Of a chain from the sponsor upwards: the unit right below `top`; the top itself for its own subjects. Without a top the
 * highest visible unit is it.
 */
function tileOf(chain: readonly number[], top: number | null): number | null {
  const at = top === null ? chain.length - 1 : chain.indexOf(top);
  return at < 0 ? null : (chain[at - 1] ?? chain[at] ?? null);
}

const plus = (left: Counts, right: Counts): Counts => ({
  checked: left.checked + right.checked,
  failing: left.failing + right.failing,
  undetermined: left.undetermined + right.undetermined,
});

async function countRegistered(
  db: InspectionDb,
  scope: Scope,
): Promise<Record<SubjectKind, number>> {
  const seen =
    scope === 'all' ? sql`true` : sql`sponsor_id = any(${`{${[...scope].join(',')}}`}::int[])`;
  const { rows } = await sql<{ site: number; account: number }>`
    select (select count(*)::int from site where status = 'running' and ${seen}) as site,
           (select count(*)::int from account where status = 'running' and ${seen}) as account`.execute(
    db,
  );
  return rows[0] ?? { site: 0, account: 0 };
}

async function problemsOf(
  db: InspectionDb,
  round: Round,
  scope: Scope,
): Promise<Overview['problems']> {
  const { rows } = await sql<{ ruleId: string; kind: SubjectKind; count: number }>`
    select f.rule_id as "ruleId", f.kind, count(*)::int as count
      from finding f ${
        scope === 'all'
          ? sql``
          : sql`join round_subject s on s.round_id = f.round_id and s.kind = f.kind and s.subject_id = f.subject_id and ${isSeen(scope)}`
      }
     where f.round_id = ${round.id} and f.status = 'breached' and f.review <> 'rejected'
       and f.rule_id <> all(${ruleList(idsOfParts(round.ruleset, 'bonus'))})
     group by f.rule_id, f.kind order by count(*) desc, f.rule_id`.execute(db);
  const labels = new Map(round.ruleset.rules.map((rule) => [rule.id, rule.printedLabel]));
  return rows.map((row) => ({ ...row, label: labels.get(row.ruleId) ?? row.ruleId }));
}

async function waitingFor(
  db: InspectionDb,
  actor: Actor,
  round: Round,
): Promise<Overview['waiting']> {
  const count = (more: Partial<FindingFilter>): Promise<number> =>
    countFindings(db, {
      roundId: round.id,
      scope: actor.scope,
      statuses: ['breached'],
      ...more,
    });
  const link = (query: string): string =>
    `/findings?period=${encodeURIComponent(round.period)}&${query}`;
  const person = personOf(actor);
  const waiting: Overview['waiting'][number][] = [];
  if (actor.can('finding.review') && round.state === 'reviewing') {
    const mine = { how: 'waiting', person } as const;
    waiting.push(
      { kind: 'review', count: await count({ reviews: ['open'], mine }), to: link('review=open') },
      {
        kind: 'confirm',
        count: await count({ reviews: ['once'], mine }),
        to: link('review=once&mine=waiting'),
      },
      {
        kind: 'undetermined',
        count: await count({ statuses: ['undetermined'], reviews: ['open', 'cannotJudge'] }),
        to: link('status=undetermined'),
      },
      { kind: 'contest', count: await count({ contested: 'open' }), to: link('contested=open') },
    );
  }
  if (actor.can('bulletin.sign') && round.state === 'frozen' && round.clock === 'live')
    waiting.push({ kind: 'sign', count: 1, to: `/bulletins/${round.period}` });
  return waiting.filter((each) => each.count > 0);
}
