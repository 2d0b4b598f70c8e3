import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCharacters } from '../../../derive/text/characters.ts';
import type { TextChecker } from '../../../derive/text/check-text.ts';
import { openTextChecker, readSeedLexicon } from '../../../wording/load-resources.ts';
import { parseLexicon } from '../../../wording/parse-lexicon.ts';
import { readCleanText } from './clean-text.ts';
import {
  crossValidate,
  measureClean,
  measureNames,
  measureSentences,
  readLegalSentences,
} from './measure-text.ts';
import { plantName } from './planted-names.ts';

const OWN = [
  ['湖南省人民政府', '机构'],
  ['湖南省人民政府办公厅', '机构'],
  ['长沙市人民政府', '机构'],
  ['脱贫攻坚', '口号'],
  ['林知远', '人名'],
  ['欧阳文韬', '人名'],
  ['周明德', '人名'],
] as const;

const seed = await readSeedLexicon();
const csv = ['保护名称,种类', ...OWN.map((row) => row.join(','))].join('\n');
const own = await parseLexicon(new TextEncoder().encode(csv), '本省.csv');
/** Right wordings that are one slip from a name; the lexicon says so. */
const KNOWN_RIGHT = new Set(seed.names.flatMap(({ exceptions }) => exceptions));
const NAMES = [...seed.names, ...own.names].map(({ name }) => name);
const table = new URL('../../../../lexicons/characters.tsv', import.meta.url);
const characters = readCharacters(await readFile(table, 'utf8'));

let checker: TextChecker;
beforeAll(async () => {
  checker = await openTextChecker([seed, own]);
});

describe('official text that is right', () => {
  it('is at least 30,000 characters of sentences of which none stands twice', async () => {
    const texts = await readCleanText();
    const lines = texts.flatMap(({ text }) => text.split('\n')).filter((line) => line !== '');
    expect(new Set(lines).size).toBe(lines.length);
    expect((await measureClean(checker)).characters).toBeGreaterThanOrEqual(30_000);
  });

  it('raises no alarm of a wrong name, a role, a format or personal data, and few of typos', async () => {
    const { alarms, sentences } = await measureClean(checker);
    const { typo = 0, ...others } = alarms;
    expect(others).toEqual({});
    expect(typo / sentences).toBeLessThan(0.015);
  });
});

describe('protected names', () => {
  it('are planted with more than 20,000 slips', () => {
    const planted = NAMES.reduce((sum, name) => sum + plantName(name, characters).length, 0);
    expect(planted).toBeGreaterThan(20_000);
  });

  // 生态环境部 → 生态环境, 委员会 → 委员, 住房和城乡建设部 → 住房城乡建设部: each remainder is written rightly every day.
  it.each(NAMES)(
    '%s is found with every slip, but where a dropped character leaves a right wording',
    (name) => {
      const { missed } = measureNames(checker, [name], characters);
      const unexplained = missed.filter(({ kind, text, start, end }) => {
        const wrong = text.slice(start, end);
        if (KNOWN_RIGHT.has(wrong)) return false;
        const isRemainder =
          name.startsWith(wrong) || name.endsWith(wrong) || name.replace(/[和与]/, '') === wrong;
        return kind !== 'drop' || !isRemainder;
      });
      expect(unexplained).toEqual([]);
    },
  );
});

describe('ordinary typos', () => {
  it('keep their figures on legal sentences, where these are at hand', async () => {
    const sentences = await readLegalSentences();
    const own = [['他们按排了工作', '他们安排了工作'] as const, ['依法行政', '依法行政'] as const];
    for (const pairs of [sentences?.chosenOn ?? own, sentences?.reportedOn ?? own]) {
      const { f1, falseAlarmRate } = measureSentences(checker, pairs);
      expect(f1).toBeGreaterThan(0.38);
      expect(falseAlarmRate).toBeLessThanOrEqual(0.02);
    }
    const { f1, falseAlarmRate } = crossValidate(
      checker,
      sentences?.all ?? [...own, ...own, ...own],
    );
    expect(f1).toBeGreaterThan(0.38);
    expect(falseAlarmRate).toBeLessThanOrEqual(0.02);
  });
});
