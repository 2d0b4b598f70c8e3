import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { defineCommand } from '../../cli/command.ts';
import { writeXlsx } from '../../documents/workbook.ts';
import type { StoreDeps } from '../../store/store.ts';
import { titleOf } from '../account-fields.ts';
import { readInput } from '../read-input.ts';
import { diffAccounts, sheetOfDiff } from './diff-accounts.ts';

/** `accounts diff`: one line an account that the two do not agree on, the counts last. */
export const accountsDiffCommand = defineCommand<StoreDeps>({
  words: ['accounts', 'diff'],
  summary: '把账号名录和全国报送系统的导出文件逐字段比对（只看，不改名录）',
  positionals: { name: '文件', min: 1, max: 1 },
  options: {
    map: { kind: 'text', value: '名称', help: '按保存的列映射读文件' },
    out: { kind: 'text', value: '文件.xlsx', help: '差异另存为表格' },
  },
  needs: 'store',
  run: async ({ args, out, deps, cwd, actor }) => {
    const path = resolve(cwd, args.positionals[0] ?? '');
    const file = { name: basename(path), bytes: await readInput(path) };
    const diff = await diffAccounts(deps, actor, { file, map: args.text('map') ?? null });
    for (const message of diff.unread) out.note(`没有读懂：${message}`);
    if (diff.unreadLeftOut > 0) out.note(`另有 ${diff.unreadLeftOut} 处没有读懂`);
    for (const { kind, accountId, platform, name, sponsor, row, fields } of diff.differences) {
      const words = {
        ours: '只在名录',
        theirs: '只在报送系统',
        differs: fields
          .map(
            ({ field, ours, theirs }) => `${titleOf(field)}：${ours || '空'} → ${theirs || '空'}`,
          )
          .join('；'),
      };
      const line = { kind, platform, name, sponsor, accountId, row, fields };
      out.result(line, `${platform}\t${name}\t${sponsor}\t${words[kind]}`);
    }
    const target = args.text('out');
    if (target !== undefined)
      await writeFile(resolve(cwd, target), await writeXlsx([sheetOfDiff(diff)]));
    const { counts, fields } = diff;
    out.result(
      { counts, fields },
      `只在名录 ${counts.ours}、只在报送系统 ${counts.theirs}、字段不同 ${counts.differs}、相同 ${counts.same}`,
    );
    return 0;
  },
});
