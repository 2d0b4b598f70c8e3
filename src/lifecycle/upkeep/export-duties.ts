import { writeXlsx } from '../../documents/workbook.ts';
import { type Acting, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate, shanghaiText } from '../../lib/pure/dates.ts';
import { lifecycleDb } from '../lifecycle-db.ts';
import type { LifecycleDeps } from '../lifecycle-policy.ts';
import { countByUnit } from './count-by-unit.ts';
import { type Month, monthWords } from './duty.ts';
import { type DutyFilter, type ListedDuty, listDuties } from './list-duties.ts';

/** More than this is no list that somebody works through; the first sheet says when it was cut. */
const ROWS_MAX = 20_000;
const SLICE = 1_000;

/** A month's upkeep as a workbook: how it stands unit by unit, and every duty. Audited. */
export async function exportDuties(
  { store }: LifecycleDeps,
  acting: Acting,
  filter: DutyFilter & { readonly month: Month },
  at: Instant,
): Promise<Uint8Array> {
  const db = lifecycleDb(store.db);
  const today = shanghaiDate(at);
  const duties: ListedDuty[] = [];
  for (;;) {
    const page = { limit: SLICE, offset: duties.length };
    const { items } = await listDuties(db, acting, filter, page);
    duties.push(...items);
    if (items.length < SLICE || duties.length >= ROWS_MAX) break;
  }
  const counts = await countByUnit(db, acting, filter.month, today);
  const cut = duties.length >= ROWS_MAX ? `（只列前 ${ROWS_MAX} 条）` : '';
  const bytes = await writeXlsx([
    {
      name: '汇总',
      rows: [
        ['单位', '已确认', '未到期', '逾期未确认', '不用确认'],
        ...counts.map((each) => [
          ...[each.name, String(each.confirmed), String(each.open)],
          ...[String(each.overdue), String(each.isVoid)],
        ]),
        [`${monthWords(filter.month)}，${shanghaiText(at)} 导出${cut}`, '', '', '', ''],
      ],
    },
    { name: '明细', rows: [HEAD, ...duties.map((duty) => rowOf(duty, today))] },
  ]);
  await store.transaction((trx) =>
    recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'upkeep.export' },
      detail: { month: filter.month, rows: duties.length, bytes: bytes.byteLength },
    }),
  );
  return bytes;
}

const HEAD = [
  ...['月份', '单位', '网站数', '账号数', '期限', '状态', '确认人', '确认时间', '催办次数'],
  '备注',
];

export function dutyStateWords(
  { state, dueOn }: Pick<ListedDuty, 'state' | 'dueOn'>,
  today: string,
): string {
  if (state === 'confirmed') return '已确认';
  if (state === 'void') return '不用确认';
  return dueOn < today ? '逾期未确认' : '待确认';
}

const rowOf = (duty: ListedDuty, today: string): string[] => [
  ...[duty.month, duty.unitName, String(duty.sites), String(duty.accounts), duty.dueOn],
  ...[dutyStateWords(duty, today), duty.confirmedBy ?? ''],
  ...[duty.confirmedAt === null ? '' : shanghaiText(duty.confirmedAt), String(duty.chased)],
  duty.note,
];
