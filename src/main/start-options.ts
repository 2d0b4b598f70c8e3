import { parseArgs } from 'node:util';
import { wordOptionError } from '../cli/parse-command.ts';
import { UserError } from '../lib/pure/errors.ts';

/** What `npm start --` was asked for. */
export interface StartOptions {
  /** Without the sample province. */
  readonly isEmpty: boolean;
  /** Data folder as written; undefined = the settings' own. */
  readonly data: string | undefined;
  readonly wantsHelp: boolean;
}

export const START_USAGE = [
  '用法：npm start -- [选项]',
  '  --empty      名录还是空的时，不载入样例省',
  '  --data DIR   数据目录（内嵌数据库）；优先于 XUNJIAN_DATA 和 DATABASE_URL',
  '  --help       显示这些用法',
  '其余的设置是环境变量，用 xunjian config show 看。',
].join('\n');

/** Throws {@link UserError} `usage.options` that says what is wrong and what exists. */
export function readStartOptions(argv: readonly string[]): StartOptions {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        empty: { type: 'boolean' },
        data: { type: 'string' },
        help: { type: 'boolean' },
      },
      allowPositionals: false,
    });
    return {
      ...{ isEmpty: values.empty === true, data: values.data },
      wantsHelp: values.help === true,
    };
  } catch (cause) {
    throw new UserError('usage.options', wordOptionError(cause), {
      ...{ cause, details: START_USAGE.split('\n') },
    });
  }
}
