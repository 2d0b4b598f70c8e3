import { sql } from 'kysely';
import { z } from 'zod';
import type { IndexFormula } from '../derive/communication/index-formula.ts';
import { SHIPPED_FORMULAS } from '../derive/communication/shipped-formulas.ts';
import { type Acting, assertMay, nameOf, personOf } from '../domain/acting.ts';
import { recordAudit } from '../identity/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { lockInTransaction } from '../store/lock-in-transaction.ts';
import { type MatrixDb, type MatrixDeps, matrixDb } from './matrix-db.ts';

/** A formula with who made this version, and why; the first one is shipped. */
export interface KeptFormula {
  readonly formula: IndexFormula;
  readonly change: { readonly by: string; readonly at: Instant; readonly reason: string } | null;
}

/** Numbers that somebody may change; groups and measures are the formula's nature. Keys: `group` and `group.measure`. */
export const Weights = z.record(z.string().max(60), z.number().min(0).max(10));
export const REASON_MAX = 200;

/** The newest version of each formula, in the order shipped. */
export async function listFormulas(db: MatrixDb): Promise<KeptFormula[]> {
  const { rows } = await sql<{ content: IndexFormula; by: string; at: string; reason: string }>`
    select distinct on (formula_id) content, made_by as by, made_at as at, reason
      from index_formula_version order by formula_id, version desc`.execute(db);
  const newest = new Map(rows.map((row) => [row.content.id, row]));
  return SHIPPED_FORMULAS.map((shipped) => {
    const kept = newest.get(shipped.id);
    if (kept === undefined) return { formula: shipped, change: null };
    const { by, at, reason } = kept;
    return {
      formula: { ...kept.content },
      change: { by, at: new Date(at).toISOString(), reason },
    };
  });
}

export interface FormulaChange {
  readonly id: string;
  /** The version that was looked at. */
  readonly base: number;
  readonly weights: Readonly<Record<string, number>>;
  readonly reason: string;
  readonly at: Instant;
}

/**
 * Makes the next version of a formula; earlier ones are kept, so that a number once shown can be computed again. Audited. Throws
 * {@link UserError} `identity.forbidden`, `index.unknown`, `index.changed`, `index.weights`.
 */
export async function changeFormula(
  { store }: MatrixDeps,
  acting: Acting,
  input: FormulaChange,
): Promise<KeptFormula> {
  assertMay(acting, 'ruleset.change');
  return store.transaction(async (trx) => {
    await lockInTransaction(trx, `index:${input.id}`);
    const db = matrixDb(trx);
    const kept = (await listFormulas(db)).find(({ formula }) => formula.id === input.id);
    if (kept === undefined) throw new UserError('index.unknown', '没有这个参考指数。');
    const { formula } = kept;
    if (formula.version !== input.base)
      throw new UserError('index.changed', `已有第 ${formula.version} 版；请刷新，看过之后再改。`, {
        family: 'state',
      });
    const next = { ...weighted(formula, input.weights), version: formula.version + 1 };
    const { name, userId } = personOf(acting);
    const { reason, at } = input;
    await db
      .insertInto('index_formula_version')
      .values({
        ...{ formula_id: formula.id, version: next.version, content: JSON.stringify(next) },
        ...{ reason, made_by: name, made_by_id: userId, made_at: at },
      })
      .execute();
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'index.change', subject: `index:${formula.id}` },
      detail: { reason },
      before: { version: formula.version, weights: weightsOf(formula) },
      after: { version: next.version, weights: weightsOf(next) },
    });
    return { formula: next, change: { by: name, at, reason } };
  });
}

/** A formula's weights by their keys. */
export function weightsOf(formula: IndexFormula): Record<string, number> {
  return Object.fromEntries(
    formula.groups.flatMap((group) => [
      [group.id, group.weight],
      ...group.terms.map((term) => [`${group.id}.${term.measure}`, term.weight]),
    ]),
  );
}

function weighted(formula: IndexFormula, weights: Readonly<Record<string, number>>): IndexFormula {
  const known = weightsOf(formula);
  const strange = Object.keys(weights).find((key) => !(key in known));
  if (strange !== undefined)
    throw new UserError('index.weights', `这个参考指数没有“${strange}”这一项。`, {
      field: 'weights',
    });
  const all = { ...known, ...weights };
  if (formula.groups.every(({ id }) => all[id] === 0))
    throw new UserError('index.weights', '各部分的权重不能都是 0。', { field: 'weights' });
  return {
    ...formula,
    groups: formula.groups.map((group) => ({
      ...group,
      weight: all[group.id] ?? 0,
      terms: group.terms.map((term) => ({
        ...term,
        weight: all[`${group.id}.${term.measure}`] ?? 0,
      })),
    })),
  };
}
