import { describe, expect, it } from 'vitest';
import type { CaseFile } from '../domain/case-file.ts';
import type { FrozenRound } from '../inspection/index.ts';
import { frozenCase, readPackageJson } from '../testing/rounds/frozen-case.ts';
import type { Issue } from './bulletin.ts';
import { composeWithRefs } from './compose-bulletin.ts';
import { findRows, type RowSources } from './find-rows.ts';
import { placeOf } from './place.ts';
import { plainOf, type Run } from './rich-text.ts';

const seed = readPackageJson('samples/hunan-2020q3.json') as CaseFile;
const issue = readPackageJson('samples/hunan-2020q3-issue.json') as Issue;
const HUNAN = placeOf(['湖南省']);
const sample = { mode: 'sample', by: 'ratio', percent: 40, seed: 7 } as const;

const sources = (frozen: FrozenRound): RowSources => ({
  frozen,
  breached: new Map(),
  undetermined: new Map(),
  below: (unitId) => new Set(unitId === 7 ? [1] : []),
});

/** Enough failing sites and accounts of one problem that the text counts them instead of naming all. */
const many: CaseFile = {
  ...seed,
  sitesByUnit: [
    { unit: '长沙市', running: 40, checked: 16, failing: 12, ratio: '' },
    { unit: '株洲市', running: 9, checked: 3, failing: 0, ratio: '' },
    { unit: '省直部门', running: 5, checked: 2, failing: 0, ratio: '' },
  ],
  failingSites: Array.from({ length: 12 }, (_, index) => ({
    ...seed.failingSites[0]!,
    order: index + 1,
    unit: '长沙市',
    name: `第${index}网`,
  })),
  repeatOffenders: Array.from({ length: 12 }, (_, index) => ({
    unit: '长沙市',
    name: `第${index}网`,
  })),
};

const CASES: readonly [string, FrozenRound][] = [
  ['the founding document', frozenCase(seed, {}, '2020Q2')],
  ['a sample', frozenCase(many, { coverage: { sites: sample, accounts: sample } }, '2020Q2')],
];

describe.each(CASES)('figures of %s', (_, frozen) => {
  const { bulletin, paragraphs } = composeWithRefs(frozen, issue, HUNAN);
  const own = paragraphs.filter(({ author }) => author === 'platform');
  const figures = own.flatMap(({ runs }) => runs).filter((run) => run.ref !== undefined);

  it('are the text itself: no word is written twice', () => {
    expect(paragraphs.map(({ runs }) => plainOf(runs))).toEqual(
      bulletin.text.paragraphs.map(({ text }) => text),
    );
  });

  it('all say which rows they count: what is left over are names, dates and document numbers', () => {
    const known = [
      '国办秘函〔2019〕19号',
      bulletin.periodLabel,
      '2020年10月23日',
      ...bulletin.failingSites.map(({ name }) => name),
      ...bulletin.failingAccounts.map(({ name }) => name),
    ];
    const contact = own.flatMap(({ runs }) => runs.filter((run) => run.ref === undefined));
    let rest = contact.map((run) => run.text).join('\n');
    for (const words of known) rest = rest.replaceAll(words, '□');
    expect(rest.match(/.{0,10}\d.{0,10}/)?.[0]).toBeUndefined();
    expect(figures.length).toBeGreaterThan(8);
  });

  it('count exactly the rows that they open', () => {
    const counts = figures.filter(({ text }) => /^\d+$/.test(text));
    const opened = counts.map(({ ref }) => findRows(sources(frozen), ref!).subjects);
    expect(opened).toEqual(counts.map(({ text }) => Number(text)));
  });

  it('open rows even when they are rates, and none but those of the places named', () => {
    const rates = figures.filter(({ text }) => text.endsWith('%'));
    const rowsOf = (run: Run) => findRows(sources(frozen), run.ref!).rows;
    for (const rate of rates) expect(rowsOf(rate).length, rate.text).toBeGreaterThan(0);
    const sound = rates.filter(({ ref }) => ref?.allSound && ref.rows === 'sites');
    expect(sound).toHaveLength(1);
    const places = new Set(rowsOf(sound[0]!).map(({ unit }) => unit));
    for (const { unit } of bulletin.failingSites) expect(places).not.toContain(unit);
    expect(places).not.toContain('省直部门');
  });
});

describe('rows', () => {
  const frozen = frozenCase(seed, {}, '2020Q2');
  const rows = (ref: Parameters<typeof findRows>[1]) => findRows(sources(frozen), ref);

  it('are one line a problem, and count a subject once', () => {
    const { rows: lines, subjects } = rows({ rows: 'failing-accounts' });
    expect([lines.length, subjects]).toEqual([39, 35]);
    expect(lines[0]).toMatchObject({ kind: 'account', label: expect.any(String), findingId: null });
  });

  it.each([
    ['a print row', { rows: 'failing-accounts', printRow: '岳阳市' }, 9],
    ['a rule', { rows: 'failing-accounts', ruleId: 'media.veto.interaction.none' }, 4],
    ['no items', { rows: 'failing-accounts', noItems: true }, 1],
    ['the unit above theirs', { rows: 'failing-sites', unitId: 7 }, 3],
    ['another unit', { rows: 'failing-sites', unitId: 8 }, 0],
    ['undetermined', { rows: 'undetermined' }, 0],
  ] as const)('narrowed to %s', (_, ref, wanted) => {
    expect(rows(ref).subjects).toBe(wanted);
  });
});
