import { describe, expect, it } from 'vitest';
import { type CityRow, compare, type ProvinceFinding, questionOf } from './compare.ts';

const subject = (id: number, checked = true) => ({
  ...{ kind: 'site' as const, id, name: `网站${id}`, sponsorName: '某局', checked },
});
const row = (number: number, subjectId: number, more: Partial<CityRow> = {}): CityRow => ({
  ...{ number, kind: 'site', subjectId, checkedOn: '2026-11-16', result: 'bad' },
  ...{ ruleId: null, problem: '', ...more },
});
const found = (
  id: number,
  subjectId: number,
  ruleId: string,
  status: ProvinceFinding['status'] = 'breached',
): ProvinceFinding => ({ id, kind: 'site', subjectId, ruleId, status });
const outline = (given: Parameters<typeof compare>[0]) =>
  compare(given).lines.map(({ category, ruleIds, cityRows, province, findingIds }) => [
    ...[category, ruleIds.join(), cityRows.join(), province, findingIds.join()],
  ]);

describe('a city beside the province', () => {
  it.each([
    [
      'the same rule',
      [row(2, 1, { ruleId: 'a' }), row(3, 1, { ruleId: 'a', problem: '又一处' })],
      [found(9, 1, 'a')],
      [['both', 'a', '2,3', 'found', '9']],
    ],
    [
      'the province only: the city looked and named another rule',
      [row(2, 1, { ruleId: 'b' })],
      [found(9, 1, 'a')],
      [
        ['provinceOnly', 'a', '', 'found', '9'],
        ['cityOnly', 'b', '2', 'notFound', ''],
      ],
    ],
    [
      'words that may mean the same are for people, never the city’s silence',
      [row(2, 1, { problem: '首页打不开' })],
      [found(9, 1, 'a'), found(8, 1, 'b')],
      [['toPair', 'a,b', '2', 'found', '9,8']],
    ],
    ['the city did not look', [], [found(9, 1, 'a')], [['notChecked', 'a', '', 'found', '9']]],
    [
      'the city looked and could not tell',
      [row(2, 1, { result: 'unclear' })],
      [found(9, 1, 'a')],
      [['notChecked', 'a', '', 'found', '9']],
    ],
    [
      'the city only, where the province could not tell',
      [row(2, 1, { ruleId: 'a' })],
      [found(9, 1, 'a', 'undetermined')],
      [['cityOnly', 'a', '2', 'unclear', '']],
    ],
    [
      'the city only, in its own words, where the province could not tell something',
      [row(2, 1, { problem: '错字' })],
      [found(9, 1, 'a', 'undetermined')],
      [['cityOnly', '', '2', 'unclear', '']],
    ],
    ['nobody found anything', [row(2, 1, { result: 'good' })], [], []],
  ] as const)('%s', (_case, rows, findings, lines) => {
    expect(outline({ subjects: [subject(1)], rows, findings })).toEqual(lines);
  });

  it('counts what was checked, agreed, and is not of the round; a sample’s rest is not the province’s word', () => {
    const compared = compare({
      subjects: [subject(1), subject(2, false), subject(3), subject(4)],
      rows: [
        ...[row(2, 1, { result: 'good' }), row(3, 2, { result: 'good' })],
        ...[row(4, 3, { result: 'good' }), row(5, 77, { ruleId: 'a' })],
      ],
      findings: [found(9, 3, 'a', 'undetermined'), found(8, 4, 'a')],
    });
    expect(compared).toMatchObject({ checkedSubjects: 3, agreedGood: 1, outsideRound: 1 });
    expect(compared.counts).toEqual({
      ...{ provinceOnly: 0, toPair: 0, notChecked: 1, cityOnly: 0, both: 0 },
    });
    const unsampled = compare({
      subjects: [subject(2, false)],
      rows: [row(2, 2, { ruleId: 'a' })],
      findings: [],
    });
    expect(unsampled.lines[0]).toMatchObject({ category: 'cityOnly', province: 'notChecked' });
  });

  it('asks, and reproaches nobody', () => {
    const { lines } = compare({
      subjects: [subject(1), subject(2), subject(3)],
      rows: [row(2, 1, { result: 'good' }), row(3, 3, { ruleId: 'a' })],
      findings: [found(9, 1, 'a'), found(8, 2, 'a'), found(7, 3, 'a')],
    });
    const questions = lines.map(questionOf);
    expect(questions.map((words) => words?.slice(-6) ?? null)).toEqual([
      ...['请市里说明。', '清：请补查。', null],
    ]);
    expect(questions.join('')).not.toMatch(/瞒|漏报/);
  });
});
