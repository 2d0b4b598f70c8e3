import { type Command, defineCommand } from '../cli/command.ts';
import { shanghaiText } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { inviteAccount } from './invite-account.ts';
import { listAuthorisations } from './list-authorisations.ts';
import type { WechatDeps } from './wechat-db.ts';

const ID = /^\d{1,9}$/;

const invite = defineCommand<WechatDeps>({
  words: ['wechat', 'invite'],
  summary: '生成一个账号的微信授权链接，发给账号管理员扫码；7 天有效',
  positionals: { name: '账号编号', min: 1, max: 1 },
  options: {},
  needs: 'store',
  run: async ({ args, deps, out, actor }) => {
    const [id = ''] = args.positionals;
    if (!ID.test(id))
      throw new UserError('usage.number', '账号编号应是一个整数。', { field: '账号编号' });
    const invitation = await inviteAccount(deps, actor, { accountId: Number(id) });
    out.result(
      invitation,
      `请把链接发给“${invitation.accountName}”的账号管理员（${shanghaiText(invitation.expiresAt)} 前有效）：\n${invitation.url}`,
    );
    return 0;
  },
});

const STATES = { authorised: '已授权', withdrawn: '已取消', broken: '已失效' } as const;

const list = defineCommand<WechatDeps>({
  words: ['wechat', 'list'],
  summary: '列出公众号的授权，和最近一次收到微信票据的时间',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out }) => {
    const { ticketAt, authorisations } = await listAuthorisations(deps);
    out.note(ticketAt === null ? '还没有收到微信票据。' : `微信票据：${shanghaiText(ticketAt)}`);
    for (const each of authorisations)
      out.result(
        each,
        [
          ...[each.appId, each.nickName, each.userName, each.accountName ?? '（没有对应的账号）'],
          ...[STATES[each.state], each.reads.join('、'), each.reason],
        ].join('\t'),
      );
    return 0;
  },
});

export const wechatCommands: readonly Command<WechatDeps>[] = [invite, list];
