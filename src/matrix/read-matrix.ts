import { sql } from 'kysely';
import { type Acting, assertMay, may, scopeOf } from '../domain/acting.ts';
import { isInScope, type Scope } from '../domain/actor.ts';
import { type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { loadUnitTree } from '../registry/index.ts';
import { formatPassRate } from '../scoring/index.ts';
import { limitDaysOf, stateOf, type Today } from './account-state.ts';
import { idList, type MatrixDb, type MatrixDeps, matrixDb } from './matrix-db.ts';
import { countChecked, newestFrozen } from './pass-rates.ts';

/** Accounts of a unit (all below it included) on a platform, or of all of either. */
export interface MatrixCounts {
  readonly accounts: number;
  readonly running: number;
  readonly fresh: number;
  readonly silent: number;
  readonly unknown: number;
}

/** `rate` is as a bulletin prints it; '' where nothing was checked, or one may not see rounds. */
export interface MatrixLine extends MatrixCounts {
  readonly rate: string;
}

export interface MatrixUnit extends MatrixLine {
  readonly id: number;
  readonly name: string;
  readonly cells: readonly (MatrixLine & { readonly platform: string })[];
}

export interface Matrix extends Today {
  /** The round whose pass rates stand here; null = none is frozen, or one may not see rounds. */
  readonly round: { readonly period: string; readonly label: string } | null;
  readonly units: readonly MatrixUnit[];
  readonly platforms: readonly (MatrixLine & { readonly platform: string })[];
  readonly total: MatrixLine;
}

export interface MatrixFilter {
  readonly unitId?: number | undefined;
  readonly platform?: string | undefined;
  /** Words in a unit's name. */
  readonly q?: string | undefined;
}

const NO_COUNTS: MatrixCounts = { accounts: 0, running: 0, fresh: 0, silent: 0, unknown: 0 };
interface Sum extends MatrixCounts {
  readonly checked: number;
  readonly judged: number;
  readonly failing: number;
}
const NO_SUM: Sum = { ...NO_COUNTS, checked: 0, judged: 0, failing: 0 };
type Row = Sum & { readonly sponsorId: number; readonly platform: string };

/** How accounts stand, by the units right below one (or the topmost that one sees) and by platform. */
export async function readMatrix(
  { store }: MatrixDeps,
  acting: Acting,
  filter: MatrixFilter & { readonly at: Instant },
): Promise<Matrix> {
  assertMay(acting, 'registry.read');
  const db = matrixDb(store.db);
  const scope = scopeOf(acting);
  const now: Today = { today: shanghaiDate(filter.at), limitDays: await limitDaysOf(db) };
  const tree = await loadUnitTree(db);
  const round = may(acting, 'round.read') ? await newestFrozen(db) : null;
  const top = filter.unitId ?? null;
  const chainOf = (id: number): number[] =>
    tree.chain(id).flatMap((unit) => (isInScope(scope, unit.id) ? [unit.id] : []));
  const tiles = new Map<number, Row[]>();
  const standing = await countStanding(db, scope, now);
  const checked = round === null ? [] : await countChecked(db, round);
  for (const row of [...standing, ...checked]) {
    if (filter.platform !== undefined && row.platform !== filter.platform) continue;
    const id = tileOf(chainOf(row.sponsorId), top);
    if (id === null || !matches(tree.get(id)?.name ?? '', filter.q)) continue;
    const rows = tiles.get(id);
    if (rows) rows.push({ ...NO_SUM, ...row });
    else tiles.set(id, [{ ...NO_SUM, ...row }]);
  }
  const percent = round?.percent ?? null;
  const line = (rows: readonly Row[]): MatrixLine => lineOf(rows, percent);
  const units = [...tiles].map(([id, rows]) => ({
    ...{ id, name: tree.get(id)?.name ?? '', order: tree.get(id)?.printOrder ?? 0 },
    ...{ ...line(rows), cells: byPlatform(rows, line) },
  }));
  const all = [...tiles.values()].flat();
  return {
    ...now,
    round: round === null ? null : { period: round.period, label: round.label },
    units: units
      .sort((left, right) => left.order - right.order || left.id - right.id)
      .map(({ order: _, ...unit }) => unit),
    platforms: byPlatform(all, line),
    total: line(all),
  };
}

const matches = (name: string, q: string | undefined): boolean =>
  q === undefined || name.includes(q);

/** Of a chain from the sponsor upwards: the unit right below `top`, or `top` itself for its own; without a top the highest. */
function tileOf(chain: readonly number[], top: number | null): number | null {
  const at = top === null ? chain.length - 1 : chain.indexOf(top);
  return at < 0 ? null : (chain[top === null ? at : at - 1] ?? chain[at] ?? null);
}

async function countStanding(
  db: MatrixDb,
  scope: Scope,
  now: Today,
): Promise<(MatrixCounts & { sponsorId: number; platform: string })[]> {
  const seen = scope === 'all' ? sql`true` : sql`a.sponsor_id = any(${idList(scope)}::int[])`;
  const { rows } = await sql<MatrixCounts & { sponsorId: number; platform: string }>`
    select "sponsorId", platform, count(*)::int as accounts,
           (count(*) filter (where running))::int as running,
           (count(*) filter (where state = 'fresh'))::int as fresh,
           (count(*) filter (where state = 'silent'))::int as silent,
           (count(*) filter (where state = 'unknown'))::int as unknown
      from (select a.sponsor_id as "sponsorId", a.platform, a.status = 'running' as running, ${stateOf(now)} as state
              from account a left join account_pulse p on p.account_id = a.id where ${seen}) each_one
     group by "sponsorId", platform`.execute(db);
  return rows;
}

function byPlatform(rows: readonly Row[], line: (rows: readonly Row[]) => MatrixLine) {
  return [...Map.groupBy(rows, ({ platform }) => platform)]
    .map(([platform, own]) => ({ platform, ...line(own) }))
    .sort((left, right) => right.accounts - left.accounts);
}

function lineOf(
  rows: readonly Row[],
  percent: Parameters<typeof formatPassRate>[2] | null,
): MatrixLine {
  const sum = (of: keyof Sum): number => rows.reduce((total, row) => total + row[of], 0);
  const [checked, judged] = [sum('checked'), sum('judged')];
  return {
    ...{ accounts: sum('accounts'), running: sum('running'), fresh: sum('fresh') },
    ...{ silent: sum('silent'), unknown: sum('unknown') },
    rate:
      percent === null || checked === 0 || judged < checked
        ? ''
        : formatPassRate(sum('failing'), checked, percent),
  };
}
