import { availableParallelism } from 'node:os';
import { type Command, type CommandArguments, defineCommand } from '../cli/command.ts';
import type { WalkOutcome } from '../domain/walk.ts';
import { createFetcher } from '../lib/node/http/create-fetcher.ts';
import { loopbackRules, parseResolveRule } from '../lib/node/http/resolve-rule.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Archive } from '../store/archive/archive.ts';
import type { Store } from '../store/store.ts';
import { PagePool } from './pages/page-pool.ts';
import { sharedTurns } from './shared-pace.ts';
import { surveySite } from './survey-site.ts';
import type { WalkBudget } from './walk/walk-budget.ts';
import type { WalkResult } from './walk/walk-tally.ts';

export interface SurveyCommandDeps {
  readonly store: Store;
  readonly archive: Archive;
}

/** Smallest pause between two requests to one outside address (DESIGN law 5); hosts of a resolve rule have none. */
const PACE_PER_ADDRESS_MS = 250;
const AT_ONCE = 16;
/** More threads than this read faster than one site is ever asked. */
const THREADS_MAX = 4;

/** `xunjian site survey URL`: a whole site into the database and the archive; run again, it goes on where it was stopped. */
export function siteSurveyCommand(userAgent: () => string): Command<SurveyCommandDeps> {
  return defineCommand<SurveyCommandDeps>({
    words: ['site', 'survey'],
    summary: '全站普查：走遍一个网站，每页一行存入数据库，原文存档；中断后再运行接着走',
    positionals: { name: '首页网址', min: 1, max: 1 },
    options: {
      resolve: {
        kind: 'many',
        value: '域名=地址',
        help: '把域名指到某个地址，用于模拟环境；可多次',
      },
      pages: { kind: 'text', value: '数量', help: '最多访问多少个地址（默认 50000）' },
      seconds: { kind: 'text', value: '秒', help: '最多用多少秒（默认 6 小时）' },
      subdomains: { kind: 'flag', help: '首页域名之下的子域名也算本站' },
      'ignore-robots': { kind: 'flag', help: '不管 robots.txt（主管单位对自己监管的网站）' },
    },
    needs: 'store',
    run: async ({ args, out, deps, signal, now }) => {
      const fetcher = createFetcher({
        userAgent: userAgent(),
        resolve: [...args.many('resolve'), ...loopbackRules(args.positionals[0] ?? '')].map(
          parseResolveRule,
        ),
        pacePerAddressMs: PACE_PER_ADDRESS_MS,
        awaitTurn: sharedTurns(deps.store.db, PACE_PER_ADDRESS_MS),
        now,
      });
      await using pages = new PagePool({ threads: Math.min(THREADS_MAX, availableParallelism()) });
      try {
        const { surveyId, result } = await surveySite(
          { ...deps, fetcher, pages, now },
          {
            homeUrl: args.positionals[0] ?? '',
            roundId: null,
            subjectId: null,
            atOnce: AT_ONCE,
            budget: readBudget(args),
            honourRobots: !args.flag('ignore-robots'),
            scope: { subdomains: args.flag('subdomains') },
          },
          signal,
        );
        out.result({ survey: surveyId, ...result }, summaryOf(result));
        return (result.outcomes.page ?? 0) + (result.outcomes.unchanged ?? 0) > 0 ? 0 : 1;
      } finally {
        await fetcher.close();
      }
    },
  });
}

function readBudget(args: CommandArguments): Partial<WalkBudget> {
  const [requests, seconds] = ['pages', 'seconds'].map((name) => {
    const text = args.text(name);
    if (text === undefined) return null;
    if (!/^[1-9]\d{0,8}$/.test(text))
      throw new UserError('survey.budget', `--${name} 应是正整数，不是“${text}”。`, {
        field: name,
      });
    return Number(text);
  });
  return {
    ...(requests ? { requests } : {}),
    ...(seconds ? { milliseconds: seconds * 1_000 } : {}),
  };
}

const OUTCOME_WORDS: Readonly<Record<WalkOutcome, string>> = {
  page: '网页',
  file: '文件',
  unchanged: '没有变化的网页',
  redirect: '跳转',
  'http-error': '打不开（返回 4xx、5xx）',
  failed: '没有应答',
  blocked: '被拦截',
  skipped: '没有访问',
};

function summaryOf(result: WalkResult): string {
  const outcomes = Object.entries(result.outcomes) as [WalkOutcome, number][];
  return [
    ...outcomes.map(([outcome, count]) => `${OUTCOME_WORDS[outcome]} ${count}`),
    ...result.skipped.map(
      ({ reason, count, examples }) => `不去 ${count} 个：${reason}，例如 ${examples[0] ?? ''}`,
    ),
    ...result.hitLimits,
    ...result.notes,
    result.complete ? '已走完' : `没有走完，还有 ${result.waiting} 个地址等着访问`,
  ].join('\n');
}
