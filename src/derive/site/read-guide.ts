import type { AnyNode, Document, Element } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { GUIDE_ELEMENTS, type GuideElement } from '../../domain/site-facts.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import { cleanLabel, elementsOfLabel, isAnswer, isOtherLabel } from './guide-labels.ts';
import { linearText, type TextRun } from './linear-text.ts';
import { pageChrome } from './page-chrome.ts';

/** What a page says as a service guide: one item (事项) with the elements that it answers. */
export interface GuideReading {
  /** Name of the item when the page gives one (事项名称), else ''. */
  readonly title: string;
  readonly missing: readonly GuideElement[];
  /** Labels seen, answered or not, the name not counted: none means that the page may be no guide at all. */
  readonly labels: number;
}

const PICTURE = '[图]';
/** `label：` or `【label】` inside a line. */
const INLINE_LABEL =
  /(?:^|[\s\u3000；;。，,|])([^\s\u3000：:；;。，,|]{2,14})\s*[：:]|[【[]([^】\]]{2,14})[】\]][：:]?/gu;
/** Bare labels in a row without values are tab heads; their panes follow. */
const TAB_HEADS = 3;

interface Answers {
  readonly seen: Set<GuideElement>;
  readonly answered: Set<GuideElement>;
  name: string;
}

/** Guides on a page: one, or several when a table lists one item per row. Reads the page's own text only. */
export function readGuides(document: Document): readonly GuideReading[] {
  const skip = new Set(pageChrome(document));
  const rows: Answers[] = [];
  for (const table of DomUtils.getElementsByTagName('table', document)) {
    if (isInside(table, skip)) continue;
    const found = readColumnTable(table);
    if (found.length === 0) continue;
    rows.push(...found);
    skip.add(table);
  }
  if (rows.length > 1) return rows.map(toReading);
  const answers = readRuns(linearText(document, skip));
  const row = rows[0];
  if (row) {
    for (const element of row.seen) answers.seen.add(element);
    for (const element of row.answered) answers.answered.add(element);
    answers.name ||= row.name;
  }
  return [toReading(answers)];
}

function toReading({ seen, answered, name }: Answers): GuideReading {
  const labels = [...seen].filter((element) => element !== '事项名称').length;
  return {
    title: name,
    missing: GUIDE_ELEMENTS.filter((element) => !answered.has(element)),
    labels,
  };
}

const noAnswers = (): Answers => ({ seen: new Set(), answered: new Set(), name: '' });

function isInside(node: AnyNode, set: ReadonlySet<AnyNode>): boolean {
  for (let up: AnyNode | null = node; up; up = up.parent) if (set.has(up)) return true;
  return false;
}

/** A table whose first row is all labels, one item per row below. */
function readColumnTable(table: Element): readonly Answers[] {
  const rows = DomUtils.getElementsByTagName('tr', table).map((row) =>
    row.children.filter(
      (cell): cell is Element => cell.type === 'tag' && (cell.name === 'td' || cell.name === 'th'),
    ),
  );
  const head = rows.findIndex((cells) => cells.length >= 3);
  if (head < 0) return [];
  const columns = rows[head]!.map((cell) =>
    elementsOfLabel(cleanLabel(DomUtils.textContent(cell))),
  );
  const known = columns.filter((elements) => elements.length > 0).length;
  if (known < 3 || known * 2 < columns.length) return [];
  const body = rows.slice(head + 1).filter((cells) => cells.length === columns.length);
  // A row of labels below means label–value pairs side by side, not columns.
  if (
    body.some(
      (cells) =>
        cells.filter((cell) => elementsOfLabel(cleanLabel(DomUtils.textContent(cell))).length > 0)
          .length > 1,
    )
  ) {
    return [];
  }
  return body.map((cells) => readRow(columns, cells));
}

function readRow(
  columns: readonly (readonly GuideElement[])[],
  cells: readonly Element[],
): Answers {
  const answers = noAnswers();
  cells.forEach((cell, index) => {
    for (const element of columns[index] ?? []) note(answers, element, cellText(cell));
  });
  return answers;
}

function cellText(cell: Element): string {
  const text = DomUtils.textContent(cell).trim();
  return text !== '' ? text : DomUtils.getElementsByTagName('img', cell).length > 0 ? PICTURE : '';
}

function note(answers: Answers, element: GuideElement, value: string): void {
  answers.seen.add(element);
  if (!isAnswer(element, value)) return;
  answers.answered.add(element);
  if (element === '事项名称' && answers.name === '') answers.name = cutText(value.trim(), 100);
}

