import { describe, expect, it } from 'vitest';
import { Defect, TransientError, UserError } from '../lib/pure/errors.ts';
import { type Command, defineCommand } from './command.ts';
import { createOutput } from './output.ts';
import { runCommand } from './run-command.ts';

function session(json = false) {
  const printed = { out: '', err: '' };
  const out = createOutput({
    out: (text) => (printed.out += text),
    err: (text) => (printed.err += text),
    json,
    terminal: false,
  });
  return { printed, out };
}

const failing = (error: unknown, needs: Command<null>['needs'] = 'none'): Command<null> =>
  defineCommand<null>({
    words: ['round', 'run'],
    summary: '运行',
    positionals: { name: '', min: 0, max: 0 },
    options: {
      period: { kind: 'text', value: '期次', help: '期次', required: true },
      resolve: { kind: 'many', help: '域名' },
    },
    needs,
    run: async () => {
      if (error) throw error;
      return 0;
    },
  });

async function run(
  argv: readonly string[],
  error: unknown = null,
  needs: Command<null>['needs'] = 'none',
) {
  const { printed, out } = session();
  const commands = [failing(error, needs)];
  const code = await runCommand<null>({
    commands,
    argv,
    out,
    execute: (parsed) => parsed.command.run({ ...parsed, out } as never),
  });
  return { code, ...printed };
}

describe('exit codes', () => {
  it.each([
    ['done', ['round', 'run', '--period', '2020Q3'], null, 0],
    ['an unknown command', ['dance'], null, 2],
    ['no command', [], null, 2],
    ['help', ['--help'], null, 0],
    ['a missing option', ['round', 'run'], null, 2],
    ['an unknown option', ['round', 'run', '--period', 'x', '--frobnicate'], null, 2],
    ['too many words', ['round', 'run', '--period', 'x', 'y'], null, 2],
    ['bad input', ['round', 'run', '--period', 'x'], new UserError('a.b', '不对'), 2],
    [
      'not possible now',
      ['round', 'run', '--period', 'x'],
      new UserError('a.b', '还不能', { family: 'state' }),
      1,
    ],
    ['a passing fault', ['round', 'run', '--period', 'x'], new TransientError('a.b', '连不上'), 1],
    ['our defect', ['round', 'run', '--period', 'x'], new Defect('broken'), 1],
  ])('%s', async (_name, argv, error, expected) => {
    const { code, out } = await run(argv as string[], error);
    expect(code).toBe(expected);
    expect(out).toBe('');
  });
});

describe('a command that was told to stop', () => {
  it.each([
    ['none', '没有结果'],
    ['store', '会接着做'],
  ] as const)('that needs %s says what is left of it', async (needs, words) => {
    const aborted = new DOMException('stop', 'AbortError');
    const { code, err } = await run(['round', 'run', '--period', 'x'], aborted, needs);
    expect([code, err]).toEqual([1, expect.stringContaining(words)]);
  });
});

describe('words of a misuse', () => {
  it.each([
    [['--frobnicate'], '没有“--frobnicate”这个选项。'],
    [['--period'], '“--period”后面缺少值'],
    [['--period', '--json'], '“--period”后面缺少值'],
    [['--json=yes'], '“--json”后面不能带值。'],
  ])('%s', async (argv, words) => {
    expect((await run(['round', 'run', ...argv])).err).toContain(words);
  });
});

describe('output', () => {
  it('puts results on stdout as JSON lines and the rest on stderr', () => {
    const { printed, out } = session(true);
    out.note('正在做');
    out.result({ pages: 1 }, '一页');
    expect(printed).toEqual({ out: '{"pages":1}\n', err: '正在做\n' });
  });
});
