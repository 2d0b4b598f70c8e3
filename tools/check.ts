import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from './source-files.ts';

/** The static side, in the order in which a mistake is cheapest to see. All run, so one call shows everything. */
const STEPS: readonly {
  readonly name: string;
  readonly command: readonly string[];
  readonly mend: string;
}[] = [
  {
    name: '格式与检查',
    command: ['biome', 'ci', '--error-on-warnings', '.'],
    mend: 'npx biome check --write .',
  },
  { name: '类型', command: ['tsc', '-p', '.'], mend: '改正上面的类型错误' },
  { name: '类型（控制台）', command: ['tsc', '-p', 'console'], mend: '改正上面的类型错误' },
  {
    name: '生成文件是否最新',
    command: ['node', 'tools/generate.ts', '--check'],
    mend: 'npm run generate',
  },
  {
    name: '整洁（房间、长度、用词）',
    command: ['vitest', 'run', 'tools/tidy.test.ts'],
    mend: '见 STYLE.md',
  },
  { name: '未使用的代码', command: ['knip', '--no-progress'], mend: '删掉它' },
];

const failed = STEPS.filter(({ name, command }) => {
  process.stdout.write(`\n== ${name}\n`);
  const [program, ...args] = command;
  const path = program === 'node' ? process.execPath : join(ROOT, 'node_modules', '.bin', program!);
  return spawnSync(path, args, { cwd: ROOT, stdio: 'inherit' }).status !== 0;
});

for (const step of failed) process.stdout.write(`未通过：${step.name}（${step.mend}）\n`);
process.stdout.write(`\n${STEPS.length - failed.length} passed, ${failed.length} failed\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
