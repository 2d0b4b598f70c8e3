import { writeXlsx } from '../../documents/workbook.ts';
import { type Acting, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { StoreDeps } from '../../store/store.ts';
import type { FigureName } from './load.ts';
import { type LoadFilter, readLoad } from './read-load.ts';

const HEADS: readonly (readonly [FigureName | 'subjectsPerPerson', string])[] = [
  ['subjects', '网站和账号'],
  ['people', '岗位上的人'],
  ['subjectsPerPerson', '人均'],
  ['findings', '确认的问题'],
  ['cases', '整改事项'],
  ['mendedInTime', '按期整改到位'],
  ['late', '逾期'],
  ['repeated', '屡改屡犯'],
  ['measures', '问责措施'],
  ['asked', '应学习制度（人次）'],
  ['read', '已确认（人次）'],
  ['personHours', '培训总学时'],
];

/** The page as a table; what nobody knows is an empty cell. Audited. Throws as {@link readLoad}. */
export async function exportLoad(
  deps: StoreDeps,
  acting: Acting,
  filter: LoadFilter,
): Promise<Uint8Array> {
  const { unitName, from, to, items, whole } = await readLoad(deps, acting, filter);
  const cells = (figures: typeof whole): string[] =>
    HEADS.map(([name]) => (figures[name] === null ? '' : String(figures[name])));
  const bytes = await writeXlsx([
    {
      name: '负担与成效',
      titleRows: 1,
      rows: [
        [`${unitName} ${from} 至 ${to}；网站、账号和人是今天的数，空格是没有数据，不是零。`],
        ['单位', ...HEADS.map(([, head]) => head)],
        ...items.map((row) => [
          row.isOwn ? `${row.unitName}（本级）` : row.unitName,
          ...cells(row),
        ]),
        ['合计', ...cells(whole)],
      ],
    },
  ]);
  await deps.store.transaction((trx) =>
    recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'duty.export-load' },
      detail: { from, to, units: items.length, bytes: bytes.byteLength },
    }),
  );
  return bytes;
}
