import type { Preview } from './bulletin-types.ts';

type PaperParagraph = Pick<Preview['sections'][number]['paragraphs'][number], 'key' | 'blockId'>;

/** What the office may do below a paragraph: change the block that ends there, write after the computed part that ends there. */
export interface WordsPlace {
  readonly changes: number | null;
  readonly addsAfter: string | null;
}

/**
 * For each paragraph of a section what may be done below it. A computed part may have several paragraphs, and the office's blocks
 * follow it: one writes after the last of them, so that what one writes comes to stand there.
 */
export function wordsPlaces(paragraphs: readonly PaperParagraph[]): WordsPlace[] {
  let part: string | null = null;
  return paragraphs.map(({ key, blockId }, at) => {
    if (key !== null) part = key;
    const next = paragraphs[at + 1];
    const partEnds = next === undefined || (next.key !== null && next.key !== part);
    return {
      changes: blockId !== null && next?.blockId !== blockId ? blockId : null,
      addsAfter: partEnds ? part : null,
    };
  });
}
