import { type Command, defineCommand } from '../../cli/command.ts';
import { type CollectDeps, collectAccounts } from './collect-accounts.ts';

/** `xunjian accounts collect`: what rounds and surveys have seen, into the queue. */
export const collectCommand: Command<CollectDeps> = defineCommand<CollectDeps>({
  words: ['accounts', 'collect'],
  summary: '从批次的首页和全站普查里查找系统外账号，放进待处理的线索（服务器每十分钟也会做）',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, actor, now, signal }) => {
    const collected = await collectAccounts(deps, { actor, now, signal });
    const { sites, added, seenAgain, reopened, gone } = collected;
    out.result(
      collected,
      `看了 ${sites} 个网站：新线索 ${added}，再次看到 ${seenAgain}，变化后重新列出 ${reopened}${gone > 0 ? `；${gone} 个网站的首页原件已不在证据库` : ''}`,
    );
    return 0;
  },
});
