import { readTable } from '../../documents/workbook.ts';
import { dayOf, rowsBelow, takeRows } from '../table-rows.ts';
import { TRAINING_KINDS, type TrainingFields, trainingKind } from './training.ts';

/** Headers of our own export; the first is written, the others are read as well. */
export const HEADS = {
  subject: ['培训主题', '主题'],
  heldOn: ['日期', '培训日期'],
  organiser: ['主办单位', '举办单位'],
  teacher: ['授课人', '讲师'],
  hours: ['学时', '课时'],
  kind: ['形式', '培训形式'],
  unit: ['参加单位', '单位'],
  person: ['姓名'],
  people: ['人数'],
  score: ['成绩'],
  passed: ['是否合格', '合格'],
} as const;
export type Column = keyof typeof HEADS;

/** One unit or person that took part, with its session; units by their names. */
export interface TrainingRow {
  readonly row: number;
  readonly organiser: string;
  readonly fields: TrainingFields;
  readonly unit: string;
  readonly person: string;
  readonly people: number;
  readonly score: string;
  readonly passed: boolean | null;
}

const PASSED: Readonly<Record<string, boolean | null>> = {
  ...{ '': null, 是: true, 合格: true, 否: false, 不合格: false },
};

/**
 * Reads a table (.xlsx, .csv); rows without a subject are passed over. Throws {@link UserError} `duty.columns`, `duty.rows`,
 * `workbook.*`: nothing of a faulty file is taken.
 */
export async function readTrainingRows(
  bytes: Uint8Array,
  fileName: string,
): Promise<TrainingRow[]> {
  const rows = rowsBelow<Column>(await readTable(bytes, fileName), HEADS, {
    isEnough: (has) => has('subject') && has('heldOn') && has('unit'),
    refusal: '找不到表头：要有“培训主题”“日期”“参加单位”；可以先导出一份照着填。',
  });
  return takeRows(rows, ({ row, cell }) => (cell('subject') === '' ? null : rowOf(cell, row)));
}

function rowOf(cell: (column: Column) => string, row: number): TrainingRow | string {
  const heldOn = dayOf(cell('heldOn'));
  if (heldOn === null) return `日期“${cell('heldOn')}”无法识别，请写成 2026-11-16`;
  const hours = cell('hours');
  if (!/^\d{1,3}(\.\d)?$/.test(hours)) return `学时“${hours}”无法识别，请写成 2 或 2.5`;
  const kind = TRAINING_KINDS.find((each) => trainingKind(each) === (cell('kind') || '集中授课'));
  if (kind === undefined)
    return `形式“${cell('kind')}”不认识，请写${TRAINING_KINDS.map((each) => `“${trainingKind(each)}”`).join('')}`;
  const unit = cell('unit');
  if (unit === '') return '没有写参加单位';
  const people = cell('people') || '1';
  if (!/^\d{1,5}$/.test(people)) return `人数“${people}”无法识别，请写整数`;
  const passed = PASSED[cell('passed')];
  if (passed === undefined) return `是否合格“${cell('passed')}”无法识别，请写“是”或“否”，或不写`;
  return {
    ...{ row, organiser: cell('organiser'), unit, person: cell('person'), people: Number(people) },
    ...{ score: cell('score'), passed },
    fields: {
      ...{ subject: cell('subject'), heldOn, teacher: cell('teacher'), hours: Number(hours), kind },
    },
  };
}
