import { defineCommand } from '../cli/command.ts';
import { recordAudit, resealSecondFactors } from '../identity/index.ts';
import { UserError } from '../lib/pure/errors.ts';
import { resealChannels } from '../notify/index.ts';
import { resealCredentials } from '../sources/index.ts';
import { resealWechat } from '../wechat/index.ts';
import type { AppDeps } from './app-deps.ts';

/**
 * `xunjian key rotate`: a new key first, then everything sealed by it, then the former key forgotten. Each step is safe to do
 * again, and what was sealed before opens until the last.
 */
export const keyCommand = defineCommand<AppDeps>({
  words: ['key', 'rotate'],
  summary: '更换本安装的密钥，并用它重新封存账号密钥和两步验证；中断后再运行一次即可',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, actor }) => {
    const { store, sealing, identity } = deps;
    const { keys } = identity;
    if (!keys.hasFormer && !keys.areOurs)
      throw new UserError(
        'key.setting',
        '密钥由 XUNJIAN_SECRET_KEY 给出：请先在各台机器上把它改成“新密钥,旧密钥”并重新启动，再运行这条命令，最后去掉旧密钥。',
        { family: 'state' },
      );
    if (!keys.hasFormer) await keys.change();
    const credentials = await resealCredentials(store, sealing);
    const authorisations = await resealWechat(deps);
    const channels = await resealChannels(deps);
    const factors = await resealSecondFactors(identity);
    await store.transaction((trx) =>
      recordAudit(trx, {
        actor,
        action: 'key.rotate',
        detail: {
          authorisations,
          channels: channels.sealed,
          credentials: credentials.sealed,
          unopened: credentials.unopened,
          factors,
        },
      }),
    );
    if (keys.areOurs && credentials.unopened + channels.unopened === 0) await keys.forgetFormer();
    const rest =
      credentials.unopened + channels.unopened > 0
        ? `；有 ${credentials.unopened} 个账号密钥、${channels.unopened} 个发送通道的密钥打不开，旧密钥先留着，请重新填写后再运行一次`
        : keys.areOurs
          ? '，旧密钥已去掉'
          : '；现在可以从 XUNJIAN_SECRET_KEY 里去掉旧密钥了';
    out.result(
      { ...credentials, authorisations, channels: channels.sealed, factors },
      `已用新密钥封存 ${credentials.sealed} 个账号密钥、${authorisations} 个公众号授权、${channels.sealed} 个发送通道、${factors} 个两步验证${rest}。`,
    );
    return 0;
  },
});
