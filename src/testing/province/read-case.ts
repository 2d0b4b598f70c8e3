import { z } from 'zod';
import { parsePeriod } from '../../domain/period.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { findContradictions } from './plan/case-contradictions.ts';
import { nameRows } from './plan/print-rows.ts';
import { rulesOf } from './plan/problem-rules.ts';

/** No province has more subjects than this; a case beyond it is a mistake. */
const SUBJECTS_MAX = 50_000;

const Count = z.number().int().min(0).max(SUBJECTS_MAX);
const UnitRow = z.object({
  unit: z.string().trim().min(1),
  running: Count,
  checked: Count,
  failing: Count,
});
const Failing = {
  unit: z.string().trim().min(1),
  name: z.string().trim().min(1),
  problems: z.array(z.string().trim().min(1)).min(1),
};
const SiteRow = z.object({ ...Failing, siteCode: z.string().regex(/^(\d{10}|bm\d{8})$/i) });
const AccountRow = z.object({
  ...Failing,
  operator: z.string().trim().min(1),
  platform: z.string().trim().min(1),
  accountId: z.string().trim().min(1).optional(),
  lastUpdated: z.iso.date().nullish(),
});
const CaseSchema = z.object({
  title: z.string().default(''),
  issuer: z.string().default(''),
  period: z.string().min(1),
  samplingWindow: z.tuple([z.iso.date(), z.iso.date()]),
  repeatOffenders: z.array(z.object({ unit: z.string(), name: z.string() })).default([]),
  sitesByUnit: z.array(UnitRow),
  sitesTotal: UnitRow.partial().optional(),
  failingSites: z.array(SiteRow),
  accountsByUnit: z.array(UnitRow),
  accountsTotal: UnitRow.partial().optional(),
  failingAccounts: z.array(AccountRow),
});

export type RawCase = z.infer<typeof CaseSchema>;

/** What one row of annex 1 or 3 says; `unit` is the print row's name. */
export interface CaseUnitRow {
  readonly unit: string;
  readonly running: number;
  readonly checked: number;
  readonly failing: number;
}

export interface CaseSite {
  readonly row: string;
  readonly name: string;
  readonly siteCode: string;
  /** As the case words them, and the sub-rule ids that they mean. */
  readonly problems: readonly string[];
  readonly rules: readonly string[];
}

export interface CaseAccount {
  readonly row: string;
  readonly name: string;
  readonly operator: string;
  readonly platform: string;
  readonly accountId: string | null;
  readonly lastUpdated: CalendarDate | null;
  readonly problems: readonly string[];
  readonly rules: readonly string[];
}

/** A case as the province is planned from it: units by print row, problems by sub-rule id. */
export interface ProvinceCase {
  readonly title: string;
  readonly issuer: string;
  readonly period: string;
  readonly window: readonly [CalendarDate, CalendarDate];
  /** Print rows in print order. */
  readonly rows: readonly string[];
  /** Other names of a print row that the case uses. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  readonly sitesByUnit: readonly CaseUnitRow[];
  readonly accountsByUnit: readonly CaseUnitRow[];
  readonly failingSites: readonly CaseSite[];
  readonly failingAccounts: readonly CaseAccount[];
  readonly repeatOffenders: readonly { readonly row: string; readonly name: string }[];
}

const DETAILS_MAX = 100;

/**
 * Reads a case in the format of the founding document's tables (src/domain/case-file.ts); fields that a province does not
 * need may be absent. Throws {@link UserError} `case.invalid` listing everything that is wrong or contradicts itself.
 */
export function readCase(text: string): ProvinceCase {
  const raw = parseCase(text);
  const names = nameRows(raw);
  const complaints: string[] = [];
  const rules = (kind: 'site' | 'account', row: { name: string; problems: readonly string[] }) =>
    rulesOf(kind, row, complaints);
  const rowNamed = (unit: string): string => names.rowOf(unit) ?? unit;
  const source: ProvinceCase = {
    title: raw.title,
    issuer: raw.issuer,
    period: parsePeriod(raw.period).key,
    window: raw.samplingWindow,
    rows: names.rows,
    aliases: names.aliases,
    sitesByUnit: raw.sitesByUnit.map((row) => ({ ...row, unit: rowNamed(row.unit) })),
    accountsByUnit: raw.accountsByUnit.map((row) => ({ ...row, unit: rowNamed(row.unit) })),
    failingSites: raw.failingSites.map((row) => ({
      row: rowNamed(row.unit),
      name: row.name,
      siteCode: row.siteCode.toLowerCase(),
      problems: row.problems,
      rules: rules('site', row),
    })),
    failingAccounts: raw.failingAccounts.map((row) => ({
      row: rowNamed(row.unit),
      name: row.name,
      operator: row.operator,
      platform: row.platform,
      accountId: row.accountId ?? null,
      lastUpdated: row.lastUpdated ?? null,
      problems: row.problems,
      rules: rules('account', row),
    })),
    repeatOffenders: raw.repeatOffenders.map(({ unit, name }) => ({ row: rowNamed(unit), name })),
  };
  const found = [...complaints, ...findContradictions(source, raw)];
  if (found.length > 0) throw invalid('案例文件自相矛盾，或写了模拟省做不出的问题：', found);
  return source;
}

function parseCase(text: string): RawCase {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new UserError('case.invalid', '案例文件不是有效的 JSON。', { cause });
  }
  const { localeError } = z.locales.zhCN();
  const parsed = CaseSchema.safeParse(value, { error: localeError });
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map(({ path, message }) => `${path.join('.')}：${message}`);
  throw invalid('案例文件的内容不对：', details);
}

function invalid(message: string, details: readonly string[]): UserError {
  const shown = details.slice(0, DETAILS_MAX);
  if (details.length > shown.length) shown.push(`……另有 ${details.length - shown.length} 处`);
  return new UserError('case.invalid', message, { details: shown });
}
