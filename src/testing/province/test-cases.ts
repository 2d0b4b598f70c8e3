import { readFileSync } from 'node:fs';
import { type ProvinceCase, readCase } from './read-case.ts';

const ROOT = new URL('../../../', import.meta.url);

/** The founding document's case and three of our own. */
export const CASE_FILES = {
  seed: 'samples/hunan-2020q3.json',
  sampled: 'test/cases/sampled-2021q1.json',
  sound: 'test/cases/sound-2022h1.json',
  rules: 'test/cases/rules-2021q4.json',
} as const;

export type CaseName = keyof typeof CASE_FILES;

export const CASE_NAMES = Object.keys(CASE_FILES) as CaseName[];

export const caseText = (name: CaseName): string =>
  readFileSync(new URL(CASE_FILES[name], ROOT), 'utf8');

export const caseOf = (name: CaseName): ProvinceCase => readCase(caseText(name));
