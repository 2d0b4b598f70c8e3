import { expect, it } from 'vitest';
import { createOutput } from '../cli/output.ts';
import { runCommand } from '../cli/run-command.ts';
import { workdayCommand } from './workday-command.ts';

async function run(...argv: string[]) {
  const printed = { stdout: '', stderr: '' };
  const out = createOutput({
    out: (text) => (printed.stdout += text),
    err: (text) => (printed.stderr += text),
    json: argv.includes('--json'),
    terminal: false,
  });
  const code = await runCommand({
    commands: [workdayCommand],
    argv,
    out,
    execute: (parsed) => parsed.command.run({ ...parsed, out } as never),
  });
  return { code, ...printed };
}

it('prints the date, and says in words that one in a year without a calendar is provisional', async () => {
  expect((await run('workday', 'add', '2026-02-13', '3')).stdout).toBe('2026-02-25\n');
  expect((await run('workday', 'add', '2026-12-31', '1')).stdout).toMatch(
    /^2027-01-01（暂定：2027年/,
  );
  const { stdout } = await run('workday', 'add', '2026-12-31', '1', '--json');
  expect(JSON.parse(stdout)).toEqual({ date: '2027-01-01', provisional: true });
});

it.each([
  ['2026-02-30', '1', /不是可以计算的日期/],
  ['0001-01-01', '1', /年份在/],
  ['2026-02-13', '0', /1 至 1000 的整数/],
  ['2026-02-13', '1.5', /1 至 1000 的整数/],
  ['2026-02-13', '99999', /1 至 1000 的整数/],
])('refuses %s plus %s', async (date, count, complaint) => {
  const { code, stderr } = await run('workday', 'add', date, count);
  expect([code, stderr]).toEqual([2, expect.stringMatching(complaint)]);
});
