import { z } from 'zod';
import { RowIdText } from '../../http/row-id.ts';
import { unitsBelow } from '../../registry/index.ts';
import type { InspectionDb } from '../inspection-db.ts';

/** Every list: at most 200 rows a page. */
export const LIST_PAGE = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('每页条数，1–200'),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('跳过的条数'),
};

export const KIND = z.enum(['site', 'account']);
export const PERIOD = z.string().min(1).max(40);
export const PeriodParams = z.strictObject({ period: PERIOD });
export const UNIT_ID = RowIdText.describe('单位及其下级');
export const WORDS = z.string().trim().max(100).describe('名称、标识或主办单位里的字');

/** A list's answer; counting stops at 10,000. */
export function listOf<T extends z.ZodType>(item: T, example: unknown) {
  return z
    .object({ items: z.array(item), total: z.number(), totalIsExact: z.boolean() })
    .meta({ example: { items: [example], total: 1, totalIsExact: true } });
}

/** `name` or `-name`: the columns that a list is sorted by. */
export function sortBy<const T extends string>(names: readonly [T, ...T[]], fallback: T) {
  const both = names.flatMap((name) => [name, `-${name}`]) as [string, ...string[]];
  return z.enum(both).default(fallback).describe('前面加 - 为降序');
}

/** The unit that a list is narrowed to, with all below it; undefined when it is not. */
export async function narrowedTo(
  db: InspectionDb,
  unitId: number | undefined,
): Promise<{ unitIds?: readonly number[] }> {
  return unitId === undefined ? {} : { unitIds: await unitsBelow(db, unitId) };
}

/** What stands in a route's description: its own refusals; those that every route may give the kit adds. */
export function refusals(...codes: readonly string[]): string {
  return codes.length === 0 ? '' : `错误码：${codes.join('、')}`;
}
