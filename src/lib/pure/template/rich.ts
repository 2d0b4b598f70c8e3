/** A piece of a paragraph; `ref` says what stands behind a figure. */
export interface Run<Ref = never> {
  readonly text: string;
  readonly ref?: Ref;
}

export type Rich<Ref = never> = readonly Run<Ref>[];

/** Tag of a template whose values are plain words or rich text: so a sentence is written once, figures and all. */
export function rich<Ref = never>(
  words: TemplateStringsArray,
  ...values: readonly (string | Rich<Ref>)[]
): Rich<Ref> {
  return together(words.flatMap((word, index) => [word, values[index] ?? '']));
}

/** Neighbouring plain pieces become one. */
function together<Ref>(pieces: readonly (string | Rich<Ref>)[]): Rich<Ref> {
  const runs: Run<Ref>[] = [];
  for (const run of pieces.flatMap((piece) =>
    typeof piece === 'string' ? [{ text: piece }] : [...piece],
  )) {
    const last = runs.at(-1);
    if (run.text === '') continue;
    if (last && last.ref === undefined && run.ref === undefined)
      runs[runs.length - 1] = { text: last.text + run.text };
    else runs.push(run);
  }
  return runs;
}

export function plainOf(text: Rich<unknown>): string {
  return text.map((run) => run.text).join('');
}

export function joinRich<Ref = never>(parts: readonly Rich<Ref>[], between: string): Rich<Ref> {
  return together(parts.flatMap((part, index) => (index === 0 ? [part] : [between, part])));
}
