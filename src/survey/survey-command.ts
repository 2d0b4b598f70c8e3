import { availableParallelism } from 'node:os';
import { type Command, defineCommand } from '../cli/command.ts';
import type { WalkOutcome } from '../domain/walk.ts';
import { recordAudit } from '../identity/index.ts';
import type { Archive } from '../store/archive/archive.ts';
import type { Store } from '../store/store.ts';
import { PagePool } from './pages/page-pool.ts';
import { openSite, readWalk, WALK_OPTIONS } from './site-opening.ts';
import { surveyDb } from './survey-db.ts';
import { surveySite } from './survey-site.ts';
import type { WalkResult } from './walk/walk-tally.ts';

export interface SurveyCommandDeps {
  readonly store: Store;
  readonly archive: Archive;
}

/** More threads than this read faster than one site is ever asked. */
const THREADS_MAX = 4;

/** `xunjian site survey URL`: a whole site into the database and the archive; run again, it goes on where it was stopped. */
export function siteSurveyCommand(userAgent: () => string): Command<SurveyCommandDeps> {
  return defineCommand<SurveyCommandDeps>({
    words: ['site', 'survey'],
    summary: '全站普查：走遍一个网站，每页一行存入数据库，原文存档；中断后再运行接着走',
    positionals: { name: '首页网址', min: 1, max: 1 },
    options: {
      ...WALK_OPTIONS,
      subdomains: { kind: 'flag', help: '首页域名之下的子域名也算本站' },
    },
    needs: 'store',
    run: async ({ args, out, deps, signal, now, actor }) => {
      const homeUrl = args.positionals[0] ?? '';
      const how = readWalk(args);
      const of = { userAgent: userAgent(), sharedPace: surveyDb(deps.store) };
      const { fetcher } = openSite({ args, now }, homeUrl, of);
      await using pages = new PagePool({ threads: Math.min(THREADS_MAX, availableParallelism()) });
      try {
        await deps.store.transaction((trx) =>
          recordAudit(trx, { actor, action: 'site.survey', detail: { homeUrl } }),
        );
        const { surveyId, result } = await surveySite(
          { ...deps, fetcher, pages, now },
          {
            ...how,
            ...{ homeUrl, roundId: null, subjectId: null },
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
