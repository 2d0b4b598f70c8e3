import type { AnswerOf, ItemOf } from '../../api/types.ts';

export type BulletinItem = ItemOf<'/api/v1/bulletins'>;
type Answer = AnswerOf<'/api/v1/bulletins/{period}/preview'>;
type Section = Answer['sections'][number];
export type Run = Section['paragraphs'][number]['runs'][number];
/** What a number of the text stands for. */
export type NumberRef = NonNullable<Run['ref']>;

/** A column of an annex; neighbours of one group stand under a common head. */
export interface Column {
  readonly head: string;
  readonly group: string | null;
}

export interface AnnexRow {
  readonly cells: readonly string[];
  readonly findingIds: readonly number[];
  /** For each cell, the rows behind its number. */
  readonly refs?: readonly (NumberRef | null)[];
}

export interface Annex {
  readonly title: string;
  /** A plain name is a column without a group. */
  readonly columns: readonly (string | Column)[];
  readonly rows: readonly AnnexRow[];
  readonly note?: string;
}

/** The document as a model. Who issues it, when and to whom is there once somebody has said it. */
export interface Preview extends Omit<Answer, 'annexes'> {
  readonly annexes: readonly Annex[];
  readonly issuer?: string;
  readonly issuedOn?: string;
  readonly recipients?: string;
}
