import type { AnswerOf, BodyOf, ItemOf } from '../../api/types.ts';

export type TrainingItem = ItemOf<'/api/v1/duty/trainings'>;
export type Training = AnswerOf<'/api/v1/duty/trainings/{id}'>;
export type NewTraining = BodyOf<'/api/v1/duty/trainings', 'post'>;
export type TrainingPart = NewTraining['parts'][number];

export const TRAINING_KIND_WORDS: Readonly<Record<TrainingItem['kind'], string>> = {
  onsite: '集中授课',
  online: '网络培训',
  exchange: '交流研讨',
  exam: '考试测验',
  other: '其他',
};

/** What any change of a training makes stale. */
export const TRAINING_REFRESHES = [
  ...(['/api/v1/duty/trainings', '/api/v1/duty/trainings/{id}'] as const),
  '/api/v1/duty/trainings/totals',
] as const;

/** People as one writes them, one after another. */
export const namesOf = (text: string): string[] => [
  ...new Set(text.split(/[、，,；;\s]+/).filter((name) => name !== '')),
];
