import { writeXlsx } from '../../documents/workbook.ts';
import { type Acting, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import {
  type CalendarDate,
  type Instant,
  shanghaiDate,
  shanghaiText,
} from '../../lib/pure/dates.ts';
import { rectificationDb } from '../rectification-db.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import { owes, type RectificationCase } from './case.ts';
import { OUTCOME_WORDS, STATE_WORDS } from './case-words.ts';
import { type CaseFilter, listCases } from './list-cases.ts';
import { marksWords } from './notice-document.ts';

/** More than this is no list that somebody works through; the sheet's last line says when it was cut. */
const ROWS_MAX = 20_000;
const SLICE = 1_000;

const HEAD = [
  ...['编号', '期次', '单位', '网站或账号', '标识码、账号', '问题', '状态', '期限', '逾期'],
  ...['上报', '迟报天数', '复核', '办结', '是否已改正', '退回次数', '延期次数', '此前情况'],
];

/** The cases that a list shows, all pages of it, as a workbook (.xlsx). Audited. */
export async function exportCases(
  { store }: Pick<RectificationDeps, 'store'>,
  acting: Acting,
  filter: CaseFilter,
  at: Instant,
): Promise<Uint8Array> {
  const db = rectificationDb(store.db);
  const today = shanghaiDate(at);
  const cases: RectificationCase[] = [];
  for (;;) {
    const { items } = await listCases(db, acting, filter, { limit: SLICE, offset: cases.length });
    cases.push(...items);
    if (items.length < SLICE || cases.length >= ROWS_MAX) break;
  }
  const cut = cases.length >= ROWS_MAX ? `（只列前 ${ROWS_MAX} 条，请缩小范围再导出）` : '';
  const foot = [`${shanghaiText(at)} 导出，共 ${cases.length} 件${cut}`];
  const rows = [HEAD, ...cases.map((each) => rowOf(each, today)), foot];
  const bytes = await writeXlsx([{ name: '整改事项', rows }]);
  await store.transaction((trx) =>
    recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'rectification.export' },
      detail: { rows: cases.length, bytes: bytes.byteLength },
    }),
  );
  return bytes;
}

function rowOf(given: RectificationCase, today: CalendarDate): string[] {
  const { id, period, unitName, subject, rule, state, deadline, outcome, mended } = given;
  return [
    ...[String(id), period, unitName, subject.name, subject.identity, rule.label],
    ...[STATE_WORDS[state], `${deadline.on}${deadline.provisional ? '（暂定）' : ''}`],
    owes(state) && deadline.on < today ? '逾期' : '',
    ...[given.submittedOn ?? '', given.lateDays > 0 ? String(given.lateDays) : ''],
    outcome === null ? '' : OUTCOME_WORDS[outcome],
    ...[given.closedOn ?? '', mended === null ? '' : mended ? '是' : '否'],
    ...[String(given.returns), String(given.extensions), marksWords(given.marks)],
  ];
}
