/** One labelled case as it was judged: `expected` by a person, `found` by the program; '' = nothing there. */
export interface JudgedCase {
  readonly of: string;
  readonly expected: string;
  readonly found: string;
  /** Where the label is a value (a date, a number), the line of the table that the case counts in; else the label is. */
  readonly line?: string;
}

export interface ClassMeasure {
  readonly label: string;
  readonly cases: number;
  /** Shares 0–1; null where there is nothing to divide by. */
  readonly precision: number | null;
  readonly recall: number | null;
}

/** How a labelled set came out; what `docs/generated/accuracy.md` prints a row of. */
export interface SetMeasure {
  readonly id: string;
  /** Chinese. */
  readonly title: string;
  readonly cases: number;
  /** Over all cases in which something was found, respectively expected. */
  readonly precision: number | null;
  readonly recall: number | null;
  readonly classes: readonly ClassMeasure[];
  /** Cases that came out wrong, for people. */
  readonly wrong: readonly JudgedCase[];
}

/** A labelled set: its name, and the program's judgement of every case. */
export interface LabelledSet {
  readonly id: string;
  readonly title: string;
  judge(): readonly JudgedCase[];
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Precision and recall of a set, as a whole and by label. */
export function measureSet({ id, title, judge }: LabelledSet): SetMeasure {
  const cases = judge();
  const lines = [
    ...new Set(cases.flatMap(({ expected, found, line }) => (line ? [line] : [expected, found]))),
  ]
    .filter((label) => label !== '')
    .sort();
  const of = (rows: readonly JudgedCase[], test: (row: JudgedCase) => boolean): number =>
    rows.filter(test).length;
  const right = of(cases, ({ expected, found }) => expected !== '' && expected === found);
  return {
    ...{ id, title, cases: cases.length },
    precision: share(
      right,
      of(cases, ({ found }) => found !== ''),
    ),
    recall: share(
      right,
      of(cases, ({ expected }) => expected !== ''),
    ),
    classes: lines.map((label) => {
      const isOf = (row: JudgedCase, value: string): boolean =>
        value !== '' && (row.line ?? value) === label;
      const hit = of(cases, (row) => row.expected === row.found && isOf(row, row.expected));
      const expected = of(cases, (row) => isOf(row, row.expected));
      return {
        ...{ label, cases: expected },
        precision: share(
          hit,
          of(cases, (row) => isOf(row, row.found)),
        ),
        recall: share(hit, expected),
      };
    }),
    wrong: cases.filter(({ expected, found }) => expected !== found),
  };
}

const percent = (value: number | null): string =>
  value === null ? '—' : `${(value * 100).toFixed(1)} %`;

/** One line a set, one a label, then what came out wrong: what the tests print. */
export function measureText(measure: SetMeasure): string {
  return [
    `${measure.title}：${measure.cases} 例，准确率 ${percent(measure.precision)}，召回率 ${percent(measure.recall)}`,
    ...measure.classes.map(
      ({ label, cases, precision, recall }) =>
        `  ${label}（${cases}）准确率 ${percent(precision)}，召回率 ${percent(recall)}`,
    ),
    ...measure.wrong.map(
      ({ of, expected, found }) => `  错：${of}　应为 ${expected || '无'}，得 ${found || '无'}`,
    ),
  ].join('\n');
}
