import { writeXlsx } from '../../documents/workbook.ts';
import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { StoreDeps } from '../../store/store.ts';
import { DIFF_HEAD, DIFF_KIND_WORDS } from './diff-accounts.ts';
import { type DiffFilter, listDifferences } from './read-diff.ts';

/** Rows of one file; what is beyond is told in its last row. */
const ROWS_MAX = 100_000;
const STATE_WORDS = { open: '', adopted: '已采用', takenBack: '已退回' } as const;

/** The differences that somebody sees under a filter, as a workbook; audited. Throws {@link UserError} `identity.forbidden`, `register-diff.unknown`. */
export async function exportDifferences(
  deps: StoreDeps,
  acting: Acting,
  id: number,
  filter: DiffFilter,
): Promise<Uint8Array> {
  assertMay(acting, 'registry.export');
  const page = { limit: ROWS_MAX, offset: 0 };
  const { items, total } = await listDifferences(deps, acting, id, filter, page);
  const rows = items.map((item) => [
    ...[DIFF_KIND_WORDS[item.kind], item.platform, item.name, item.sponsor],
    ...[
      item.fileRow === null ? '' : String(item.fileRow),
      item.title ?? '',
      item.ours,
      item.theirs,
    ],
    ...[STATE_WORDS[item.state], item.adoptedBy ?? ''],
  ]);
  if (total > items.length)
    rows.push([`另有 ${total - items.length} 处没有列出，请缩小筛选条件再导出`]);
  const bytes = await writeXlsx([
    { name: '比对', rows: [[...DIFF_HEAD, '处理', '处理人'], ...rows] },
  ]);
  await deps.store.transaction((trx) =>
    recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'register-diff.export', subject: `register-diff:${id}` },
      detail: { rows: items.length, bytes: bytes.byteLength },
    }),
  );
  return bytes;
}
