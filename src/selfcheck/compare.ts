import type { SubjectKind } from '../domain/subject.ts';
import type { CalendarDate } from '../lib/pure/dates.ts';
import type { CheckResult } from './read-rows.ts';

/**
 * How a problem stands between a city and the province, in the order in which people look at it. `toPair`: both found something wrong
 * with the subject, but the city's words name no rule that the province found; a person has to say whether they are the same.
 */
export const CATEGORIES = ['provinceOnly', 'toPair', 'notChecked', 'cityOnly', 'both'] as const;
export type Category = (typeof CATEGORIES)[number];

/** What the province says of what only the city found. `unclear` = it looked and could not tell. */
export type ProvinceView = 'found' | 'notFound' | 'unclear' | 'notChecked';

/** One row that a city submitted and that means a subject of the register. */
export interface CityRow {
  readonly number: number;
  readonly kind: SubjectKind;
  readonly subjectId: number;
  readonly checkedOn: CalendarDate;
  readonly result: CheckResult;
  readonly ruleId: string | null;
  readonly problem: string;
}

export interface ComparedSubject {
  readonly kind: SubjectKind;
  readonly id: number;
  readonly name: string;
  readonly sponsorName: string;
  readonly checked: boolean;
}

export interface ProvinceFinding {
  readonly id: number;
  readonly kind: SubjectKind;
  readonly subjectId: number;
  readonly ruleId: string;
  readonly status: 'breached' | 'undetermined';
}

export interface ComparedLine {
  readonly category: Category;
  readonly kind: SubjectKind;
  readonly subjectId: number;
  readonly name: string;
  readonly sponsorName: string;
  /** Rules in question; of `toPair` those that the province found. */
  readonly ruleIds: readonly string[];
  /** The city's own words. */
  readonly cityWords: readonly string[];
  /** Rows of the city's file. */
  readonly cityRows: readonly number[];
  /** When the city last looked at the subject; null = it did not. */
  readonly checkedOn: CalendarDate | null;
  readonly province: ProvinceView;
  readonly findingIds: readonly number[];
}

export interface Comparison {
  readonly lines: readonly ComparedLine[];
  readonly counts: Readonly<Record<Category, number>>;
  /** Subjects of the round's register that the city looked at and could tell of. */
  readonly checkedSubjects: number;
  /** Of those which the province checked too: nobody found anything, and nothing was left undetermined. */
  readonly agreedGood: number;
  /** Subjects that the city looked at and that the round does not know: registered later, or ended. */
  readonly outsideRound: number;
}

interface Input {
  readonly subjects: readonly ComparedSubject[];
  readonly findings: readonly ProvinceFinding[];
  readonly rows: readonly CityRow[];
}

/** Compares what a city found with what stands in the province's round. Pure: the same input gives the same lines in the same order. */
export function compare({ subjects, findings, rows }: Input): Comparison {
  const rowsOf = grouped(rows);
  const findingsOf = grouped(findings);
  const known = new Set(subjects.map((subject) => keyOf(subject.kind, subject.id)));
  const lines: ComparedLine[] = [];
  let [checkedSubjects, agreedGood] = [0, 0];
  for (const subject of subjects) {
    const key = keyOf(subject.kind, subject.id);
    const own = { subject, rows: rowsOf.get(key) ?? [], findings: findingsOf.get(key) ?? [] };
    const isTold = own.rows.some(({ result }) => result !== 'unclear');
    if (isTold) checkedSubjects += 1;
    const found = linesOf(own, isTold);
    lines.push(...found);
    if (isTold && subject.checked && own.findings.length === 0 && found.length === 0)
      agreedGood += 1;
  }
  const outside = [...rowsOf.keys()].filter((key) => !known.has(key));
  lines.sort((a, b) => CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category));
  const counts = Object.fromEntries(
    CATEGORIES.map((category) => [
      category,
      lines.filter((line) => line.category === category).length,
    ]),
  ) as Record<Category, number>;
  return { lines, counts, checkedSubjects, agreedGood, outsideRound: outside.length };
}

