import { basename, resolve } from 'node:path';
import { defineCommand } from '../../cli/command.ts';
import { readInput } from '../../registry/index.ts';
import { readFacts } from './read-facts.ts';
import { type RateLine, verifyRates } from './verify-rates.ts';

/** `xunjian bulletin verify FACTS.json`: one line for every printed rate of somebody's bulletin. */
export const bulletinVerify = defineCommand({
  words: ['bulletin', 'verify'],
  summary: '复算一份通报印出的每个百分数：由哪些计数得出、按什么写法、是否相符',
  positionals: { name: '<事实.json>', min: 1, max: 1 },
  options: {},
  needs: 'none',
  run: async ({ args, cwd, out }) => {
    const path = resolve(cwd, args.positionals[0] ?? '');
    const lines = verifyRates(readFacts(await readInput(path), basename(path)));
    for (const line of lines) out.result(line, asText(line));
    const wrong = lines.filter(({ follows }) => follows === false).length;
    out.note(
      lines.length === 0
        ? '这份通报没有印出百分数。'
        : `共 ${lines.length} 处，${wrong === 0 ? '没有不符的' : `${wrong} 处与计数不符`}。`,
    );
    return 0;
  },
});

const MARKS = { true: '相符', false: '不符', null: '无法复算' } as const;

function asText({ what, printed, reproduced, follows, note }: RateLine): string {
  const computed = reproduced === null ? '' : `，复算 ${reproduced}`;
  return `${MARKS[`${follows}`]}\t${what}\t印 ${printed}${computed}\t${note}`;
}
