import { readTable } from '../../documents/workbook.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { listAccounts } from '../../registry/index.ts';
import type { Store } from '../../store/store.ts';
import { inTransaction } from '../inspection-db.ts';
import { saveObservations, withdrawnAlike } from './observation.repository.ts';
import { FIELDS, type Field, NEEDED_FIELDS, ObservationReader } from './observation-reader.ts';

const ERRORS_MAX = 500;
const TITLE_ROWS_MAX = 10;

/**
 * Imports what inspectors saw; all rows or none, but for those that were withdrawn as they stand. Throws {@link UserError} `observation.rows` listing every
 * faulty cell.
 */
export async function importObservations(
  deps: { store: Store },
  actor: string,
  input: { fileName: string; bytes: Uint8Array; now: Instant },
): Promise<{ added: number; unchanged: number; withdrawn: number }> {
  const rows = await readTable(input.bytes, input.fileName);
  const header = findColumns(rows, input.fileName);
  return inTransaction(deps.store, async (trx) => {
    const accounts = new Map(
      (await listAccounts(trx)).map((account) => [
        `${account.platform}\u0000${account.accountId}`,
        account.id,
      ]),
    );
    const errors: string[] = [];
    const observations = rows.slice(header.rowIndex + 1).flatMap((cells, index) => {
      if (cells.every((cell) => cell.trim() === '')) return [];
      const line = header.rowIndex + index + 2;
      const reader = new ObservationReader(
        cells,
        header.columns,
        `${input.fileName} 第 ${line} 行`,
        errors,
      );
      return reader.read({ accounts, origin: `${input.fileName}:${line}`, now: input.now }) ?? [];
    });
    if (errors.length > 0) {
      const details = errors.slice(0, ERRORS_MAX);
      if (errors.length > ERRORS_MAX)
        details.push(`……另有 ${errors.length - ERRORS_MAX} 处没有列出`);
      throw new UserError(
        'observation.rows',
        `人工观察有 ${errors.length} 处错误，没有导入任何内容。请逐处改正后再导入：`,
        { details },
      );
    }
    const alike = await withdrawnAlike(trx, observations);
    const kept = observations.filter((each) => !alike.has(each));
    const added = await saveObservations(trx, kept);
    const withdrawn = alike.size;
    await recordAudit(trx, {
      actor,
      action: 'observation.import',
      detail: { file: input.fileName, rows: observations.length, added, withdrawn },
    });
    return { added, unchanged: kept.length - added, withdrawn };
  });
}

function findColumns(
  rows: readonly (readonly string[])[],
  fileName: string,
): { rowIndex: number; columns: ReadonlyMap<Field, number> } {
  const fold = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
  for (let rowIndex = 0; rowIndex < Math.min(TITLE_ROWS_MAX, rows.length); rowIndex += 1) {
    const columns = new Map<Field, number>();
    for (const [field, words] of Object.entries(FIELDS) as [Field, readonly string[]][]) {
      const at = rows[rowIndex]!.findIndex((cell) =>
        words.some((word) => fold(word) === fold(cell)),
      );
      if (at >= 0) columns.set(field, at);
    }
    if (NEEDED_FIELDS.every((field) => columns.has(field))) return { rowIndex, columns };
  }
  throw new UserError(
    'observation.headers',
    `${fileName} 的表头不对：应有 ${Object.values(FIELDS)
      .map((words) => words[0])
      .join('、')}。`,
  );
}
