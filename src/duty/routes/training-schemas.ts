import { z } from 'zod';
import { RowId, RowIdText } from '../../http/row-id.ts';
import {
  HOURS_MAX,
  PARTS_MAX,
  PEOPLE_MAX,
  PERSON_MAX,
  SCORE_MAX,
  SUBJECT_MAX,
  TEACHER_MAX,
  TRAINING_KINDS,
  type TrainingKind,
} from '../trainings/training.ts';
import { DAY } from './chain-schemas.ts';

const KIND = z.enum(TRAINING_KINDS as readonly [TrainingKind, ...TrainingKind[]]);
const LISTED = {
  id: z.number(),
  organiserId: z.number(),
  organiserName: z.string(),
  subject: z.string(),
  heldOn: z.string(),
  teacher: z.string(),
  hours: z.number().describe('学时'),
  kind: KIND,
  withdrawnOn: z.string().nullable().describe('登记已撤销，不计数'),
  version: z.number(),
  units: z.number().describe('看得到的参加单位'),
  people: z.number().describe('看得到的人次'),
  files: z.number(),
};
const EXAMPLE = {
  ...{ id: 4, organiserId: 1, organiserName: '湖南省', subject: '政府网站检查指标解读' },
  ...{ heldOn: '2026-11-16', teacher: '李明华', hours: 2.5, kind: 'onsite' as const },
  ...{ withdrawnOn: null, version: 1, units: 1, people: 2, files: 0 },
};
export const TrainingList = z
  .object({ items: z.array(z.object(LISTED)), total: z.number(), totalIsExact: z.boolean() })
  .meta({ id: 'TrainingList', example: { items: [EXAMPLE], total: 1, totalIsExact: true } });

const Text = (max: number) => z.string().trim().max(max);
const PART = {
  unitId: RowId,
  person: Text(PERSON_MAX).describe('不写：这个单位的若干人'),
  people: z.int().min(1).max(PEOPLE_MAX).describe('写了姓名的是 1'),
  score: Text(SCORE_MAX).describe('没有考试的不写'),
  passed: z.boolean().nullable(),
};
const PART_EXAMPLE = { unitId: 3, person: '周晓岚', people: 1, score: '92', passed: true };
export const TrainingDetail = z
  .object({
    ...LISTED,
    ...{ recordedBy: z.string(), recordedAt: z.string(), withdrawReason: z.string() },
    parts: z
      .array(
        z.object({
          ...{ unitId: z.number(), unitName: z.string(), person: z.string(), people: z.number() },
          ...{ score: z.string(), passed: z.boolean().nullable() },
        }),
      )
      .describe('只有看得到的单位'),
    attached: z
      .array(
        z.object({
          ...{ id: z.number(), name: z.string(), bytes: z.number(), addedBy: z.string() },
        }),
      )
      .describe('只给主办单位的管理者'),
    mayEdit: z.boolean(),
  })
  .meta({
    id: 'Training',
    example: {
      ...{ ...EXAMPLE, recordedBy: '李明华', recordedAt: '2026-11-17T01:00:00.000Z' },
      ...{ withdrawReason: '', parts: [{ ...PART_EXAMPLE, unitName: '岳阳市' }], attached: [] },
      mayEdit: true,
    },
  });

const FIELDS = {
  subject: Text(SUBJECT_MAX).min(1),
  heldOn: DAY,
  teacher: Text(TEACHER_MAX),
  hours: z.number().positive().max(HOURS_MAX).describe('学时，到 0.1'),
  kind: KIND,
};
const PARTS = z.array(z.strictObject(PART)).max(PARTS_MAX).describe('参加的单位和人');
const FIELDS_EXAMPLE = {
  ...{ subject: EXAMPLE.subject, heldOn: '2026-11-16', teacher: '李明华', hours: 2.5 },
  kind: EXAMPLE.kind,
};
export const NewTraining = z.strictObject({ organiserId: RowId, ...FIELDS, parts: PARTS }).meta({
  id: 'NewTraining',
  example: { organiserId: 1, ...FIELDS_EXAMPLE, parts: [PART_EXAMPLE] },
});
const VERSION = z.int().min(1).max(1_000_000).describe('看到的版本');
export const ChangedTraining = z.strictObject({ version: VERSION, ...FIELDS, parts: PARTS }).meta({
  id: 'ChangeTraining',
  example: { version: 1, ...FIELDS_EXAMPLE, parts: [PART_EXAMPLE] },
});
export const TrainingWithdrawal = z
  .strictObject({ version: VERSION, reason: Text(500).min(1) })
  .meta({ id: 'WithdrawTraining', example: { version: 1, reason: '登记重复' } });
export const TakenTrainings = z
  .object({
    ...{ sessions: z.number().describe('新登记的培训') },
    ...{ added: z.number().describe('新登记的参加行'), same: z.number() },
  })
  .meta({ id: 'ImportedTrainings', example: { sessions: 1, added: 20, same: 0 } });
export const TrainingTotals = z
  .object({
    items: z.array(
      z.object({
        ...{ unitId: z.number(), unitName: z.string(), sessions: z.number() },
        ...{ people: z.number().describe('人次'), personHours: z.number().describe('总学时') },
        ...{ passed: z.number().describe('合格人次'), examined: z.number() },
      }),
    ),
  })
  .meta({
    id: 'TrainingTotals',
    example: {
      items: [
        {
          ...{ unitId: 3, unitName: '岳阳市', sessions: 1, people: 2, personHours: 5 },
          ...{ passed: 1, examined: 1 },
        },
      ],
    },
  });
export const YEAR = z.coerce.number().int().min(2000).max(2099).describe('年份');
export const TRAINING_FILTERS = {
  kind: KIND.optional(),
  q: z.string().trim().max(100).optional().describe('主题、授课人里的字'),
  unitId: RowIdText.describe('单位及其下级：主办或参加').optional(),
};
export const TrainingFileParams = z.strictObject({ id: RowIdText, fileId: RowIdText });
