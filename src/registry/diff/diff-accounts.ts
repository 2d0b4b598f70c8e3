import type { Sheet } from '../../documents/workbook.ts';
import { type Acting, assertMay, scopeOf } from '../../domain/acting.ts';
import { isInScope } from '../../domain/actor.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { StoreDeps } from '../../store/store.ts';
import { titleOf } from '../account-fields.ts';
import { findSponsor } from '../check-register.ts';
import { findMap } from '../maps/column-map.repository.ts';
import { type RegisterFile, readRegisterFiles, type SheetReading } from '../read-register-files.ts';
import { type RowError, wordError } from '../register-rows.ts';
import { loadUnitTree, registryDb } from '../registry.repository.ts';
import { loadAccounts } from '../save-accounts.ts';
import { compareRegisters, matchTheirs, type RegisterComparison } from './compare-registers.ts';

export interface AccountsDiff extends RegisterComparison {
  /** Cells of their file that could not be read, in words; such a field is not compared. */
  readonly unread: readonly string[];
  readonly unreadLeftOut: number;
  /** How the headers of their file were understood. */
  readonly sheets: readonly SheetReading[];
}

const UNREAD_MAX = 200;
/** Of a unit that our tree does not know. */
const NO_UNIT = 0;

/**
 * Compares the register with an export of the national reporting system (国办发〔2018〕123号). Reads only: what should be adopted goes
 * through the import. Throws {@link UserError} `identity.forbidden`, `column-map.unknown`, `registry.headers`, `diff.none`, `workbook.*`.
 */
export async function diffAccounts(
  { store }: StoreDeps,
  acting: Acting,
  { file, map }: { readonly file: RegisterFile; readonly map: string | null },
): Promise<AccountsDiff> {
  // Whatever their file says of any unit is shown: only who sees the whole register compares it.
  assertMay(acting, 'registry.import');
  const db = registryDb(store.db);
  const register = await readRegisterFiles([file], map === null ? null : await findMap(db, map));
  if (register.accounts.length === 0)
    throw new UserError('diff.none', `${file.name} 里没有账号的行。`, { field: 'file' });
  const tree = await loadUnitTree(db);
  const scope = scopeOf(acting);
  const accounts = (await loadAccounts(db, 'all')).filter(({ columns }) =>
    isInScope(scope, columns.sponsor_id),
  );
  // A sponsor that our tree does not know is a difference, no error.
  const ignored: RowError[] = [];
  const rows = register.accounts.map((row) => {
    const sponsorId = findSponsor(tree, row, ignored);
    return { row: { ...row, sponsorId: sponsorId ?? NO_UNIT }, hasSponsor: sponsorId !== null };
  });
  const sponsorName = (id: number): string => tree.get(id)?.name ?? '';
  const compared = compareRegisters({ accounts, rows: matchTheirs(rows, accounts), sponsorName });
  return {
    ...compared,
    unread: register.errors.slice(0, UNREAD_MAX).map(wordError),
    unreadLeftOut: Math.max(0, register.errors.length - UNREAD_MAX),
    sheets: register.sheets,
  };
}

export const DIFF_KIND_WORDS = {
  ours: '只在名录',
  theirs: '只在报送系统',
  differs: '字段不同',
} as const;

export const DIFF_HEAD = [
  ...(['差异', '平台', '账号名称', '主办单位', '对方行号', '字段', '名录', '报送系统'] as const),
] as const;

/** For a file: one row a differing field, one an account that is only on one side. */
export function sheetOfDiff({ differences }: RegisterComparison): Sheet {
  const rows = differences.flatMap(({ kind, platform, name, sponsor, row, fields }) => {
    const head = [DIFF_KIND_WORDS[kind], platform, name, sponsor, row === null ? '' : String(row)];
    if (fields.length === 0) return [[...head, '', '', '']];
    return fields.map(({ field, ours, theirs }) => [...head, titleOf(field), ours, theirs]);
  });
  return { name: '比对', rows: [[...DIFF_HEAD], ...rows] };
}
