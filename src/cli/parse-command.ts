import { parseArgs } from 'node:util';
import { UserError } from '../lib/pure/errors.ts';
import type { Command, CommandArguments, OptionSpec } from './command.ts';

/** Options that every command has. */
const COMMON_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  data: { kind: 'text', value: 'DIR', help: '数据目录（内嵌数据库）；优先于 DATABASE_URL' },
  json: { kind: 'flag', help: '结果以 JSON 行写到标准输出，其余写到标准错误' },
  help: { kind: 'flag', help: '显示用法' },
};

export interface ParsedCommand<Deps> {
  readonly command: Command<Deps>;
  readonly args: CommandArguments;
}

/** Finds the command whose words start `argv` (the longest match wins) and parses its options. */
export function parseCommand<Deps>(
  commands: readonly Command<Deps>[],
  argv: readonly string[],
): ParsedCommand<Deps> {
  const command = findCommand(commands, argv);
  if (!command) {
    const option = argv.findIndex((word) => word.startsWith('-'));
    const asked = argv.slice(0, option < 0 ? 2 : Math.min(option, 2)).join(' ');
    throw new UserError(
      'usage.unknown-command',
      asked === '' ? '请写出要执行的命令。' : `没有“${asked}”这个命令。`,
    );
  }
  const args = parseOptions(command, argv.slice(command.words.length));
  checkArguments(command, args);
  return { command, args };
}

function findCommand<Deps>(
  commands: readonly Command<Deps>[],
  argv: readonly string[],
): Command<Deps> | undefined {
  return commands
    .filter((command) => command.words.every((word, index) => argv[index] === word))
    .sort((left, right) => right.words.length - left.words.length)[0];
}

function parseOptions<Deps>(command: Command<Deps>, rest: readonly string[]): CommandArguments {
  const specs = { ...COMMON_OPTIONS, ...command.options };
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [
      name,
      spec.kind === 'flag'
        ? { type: 'boolean' as const }
        : { type: 'string' as const, multiple: spec.kind === 'many' },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...rest],
      options,
      allowPositionals: true,
      strict: true,
    });
    return {
      positionals,
      text: (name) => (typeof values[name] === 'string' ? (values[name] as string) : undefined),
      flag: (name) => values[name] === true,
      many: (name) => (Array.isArray(values[name]) ? (values[name] as string[]) : []),
    };
  } catch (cause) {
    throw new UserError('usage.options', wordOptionError(cause), { cause });
  }
}

/** What `parseArgs` complains of, in Chinese; its own words name the option in quotes. */
export function wordOptionError(cause: unknown): string {
  const said = cause instanceof Error ? cause.message : String(cause);
  const option = /'(?:-\w, )?(-{1,2}[^'\s=]+)/.exec(said)?.[1] ?? '';
  const { code } = cause as { code?: unknown };
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
    return `多出的参数：${/'(.*)'/s.exec(said)?.[1] ?? ''}。`;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `没有“${option}”这个选项。`;
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return `选项写法不对：${said}`;
  return /does not take/.test(said)
    ? `“${option}”后面不能带值。`
    : `“${option}”后面缺少值；值以 - 开头时写成 ${option}=值。`;
}

function checkArguments<Deps>(command: Command<Deps>, args: CommandArguments): void {
  if (args.flag('help')) return;
  const { min, max, name } = command.positionals;
  const count = args.positionals.length;
  if (count < min) throw new UserError('usage.positionals', `缺少 ${name}。`);
  if (count > max)
    throw new UserError(
      'usage.positionals',
      `多出的参数：${args.positionals.slice(max).join(' ')}。`,
    );
  for (const [option, spec] of Object.entries(command.options)) {
    if (spec.required && args.text(option) === undefined) {
      throw new UserError(
        'usage.option-missing',
        `缺少 --${option} ${spec.value ?? ''}（${spec.help}）。`,
        { field: option },
      );
    }
  }
}

/** Usage of one command, in Chinese. */
export function usageOf<Deps>(command: Command<Deps>): string {
  const lines = Object.entries({ ...command.options, ...COMMON_OPTIONS }).map(([name, spec]) => {
    const head = spec.kind === 'flag' ? `--${name}` : `--${name} ${spec.value ?? '值'}`;
    return `  ${head.padEnd(34)} ${spec.help}${spec.required ? '（必填）' : ''}`;
  });
  const positional = command.positionals.max > 0 ? ` ${command.positionals.name}` : '';
  return [
    `用法：xunjian ${command.words.join(' ')}${positional} [选项]`,
    `  ${command.summary}`,
    ...lines,
  ].join('\n');
}

/** The list of all commands, in Chinese. */
export function usageOfAll<Deps>(commands: readonly Command<Deps>[]): string {
  const width = Math.max(...commands.map((command) => command.words.join(' ').length));
  const lines = commands.map(
    (command) => `  ${command.words.join(' ').padEnd(width)}  ${command.summary}`,
  );
  return ['用法：xunjian 命令 [选项]（xunjian 命令 --help 看各命令的选项）', ...lines].join('\n');
}
