import type { AnswerOf } from '../../api/types.ts';

export type { FindingItem } from '../../api/types.ts';
/** `mayWithdraw`: why this person cannot take his own decision back; null when he can. */
export type FindingView = AnswerOf<'/api/v1/findings/{id}'> & {
  readonly mayWithdraw?: string | null;
};
export type FindingEvidence = FindingView['evidence'][number];
export type Contest = FindingView['contests'][number];
export type RecordMeta = AnswerOf<'/api/v1/evidence/records/{sha256}/meta'>;
