import { type Command, defineCommand } from '../cli/command.ts';
import { RowIdText } from '../http/row-id.ts';
import { shanghaiText } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { listAccounts } from '../registry/index.ts';
import type { InspectionDeps } from './inspection-deps.ts';
import { listObservations } from './observe/list-observations.ts';
import { withdrawObservation } from './observe/withdraw-observation.ts';

/** Sights of one account that are listed; the console pages through more. */
const LISTED_MAX = 200;

const list = defineCommand<InspectionDeps>({
  words: ['observation', 'list'],
  summary: '列出一个账号的人工观察，最新的在前，撤回的也在内',
  positionals: { name: '', min: 0, max: 0 },
  options: {
    platform: { kind: 'text', value: '平台', help: '如 微信公众号', required: true },
    account: { kind: 'text', value: '账号ID', help: '名录里的账号ID', required: true },
  },
  needs: 'store',
  run: async ({ args, deps, actor, out }) => {
    const [platform, code] = [args.text('platform') ?? '', args.text('account') ?? ''];
    const account = (await listAccounts(deps.store.db)).find(
      (each) => each.platform === platform && each.accountId === code,
    );
    if (account === undefined)
      throw new UserError('account.unknown', `名录里没有“${platform}”的账号“${code}”。`, {
        field: 'account',
      });
    const page = { accountId: account.id, limit: LISTED_MAX, offset: 0 };
    for (const { byId: _, ...seen } of (await listObservations(deps, actor, page)).items) {
      const { id, observedAt, newestOn, by, origin, withdrawn } = seen;
      const newest = newestOn === 'none' ? '没有内容' : (newestOn ?? '没有看内容');
      out.result(
        seen,
        `#${id}\t${shanghaiText(observedAt)}\t${newest}\t${by ?? origin}${
          withdrawn === null ? '' : `\t${withdrawn.by}已撤回：${withdrawn.why}`
        }`,
      );
    }
    return 0;
  },
});

const withdraw = defineCommand<InspectionDeps>({
  words: ['observation', 'withdraw'],
  summary: '撤回一条有误的人工观察：仍然保留，不再作为依据；没有冻结的批次重新判定',
  positionals: { name: '编号', min: 1, max: 1 },
  options: { reason: { kind: 'text', value: '理由', help: '哪里有误', required: true } },
  needs: 'store',
  run: async ({ args, deps, actor, out, now }) => {
    const { data: observationId } = RowIdText.safeParse(args.positionals[0]?.replace(/^#/, ''));
    if (observationId === undefined)
      throw new UserError('observation.unknown', '请写观察的编号，见 xunjian observation list。');
    const reason = args.text('reason') ?? '';
    const judgedAgain = await withdrawObservation(deps, actor, {
      ...{ observationId, reason, at: now() },
    });
    out.result(
      { observationId, judgedAgain },
      `已撤回第 ${observationId} 条观察${
        judgedAgain.length > 0 ? `；批次 ${judgedAgain.join('、')} 已重新判定这个账号` : ''
      }。`,
    );
    return 0;
  },
});

export const observationCommands: readonly Command<InspectionDeps>[] = [list, withdraw];
