/** Which rows stand behind a figure of the text. Every field narrows; all of them go into an address as they are. */
export interface RowsRef {
  readonly rows:
    | 'sites'
    | 'accounts'
    | 'failing-sites'
    | 'failing-accounts'
    | 'undetermined'
    | 'repeat';
  /** Only what was checked. */
  readonly checked?: boolean;
  readonly ruleId?: string;
  /** A unit and all below it. */
  readonly unitId?: number;
  readonly printRow?: string;
  /** Only accounts of this platform. */
  readonly platform?: string;
  /** Only those that have just these problems at once, in the words of the text. */
  readonly topics?: string;
  /** Only portals that fail by their score. */
  readonly byScore?: boolean;
  /** Only accounts without any item (无动态信息). */
  readonly noItems?: boolean;
  /** Only places whose pass rate is named as 100 %. */
  readonly allSound?: boolean;
}

/** A piece of a paragraph; a figure says which rows it counts. */
export interface Run {
  readonly text: string;
  readonly ref?: RowsRef;
}

export type Rich = readonly Run[];

/** Tag of a template whose values are plain words or rich text: so a sentence is written once, figures and all. */
export function rich(words: TemplateStringsArray, ...values: readonly (string | Rich)[]): Rich {
  return together(words.flatMap((word, index) => [word, values[index] ?? '']));
}

/** Neighbouring plain pieces become one. */
function together(pieces: readonly (string | Rich)[]): Rich {
  const runs: Run[] = [];
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

export function plainOf(text: Rich): string {
  return text.map((run) => run.text).join('');
}

export function joinRich(parts: readonly Rich[], between: string): Rich {
  return together(parts.flatMap((part, index) => (index === 0 ? [part] : [between, part])));
}
