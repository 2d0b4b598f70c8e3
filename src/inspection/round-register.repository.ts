import { type Kysely, sql } from 'kysely';
import type { Subject } from '../domain/subject.ts';
import { listAccounts, listPrintRows, listSites, listUnits } from '../registry/index.ts';
import type { InspectionDb } from './inspection-db.ts';

/** A print row in print order, and what the register has in it, running or not. */
export interface PrintRow {
  readonly name: string;
  readonly hasSites: boolean;
  readonly hasAccounts: boolean;
}

/** What of the register a round keeps beyond its subjects and the names of units (`round_unit`). */
export interface RoundRegister {
  readonly printRows: readonly PrintRow[];
  /** Names of the units at the top: whose bulletin it is. */
  readonly roots: readonly string[];
  /** The newest row of `register_history` then; null = there was none. */
  readonly historyUpTo: number | null;
}

/** Copies the register of this moment into a planned round; what is renamed later does not reach it. */
export async function keepRegister(
  db: InspectionDb,
  roundId: number,
  subjects: readonly Subject[],
): Promise<void> {
  const register = JSON.stringify(await presentRegister(db, subjects));
  await sql`update round set register = ${register}::jsonb where id = ${roundId}`.execute(db);
  await sql`
    insert into round_unit (round_id, unit_id, parent_id, name, other_names, registry_order)
    select ${roundId}, unit.id, unit.parent_id, unit.name,
           unit.aliases || coalesce((select jsonb_agg(former_name) from unit_rename where unit_id = unit.id), '[]'),
           unit.registry_order
      from unit`.execute(db);
}

/** The round's copy; of a round that was planned before there was one, the register as it stands. */
export async function registerOf(db: InspectionDb, roundId: number): Promise<RoundRegister> {
  const { rows } = await sql<{ register: RoundRegister | null }>`
    select register from round where id = ${roundId}`.execute(db);
  return (
    rows[0]?.register ??
    presentRegister(db, [...(await listSites(db)), ...(await listAccounts(db))])
  );
}

/** Rows of `register_history` up to this one are the round's; null = all. */
export async function historyLimitOf(db: InspectionDb, roundId: number): Promise<number | null> {
  const { rows } = await sql<{ limit: number | null }>`
    select (register->>'historyUpTo')::int as "limit" from round where id = ${roundId}`.execute(db);
  return rows[0]?.limit ?? null;
}

async function presentRegister<Tables>(
  db: Kysely<Tables>,
  subjects: readonly Subject[],
): Promise<RoundRegister> {
  const rowsOf = (kind: Subject['kind']): Set<string> =>
    new Set(subjects.flatMap((each) => (each.kind === kind ? [each.printRow] : [])));
  const [sites, accounts] = [rowsOf('site'), rowsOf('account')];
  const { rows } = await sql<{ newest: number | null }>`
    select max(id) as newest from register_history`.execute(db);
  return {
    printRows: (await listPrintRows(db)).map((name) => ({
      ...{ name, hasSites: sites.has(name), hasAccounts: accounts.has(name) },
    })),
    roots: (await listUnits(db)).flatMap(({ name, parentId }) => (parentId === null ? [name] : [])),
    historyUpTo: rows[0]?.newest ?? null,
  };
}
