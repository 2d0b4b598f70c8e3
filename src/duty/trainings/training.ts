import type { CalendarDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';

/** How a session is held; a further way is a line here. */
const KINDS = {
  onsite: '集中授课',
  online: '网络培训',
  exchange: '交流研讨',
  exam: '考试测验',
  other: '其他',
} as const;
export type TrainingKind = keyof typeof KINDS;
export const TRAINING_KINDS = Object.keys(KINDS) as readonly TrainingKind[];
export const trainingKind = (kind: TrainingKind): string => KINDS[kind];

export const SUBJECT_MAX = 200;
export const TEACHER_MAX = 100;
export const PERSON_MAX = 50;
export const SCORE_MAX = 20;
/** 学时 of one session: more is a course of several. */
export const HOURS_MAX = 200;
export const PARTS_MAX = 1_000;
export const PEOPLE_MAX = 10_000;

/** A unit, or one of its people, that took part. */
export interface TrainingPart {
  readonly unitId: number;
  /** Empty: `people` of the unit, not named. */
  readonly person: string;
  readonly people: number;
  /** As the office writes it, 92 or 优秀; empty where there was no exam. */
  readonly score: string;
  /** Null: no exam, or not known. */
  readonly passed: boolean | null;
}

export interface TrainingFields {
  readonly subject: string;
  /** Asia/Shanghai. */
  readonly heldOn: CalendarDate;
  readonly teacher: string;
  /** 学时, to a tenth. */
  readonly hours: number;
  readonly kind: TrainingKind;
}

const wrong = (message: string, field: string): UserError =>
  new UserError('training.text', message, { field });

/** Trims and checks. Throws {@link UserError} `training.text`, `training.dates`. */
export function cleanTraining(given: TrainingFields, today: CalendarDate): TrainingFields {
  const subject = given.subject.trim();
  const teacher = given.teacher.trim();
  if (subject === '' || subject.length > SUBJECT_MAX)
    throw wrong(`请写明培训主题，不超过 ${SUBJECT_MAX} 字。`, 'subject');
  if (teacher.length > TEACHER_MAX) throw wrong(`授课人不超过 ${TEACHER_MAX} 字。`, 'teacher');
  const hours = Math.round(given.hours * 10) / 10;
  if (!(hours > 0 && hours <= HOURS_MAX))
    throw wrong(`学时请写 0.1 到 ${HOURS_MAX} 的数。`, 'hours');
  if (given.heldOn > today)
    throw new UserError('training.dates', '还没有举办的培训不能登记。', { field: 'heldOn' });
  return { ...given, subject, teacher, hours };
}

/** Trims and checks. Throws {@link UserError} `training.parts`. */
export function cleanParts(given: readonly TrainingPart[]): TrainingPart[] {
  const refuse = (message: string): never => {
    throw new UserError('training.parts', message, { field: 'parts' });
  };
  if (given.length > PARTS_MAX) refuse(`一次培训最多登记 ${PARTS_MAX} 行参加的单位和人。`);
  const seen = new Set<string>();
  return given.map((part) => {
    const person = part.person.trim();
    const score = part.score.trim();
    if (person.length > PERSON_MAX || score.length > SCORE_MAX)
      refuse(`姓名不超过 ${PERSON_MAX} 字，成绩不超过 ${SCORE_MAX} 字。`);
    if (!Number.isInteger(part.people) || part.people < 1 || part.people > PEOPLE_MAX)
      refuse(`人数请写 1 到 ${PEOPLE_MAX} 的整数。`);
    if (person !== '' && part.people !== 1) refuse(`“${person}”是一个人，人数只能是 1。`);
    const key = `${part.unitId} ${person}`;
    if (seen.has(key)) refuse(`同一个单位的“${person || '不写姓名'}”写了两次。`);
    seen.add(key);
    return { ...part, person, score };
  });
}
