import { z } from 'zod';
import { RowId, RowIdText } from '../../http/row-id.ts';
import { MEASURE_KINDS, MEASURE_STATES, type MeasureKind } from '../measures/measure.ts';
import { CASES_MAX } from '../measures/propose-measure.ts';
import { DAY } from './chain-schemas.ts';

const KIND = z.enum(MEASURE_KINDS as readonly [MeasureKind, ...MeasureKind[]]);
const MEASURE = {
  id: z.number(),
  unitId: z.number(),
  unitName: z.string(),
  kind: KIND,
  state: z.enum(MEASURE_STATES),
  reason: z.string(),
  people: z.number().describe('问责人次；0 是对单位'),
  dueOn: z.string().nullable(),
  proposedBy: z.string(),
  proposedAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedOn: z.string().nullable(),
  number: z.string().nullable().describe('决定以后的文号'),
  isLate: z.boolean().describe('过了期限没有落实'),
  version: z.number(),
};
const EXAMPLE = {
  ...{ id: 2, unitId: 3, unitName: '岳阳市', kind: 'interview' as const, people: 1 },
  ...{ state: 'proposed' as const, reason: '连续两期同一问题没有改正', dueOn: '2026-12-10' },
  ...{ proposedBy: '李明华', proposedAt: '2026-11-30T01:00:00.000Z', decidedBy: null },
  ...{ decidedOn: null, number: null, isLate: false, version: 1 },
};
export const MeasureList = z
  .object({ items: z.array(z.object(MEASURE)), total: z.number(), totalIsExact: z.boolean() })
  .meta({ id: 'MeasureList', example: { items: [EXAMPLE], total: 1, totalIsExact: true } });
export const MeasureDetail = z
  .object({
    ...MEASURE,
    ...{ demand: z.string(), issuer: z.string().nullable(), decisionNote: z.string() },
    ...{ doneBy: z.string().nullable(), doneOn: z.string().nullable(), outcome: z.string() },
    cases: z.array(z.object({ id: z.number(), words: z.string() })),
    mayJudge: z.boolean().describe('本人能不能对这个单位的措施作决定'),
    isOwn: z.boolean().describe('是本人提出的：能撤回，不能决定'),
  })
  .meta({
    id: 'Measure',
    example: {
      ...{ ...EXAMPLE, demand: '查明原因，明确责任人', issuer: null, decisionNote: '' },
      ...{ doneBy: null, doneOn: null, outcome: '', cases: [], mayJudge: true, isOwn: false },
    },
  });
export const MEASURE_FILTERS = {
  state: z.enum(MEASURE_STATES).optional(),
  kind: KIND.optional(),
  unitId: RowIdText.describe('单位及其下级').optional(),
  caseId: RowIdText.describe('与这件整改事项有关的').optional(),
};
const Text = (max: number) => z.string().trim().max(max);
export const ProposalBody = z
  .strictObject({
    ...{ unitId: RowId, kind: KIND, reason: Text(1_000).min(1), demand: Text(1_000) },
    people: z.int().min(0).max(1_000),
    dueOn: DAY.nullable(),
    caseIds: z.array(RowId).max(CASES_MAX).describe('有关的整改事项，这个单位及其下属的'),
  })
  .meta({
    id: 'ProposeMeasure',
    example: {
      ...{ unitId: 3, kind: 'interview', reason: '连续两期同一问题没有改正', people: 1 },
      ...{ demand: '查明原因，明确责任人', dueOn: '2026-12-10', caseIds: [] },
    },
  });
const VERSION = z.int().min(1).max(1_000_000).describe('看到的版本');
export const DecisionBody = z
  .strictObject({
    ...{ version: VERSION, note: Text(1_000).describe('不同意要写明原因') },
    outcome: z.enum(['decided', 'refused', 'withdrawn']),
  })
  .meta({ id: 'DecideMeasure', example: { version: 1, outcome: 'decided', note: '' } });
export const DoneBody = z
  .strictObject({ version: VERSION, note: Text(1_000).min(1).describe('落实的情况') })
  .meta({ id: 'CloseMeasure', example: { version: 2, note: '已约谈，提交了书面说明' } });
export const MeasureCounts = z
  .object({
    items: z.array(
      z.object({
        ...{ unitId: z.number(), unitName: z.string(), kind: KIND },
        ...{ measures: z.number(), people: z.number().describe('问责人次') },
      }),
    ),
  })
  .meta({
    id: 'MeasureCounts',
    example: {
      items: [{ unitId: 3, unitName: '岳阳市', kind: 'interview', measures: 1, people: 2 }],
    },
  });
