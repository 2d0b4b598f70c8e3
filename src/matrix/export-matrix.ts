import { writeXlsx } from '../documents/workbook.ts';
import { type Acting, assertMay, nameOf } from '../domain/acting.ts';
import { recordAudit } from '../identity/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import type { MatrixDeps } from './matrix-db.ts';
import { type MatrixFilter, type MatrixLine, readMatrix } from './read-matrix.ts';

const HEAD = ['账号数', '正常运行', '已知更新', '疑似停更', '不明', '合格率'];

/** The matrix as a workbook: unit by unit, platform by platform, and each unit on each platform. Audited. */
export async function exportMatrix(
  deps: MatrixDeps,
  acting: Acting,
  filter: MatrixFilter & { readonly at: Instant },
): Promise<Uint8Array> {
  assertMay(acting, 'registry.export');
  const matrix = await readMatrix(deps, acting, filter);
  const { today, limitDays, round, units, platforms, total } = matrix;
  const note = `${today}；已知更新：${limitDays} 天内；合格率：${round?.label ?? '没有冻结的批次'}。不明不等于没有更新。`;
  const bytes = await writeXlsx([
    {
      name: '各单位',
      rows: [
        ['单位', ...HEAD],
        ...units.map((unit) => [unit.name, ...cellsOf(unit)]),
        ['合计', ...cellsOf(total)],
        [note],
      ],
    },
    {
      name: '各平台',
      rows: [['平台', ...HEAD], ...platforms.map((each) => [each.platform, ...cellsOf(each)])],
    },
    {
      name: '单位与平台',
      rows: [
        ['单位', '平台', ...HEAD],
        ...units.flatMap(({ name, cells }) =>
          cells.map((cell) => [name, cell.platform, ...cellsOf(cell)]),
        ),
      ],
    },
  ]);
  await deps.store.transaction((trx) =>
    recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'matrix.export' },
      detail: { units: units.length, bytes: bytes.byteLength },
    }),
  );
  return bytes;
}

const cellsOf = ({ accounts, running, fresh, silent, unknown, rate }: MatrixLine): string[] => [
  ...[accounts, running, fresh, silent, unknown].map(String),
  rate,
];
