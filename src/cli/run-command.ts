import { Defect, TransientError, UserError } from '../lib/pure/errors.ts';
import type { Command, CommandOutput } from './command.ts';
import { parseCommand, usageOf, usageOfAll } from './parse-command.ts';

/** Exit codes of the contract. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** At most this many details of an error are printed; the rest is counted. */
const DETAILS_SHOWN = 500;

/** `keepsNothing`: the command stores nothing that it could go on from. Words an error in Chinese on stderr and returns the exit code that belongs to its family. */
export function reportError(error: unknown, out: CommandOutput, keepsNothing = false): number {
  if (error instanceof UserError) {
    out.note(`错误：${error.message}`);
    for (const detail of error.details.slice(0, DETAILS_SHOWN)) out.note(`  ${detail}`);
    const hidden = error.details.length - DETAILS_SHOWN;
    if (hidden > 0) out.note(`  ……另有 ${hidden} 处`);
    return error.family === 'state' ? EXIT.failed : EXIT.usage;
  }
  if (error instanceof TransientError) {
    out.note(`暂时失败：${error.message}（可以稍后重试）`);
    return EXIT.failed;
  }
  if (error instanceof Error && error.name === 'AbortError') {
    out.note(
      keepsNothing
        ? '已按要求停下；没有查完，没有结果。'
        : '已按要求停下；做完的都已保存，再运行同一条命令会接着做。',
    );
    return EXIT.failed;
  }
  const kind = error instanceof Defect ? '程序缺陷' : '意外错误';
  out.note(`${kind}：${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return EXIT.failed;
}

/** What `main` brings: how the dependencies of a command are opened for one run. */
export interface CommandRunner<Deps> {
  readonly commands: readonly Command<Deps>[];
  readonly argv: readonly string[];
  readonly out: CommandOutput;
  readonly execute: (parsed: ReturnType<typeof parseCommand<Deps>>) => Promise<number>;
}

/** Parses and runs; never throws. */
export async function runCommand<Deps>(runner: CommandRunner<Deps>): Promise<number> {
  const { commands, argv, out } = runner;
  let keepsNothing = false;
  try {
    if (argv.length === 0 || argv[0] === '--help' || argv[0] === 'help') {
      out.note(usageOfAll(commands));
      return argv.length === 0 ? EXIT.usage : EXIT.done;
    }
    const parsed = parseCommand(commands, argv);
    if (parsed.args.flag('help')) {
      out.note(usageOf(parsed.command));
      return EXIT.done;
    }
    keepsNothing = parsed.command.needs === 'none';
    return await runner.execute(parsed);
  } catch (error) {
    const code = reportError(error, out, keepsNothing);
    if (error instanceof UserError && error.code.startsWith('usage.'))
      out.note('用 --help 看用法。');
    return code;
  }
}
