import type { AnswerOf, ItemOf } from '../../api/types.ts';

export type BulletinItem = ItemOf<'/api/v1/bulletins'>;
export type Preview = AnswerOf<'/api/v1/bulletins/{period}/preview'>;
export type Annex = Preview['annexes'][number];
export type AnnexRow = Annex['rows'][number];
export type Column = Annex['columns'][number];
export type Run = Preview['sections'][number]['paragraphs'][number]['runs'][number];
/** What a number of the text stands for; its fields are the query of the rows behind it. */
export type NumberRef = NonNullable<Run['ref']>;
export type Signing = AnswerOf<'/api/v1/bulletins/{period}/signing'>;
/** What the office wrote between the computed parts; its newest version. */
export type OfficeBlock = ItemOf<'/api/v1/bulletins/{period}/blocks'>;
export type Correction = ItemOf<'/api/v1/bulletins/{period}/corrections'>;
