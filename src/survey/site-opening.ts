import type { CommandArguments, CommandContext, OptionSpec } from '../cli/command.ts';
import type { Fetcher } from '../lib/node/http/create-fetcher.ts';
import { openOutside, typedRules } from './open-outside.ts';
import type { SurveyDb } from './survey-db.ts';
import type { WalkBudget } from './walk/walk-budget.ts';
import { readCount } from './walk/walk-options.ts';

/** Requests of a walk under way at once: what outside hosts get is held back by the pace, not by this. */
const AT_ONCE = 16;

/** Where hosts are found: of every command that goes out to a site. */
export const RESOLVE_OPTION = {
  resolve: {
    kind: 'many',
    value: '模式=IP[:端口]',
    help: '域名指到哪里，如 *.province.test=127.0.0.1:8080，用于模拟环境；可多次',
  },
} as const satisfies Record<string, OptionSpec>;

/** Of every command that walks through a site. */
export const WALK_OPTIONS = {
  ...RESOLVE_OPTION,
  pages: { kind: 'text', value: '数量', help: '最多访问多少个站内地址（默认 50000）' },
  seconds: { kind: 'text', value: '秒', help: '最多用多少秒走遍全站（默认 6 小时）' },
  'ignore-robots': { kind: 'flag', help: '不管 robots.txt（主管单位对自己监管的网站）' },
} as const satisfies Record<string, OptionSpec>;

export interface SiteOpening {
  readonly fetcher: Fetcher;
  /** Hosts are looked for where the options say, not in the world. */
  readonly isSimulated: boolean;
}

/** Opens the way to a site for one command; close its fetcher. `sharedPace` = the database whose workers share the pace. */
export function openSite(
  { args, now }: Pick<CommandContext<unknown>, 'args' | 'now'>,
  typedUrl: string,
  { userAgent, sharedPace }: { readonly userAgent: string; readonly sharedPace: SurveyDb | null },
): SiteOpening {
  const resolve = typedRules(typedUrl, args.many('resolve'));
  const fetcher = openOutside({ userAgent, resolve, now, sharedPace });
  return { fetcher, isSimulated: resolve.length > 0 };
}

/** How a command that has {@link WALK_OPTIONS} walks. Throws UserError `survey.pages`, `survey.seconds`. */
export function readWalk(args: CommandArguments): {
  readonly atOnce: number;
  readonly budget: Partial<WalkBudget>;
  readonly honourRobots: boolean;
} {
  const [requests, seconds] = [readCount(args, 'pages'), readCount(args, 'seconds')];
  return {
    atOnce: AT_ONCE,
    budget: {
      ...(requests === null ? {} : { requests }),
      ...(seconds === null ? {} : { milliseconds: seconds * 1_000 }),
    },
    honourRobots: !args.flag('ignore-robots'),
  };
}
