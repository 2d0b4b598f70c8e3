import { type Sheet, writeXlsx } from '../documents/workbook.ts';
import { type Acting, nameOf } from '../domain/acting.ts';
import { recordAudit } from '../identity/index.ts';
import { type Instant, shanghaiText } from '../lib/pure/dates.ts';
import type { AssessmentDeps } from './assessment-db.ts';
import {
  type AssessmentPage,
  type ReadLine,
  readAssessedUnit,
  readAssessment,
} from './read-assessments.ts';
import { outcomeWords, PART_WORDS, pointsWords, UNIT_STATE_WORDS } from './words.ts';

const RANKING = ['名次', '单位', '状态', '得分', '结果', '有异议的项'];
const LINES = [
  ...['单位', '部分', '指标', '平台数的', '依据', '单位自评', '单位说明', '材料'],
  ...['核定', '核定理由', '核定人', '计入', '扣分或加分'],
];

/**
 * The ranking, and all lines of the units that one sees, as a workbook (.xlsx); audited. Throws {@link UserError} `assessment.unknown`,
 * `identity.forbidden`.
 */
export async function exportAssessment(
  deps: Pick<AssessmentDeps, 'store'>,
  acting: Acting,
  { id, at }: { readonly id: number; readonly at: Instant },
): Promise<Uint8Array> {
  const page = await readAssessment(deps, acting, id);
  const lines: string[][] = [];
  for (const { unitId, mayOpen } of page.units) {
    // The result is public, what stands behind it is the unit's and the office's.
    if (!mayOpen) continue;
    const { unit, lines: ofUnit } = await readAssessedUnit(deps, acting, { id, unitId });
    lines.push(...ofUnit.map((line) => lineRow(unit.unitName, line)));
  }
  const bytes = await writeXlsx([
    rankingSheet(page, at),
    { name: '逐项', rows: [LINES, ...lines] },
  ]);
  await deps.store.transaction((trx) =>
    recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'assessment.export', subject: `assessment:${id}` },
      detail: { units: page.units.length, lines: lines.length, bytes: bytes.byteLength },
    }),
  );
  return bytes;
}

function rankingSheet({ head, units }: AssessmentPage, at: Instant): Sheet {
  const state = head.state === 'published' ? '已公布' : '没有公布，只供内部核对';
  const title = `${head.year} 年${head.name}（${state}，${shanghaiText(at)} 导出）`;
  const rows = units.map(({ rank, unitName, state: unitState, outcome, objections }) => [
    ...[rank === null ? '' : String(rank), unitName, UNIT_STATE_WORDS[unitState]],
    outcome.kind === 'scored' ? pointsWords(outcome.total) : '',
    ...[outcomeWords(outcome), String(objections)],
  ]);
  return { name: '名次', titleRows: 1, rows: [[title], RANKING, ...rows] };
}

function lineRow(unitName: string, line: ReadLine): string[] {
  const { rule, evidence, files } = line;
  const words = (value: number | null): string => {
    if (value === null) return '';
    return rule.form.kind === 'points' ? `${pointsWords(value)} 分` : String(value);
  };
  return [
    ...[unitName, PART_WORDS[rule.part], rule.title, words(line.measured)],
    evidence.map((each) => each.words).join('；'),
    ...[words(line.claimed), line.claimNote, files.map(({ name }) => name).join('；')],
    ...[words(line.decided), line.decisionNote, line.decidedBy ?? '', words(line.value)],
    line.centipoints === null ? '没有定' : pointsWords(line.centipoints),
  ];
}