/** Names a subject among those of both kinds. */
export const keyOf = (kind: SubjectKind, id: number): string => `${kind}:${id}`;

function grouped<Item extends { readonly kind: SubjectKind; readonly subjectId: number }>(
  items: readonly Item[],
): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item.kind, item.subjectId);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

interface Both {
  readonly subject: ComparedSubject;
  readonly rows: readonly CityRow[];
  readonly findings: readonly ProvinceFinding[];
}

function linesOf({ subject, rows, findings }: Both, isTold: boolean): ComparedLine[] {
  const breached = findings.filter(({ status }) => status === 'breached');
  const doubted = new Set(
    findings.flatMap(({ status, ruleId }) => (status === 'undetermined' ? [ruleId] : [])),
  );
  const bad = rows.filter(({ result }) => result === 'bad');
  const worded = bad.filter(({ ruleId }) => ruleId === null);
  const cityRules = new Set(bad.flatMap(({ ruleId }) => (ruleId === null ? [] : [ruleId])));
  const provinceRules = [...new Set(breached.map(({ ruleId }) => ruleId))];
  const checkedOn =
    rows
      .map((row) => row.checkedOn)
      .sort()
      .at(-1) ?? null;
  const line = (
    category: Category,
    ruleIds: readonly string[],
    own: readonly CityRow[],
    province: ProvinceView,
  ): ComparedLine => ({
    ...{ category, kind: subject.kind, subjectId: subject.id, name: subject.name },
    ...{ sponsorName: subject.sponsorName, ruleIds, checkedOn, province },
    cityWords: [...new Set(own.flatMap(({ problem }) => (problem === '' ? [] : [problem])))],
    cityRows: own.map(({ number }) => number),
    findingIds: breached.flatMap(({ id, ruleId }) => (ruleIds.includes(ruleId) ? [id] : [])),
  });
  const ofRule = (id: string): CityRow[] => bad.filter(({ ruleId }) => ruleId === id);
  const view = (isDoubted: boolean): ProvinceView =>
    !subject.checked ? 'notChecked' : isDoubted ? 'unclear' : 'notFound';

  const shared = provinceRules.filter((id) => cityRules.has(id));
  const left = provinceRules.filter((id) => !cityRules.has(id));
  const ownOnly = [...cityRules].filter((id) => !provinceRules.includes(id));
  const lines = shared.map((id) => line('both', [id], ofRule(id), 'found'));
  if (left.length > 0 && worded.length > 0) lines.push(line('toPair', left, worded, 'found'));
  else
    lines.push(
      ...left.map((id) => line(isTold ? 'provinceOnly' : 'notChecked', [id], [], 'found')),
      ...worded.map((row) => line('cityOnly', [], [row], view(doubted.size > 0))),
    );
  return [
    ...lines,
    ...ownOnly.map((id) => line('cityOnly', [id], ofRule(id), view(doubted.has(id)))),
  ];
}

/** What people are asked about a line; null where there is nothing to ask. Never says that anybody hid anything. */
export function questionOf({ category, province }: ComparedLine): string | null {
  switch (category) {
    case 'provinceOnly':
      return '市里检查过，没有填报这个问题：检查时还没有出现，没有看出来，还是没有填？请市里说明。';
    case 'toPair':
      return '双方都发现有问题，市里的写法对不上指标：是不是同一个问题？请核对。';
    case 'notChecked':
      return '市里没有检查这个对象，或没有查清：请补查。';
    case 'cityOnly':
      if (province === 'notChecked') return '省里这次没有检查这个对象。';
      if (province === 'unclear') return '省里看了，没有能判定：请结合市里的材料核对。';
      return '省里没有发现：已经改好，还是省里漏了？请核对。';
    case 'both':
      return null;
  }
}
