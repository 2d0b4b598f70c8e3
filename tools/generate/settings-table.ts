import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultWords, SETTING_NAMES, wordsOf } from '../../src/main/settings.ts';
import { ROOT } from '../source-files.ts';

const BEGIN = '<!-- settings:begin (npm run generate) -->';
const END = '<!-- settings:end -->';
export const HANDBOOK = 'docs/zh/运维手册.md';

/** The operator's handbook with its table of settings made anew. */
export async function settingsTable(): Promise<string> {
  const text = await readFile(join(ROOT, HANDBOOK), 'utf8');
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1] ?? '';
  const rows = SETTING_NAMES.map((name) => {
    const { meaning, allowed } = wordsOf(name);
    return `| \`${name}\` | ${meaning} | ${allowed} | ${defaultWords(name) || '（空）'} |`;
  });
  return (
    [
      before?.trimEnd(),
      '',
      BEGIN,
      '| 环境变量 | 作用 | 可以写什么 | 不写时 |',
      '| --- | --- | --- | --- |',
      ...rows,
      END,
    ].join('\n') + after
  );
}
