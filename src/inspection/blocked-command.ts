import { type Command, defineCommand } from '../cli/command.ts';
import { shanghaiText } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { inspectionDb } from './inspection-db.ts';
import type { InspectionDeps } from './inspection-deps.ts';
import { type BlockedSite, listBlocked } from './read/list-blocked.ts';
import { newestRound, requireRound } from './round.repository.ts';

/** Sites that block us now, for the office to write to (`site allow-kit`). */
export const siteBlocked: Command<InspectionDeps> = defineCommand<InspectionDeps>({
  words: ['site', 'blocked'],
  summary: '目前拦截我们的网站（最近一个批次，或 --period）；放行材料用 site allow-kit 生成',
  positionals: { name: '', min: 0, max: 0 },
  options: { period: { kind: 'text', value: '期次', help: '看这个批次' } },
  needs: 'store',
  run: async (context) => {
    const db = inspectionDb(context.deps.store);
    const period = context.args.text('period');
    const round = period === undefined ? await newestRound(db) : await requireRound(db, period);
    if (!round) throw new UserError('round.none', '还没有批次。', { family: 'state' });
    const sites = await listBlocked(db, round.id);
    for (const site of sites) context.out.result(site, lineOf(site));
    context.out.note(`批次 ${round.period}：${sites.length} 家网站拦截了我们。`);
    return 0;
  },
});

const lineOf = ({ printRow, name, siteCode, url, visits, pages, statuses, lastAt }: BlockedSite) =>
  `${printRow}\t${name}\t${siteCode}\t${url}\t首页访问 ${visits} 次、页面 ${pages} 个被拦截（${statuses.join('、') || '无状态码'}）\t最近 ${shanghaiText(lastAt)}`;
