import { type Command, defineCommand } from '../cli/command.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Sweep } from './sweep/sweep.ts';
import { openSweepFetchers } from './sweep/sweep-fetchers.ts';
import { type SweepDeps, sweepSources } from './sweep/sweep-sources.ts';

interface SourceCommandDeps extends SweepDeps {
  readonly userAgent: string;
}

const sweepCommand = defineCommand<SourceCommandDeps>({
  words: ['accounts', 'sweep'],
  summary: '巡看一遍到期的信源：记下看到的内容和每个信源的状态；中断后再运行会接着看',
  positionals: { name: '', min: 0, max: 0 },
  options: {
    platform: {
      kind: 'text',
      value: '平台',
      help: '只看一个平台（如 微信公众号）或一种信源（如 weibo）',
    },
    limit: { kind: 'text', value: '数量', help: '最多看多少个信源' },
    resolve: {
      kind: 'many',
      value: '模式=IP[:端口]',
      help: '域名指到哪里，如 *.province.test=127.0.0.1:8080，用于模拟环境；可多次',
    },
  },
  needs: 'store',
  run: async ({ args, deps, out, signal, actor, now }) => {
    const resolve = args.many('resolve');
    const fetchers = openSweepFetchers({ userAgent: deps.userAgent, resolve, now });
    try {
      const sweep = await sweepSources(deps, {
        ...{ by: actor, platform: args.text('platform') ?? null, now, signal },
        ...{ limit: limitOf(args.text('limit')), fetcherOf: (kind) => fetchers.fetcherOf(kind) },
        isPublicOnly: resolve.length === 0,
        onProgress: ({ asked, total }) => out.progress(`已看 ${asked}/${total} 个信源`),
      });
      out.result(sweep, wordsOf(sweep));
      return sweep.state === 'done' ? 0 : 1;
    } finally {
      await fetchers.close();
    }
  },
});

function limitOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UserError('sweep.limit', `“${text}”应是正整数。`, { field: 'limit' });
}

const wordsOf = ({ state, asked, told, postponed, total }: Sweep): string =>
  `${state === 'done' ? '巡看完成' : '巡看中断，再运行一次会接着看'}：看了 ${asked}/${total} 个信源，${told} 个读到内容，${asked - told} 个没能看，${postponed} 个因额度推迟。`;

export const sourceCommands: readonly Command<SourceCommandDeps>[] = [sweepCommand];