interface Labelled {
  readonly elements: readonly GuideElement[];
  readonly value: string;
  /** The run is nothing but the label: the value stands in the following runs. */
  readonly bare: boolean;
}

function readRuns(runs: readonly TextRun[]): Answers {
  const answers = noAnswers();
  const labelled = runs.map(labelsOfRun);
  for (const [index, run] of runs.entries()) {
    for (const label of labelled[index]!) {
      if (label.elements.length === 0) continue;
      const value = label.bare ? followingValue(runs, labelled, index) : label.value;
      for (const element of label.elements)
        note(answers, element, value || (label.bare ? '' : run.image ? PICTURE : ''));
    }
  }
  answerTabs(runs, labelled, answers);
  return answers;
}

/** Labels inside one run, known or of other kinds (these have no elements). */
function labelsOfRun(run: TextRun): readonly Labelled[] {
  if (run.text === '') return [];
  const whole = cleanLabel(run.text);
  const elements = elementsOfLabel(whole);
  if (elements.length > 0 || isOtherLabel(whole)) return [{ elements, value: '', bare: true }];
  const inline = inlineLabels(run.text);
  if (inline.length > 0) return inline;
  const first = run.words[0];
  if (run.words.length < 2 || first === undefined) return [];
  const label = cleanLabel(first);
  const named = elementsOfLabel(label);
  if (named.length === 0 && !isOtherLabel(label)) return [];
  return [
    { elements: named, value: run.text.slice(run.text.indexOf(first) + first.length), bare: false },
  ];
}

function inlineLabels(text: string): readonly Labelled[] {
  const marks = [...text.matchAll(INLINE_LABEL)]
    .map((match) => ({
      label: cleanLabel(match[1] ?? match[2]!),
      start: match.index,
      end: match.index + match[0].length,
    }))
    .map((mark) => ({ ...mark, elements: elementsOfLabel(mark.label) }))
    .filter((mark) => mark.elements.length > 0 || isOtherLabel(mark.label));
  return marks.map((mark, index) => {
    const value = text.slice(mark.end, marks[index + 1]?.start ?? text.length).trim();
    return { elements: mark.elements, value, bare: value === '' && index === marks.length - 1 };
  });
}

/** Numbering and mark-up that tell headings of one rank from their text. */
function rank(run: TextRun): string {
  const numbered =
    /^[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．\s]/u
      .exec(run.text)?.[0]
      .replace(/[一二三四五六七八九十]+/u, '#') ?? '';
  const bracket = /^[【[]/u.test(run.text) ? '[' : '';
  if (numbered === '' && bracket === '' && !run.heading) return '';
  return `${run.heading ? run.tag : ''}${numbered}${bracket}`;
}

function followingValue(
  runs: readonly TextRun[],
  labelled: readonly (readonly Labelled[])[],
  at: number,
): string {
  const own = rank(runs[at]!);
  const inCell = runs[at]!.tag === 'td' || runs[at]!.tag === 'th' || runs[at]!.tag === 'dt';
  let value = '';
  for (let index = at + 1; index < runs.length && index < at + 60; index += 1) {
    const run = runs[index]!;
    if (labelled[index]!.length > 0) break;
    if (own !== '' && rank(run) === own) break;
    if (run.text === '' && !run.image && inCell && value === '') break;
    value += run.text !== '' ? run.text : run.image ? PICTURE : '';
    if (value !== '') break;
  }
  return value;
}

/** Tab heads: three or more bare labels side by side, their panes below. What the panes hold answers them all. */
function answerTabs(
  runs: readonly TextRun[],
  labelled: readonly (readonly Labelled[])[],
  answers: Answers,
): void {
  let from = 0;
  while (from < runs.length) {
    let to = from;
    while (to < runs.length && isTabHead(runs[to]!, labelled[to]!)) to += 1;
    const after = runs.slice(to, to + 40).filter((run) => run.text.length >= 2 || run.image);
    if (to - from >= TAB_HEADS && after.length >= to - from) {
      for (const labels of labelled.slice(from, to)) {
        for (const element of labels.flatMap((label) => label.elements))
          answers.answered.add(element);
      }
    }
    from = Math.max(to, from + 1);
  }
}

function isTabHead(run: TextRun, labels: readonly Labelled[]): boolean {
  if (!/^(li|div|ul|nav|section|body)$/u.test(run.tag) || run.heading || /[：:]/u.test(run.text))
    return false;
  return labels.length === 1 && labels[0]!.bare && labels[0]!.elements.length > 0;
}
