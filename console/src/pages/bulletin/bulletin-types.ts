import type { AnswerOf, ItemOf } from '../../api/types.ts';

export type BulletinItem = ItemOf<'/api/v1/bulletins'>;
type Answer = AnswerOf<'/api/v1/bulletins/{period}/preview'>;
/** The document as a model. What only a built bulletin knows (who issues it, when, to whom) may be missing. */
export type Preview = Answer & {
  readonly issuer?: string;
  readonly issuedOn?: string;
  readonly recipients?: string;
};
export type Annex = Preview['annexes'][number];
export type AnnexRow = Annex['rows'][number];
export type Run = Preview['sections'][number]['paragraphs'][number]['runs'][number];
/** What a number of the text stands for. */
export type NumberRef = NonNullable<Run['ref']>;
