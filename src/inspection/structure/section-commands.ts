import { type Command, defineCommand } from '../../cli/command.ts';
import { STANDARD_KINDS } from '../../domain/facts/structure-facts.ts';
import { shanghaiText } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { inspectionDb } from '../inspection-db.ts';
import type { InspectionDeps } from '../inspection-deps.ts';
import { decideSection, readKind, requireSite } from './decide-section.ts';
import { decidedSections } from './section-kind.repository.ts';

const decide = defineCommand<InspectionDeps>({
  words: ['site', 'section'],
  summary: '认定一个栏目的类别，以后各批次都照此',
  positionals: { name: '网站标识码 栏目网址', min: 2, max: 2 },
  options: {
    kind: { kind: 'text', value: '类别', help: '如 领导信息、政策文件' },
    undo: { kind: 'flag', help: '撤销认定' },
    reason: { kind: 'text', value: '理由', help: '为什么', required: true },
  },
  needs: 'store',
  run: async (context) => {
    const { args } = context;
    const kind = args.text('kind');
    if ((kind === undefined) !== args.flag('undo'))
      throw new UserError('section.kind', '用 --kind 认定，或用 --undo 撤销，二者选一。', {
        field: 'kind',
      });
    const [siteCode = '', url = ''] = args.positionals;
    const decided = kind === undefined ? null : readKind(kind);
    await decideSection(context.deps, context.actor, {
      ...{ site: { siteCode }, url, kind: decided },
      reason: args.text('reason') ?? '',
      at: context.now(),
    });
    context.out.result(
      { siteCode, url, kind: decided },
      decided === null
        ? '已撤销认定。'
        : `已认定为“${STANDARD_KINDS[decided]}”，下一批次起照此判断。`,
    );
    return 0;
  },
});

const list = defineCommand<InspectionDeps>({
  words: ['site', 'sections'],
  summary: '列出一个网站由人认定过类别的栏目',
  positionals: { name: '网站标识码', min: 1, max: 1 },
  options: {},
  needs: 'store',
  run: async (context) => {
    const db = inspectionDb(context.deps.store);
    const siteCode = context.args.positionals[0] ?? '';
    const site = await requireSite(db, context.actor, { siteCode });
    for (const each of await decidedSections(db, site.siteCode))
      context.out.result(
        each,
        `${each.url}\t${STANDARD_KINDS[each.kind]}\t${each.decidedBy}\t${shanghaiText(each.decidedAt)}\t${each.reason}`,
      );
    return 0;
  },
});

export const sectionCommands: readonly Command<InspectionDeps>[] = [decide, list];
