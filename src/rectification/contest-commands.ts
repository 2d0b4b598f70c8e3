import { type Command, defineCommand } from '../cli/command.ts';
import { endOfDay, shanghaiDate } from '../lib/pure/dates.ts';
import { dateOf } from './commands.ts';
import { OUTCOME_WORDS } from './contest/letter.ts';
import { listLetters } from './contest/list-letters.ts';
import { passContests } from './contest/pass-contests.ts';
import { showFindings } from './contest/show-findings.ts';
import { rectificationDb } from './rectification-db.ts';
import type { RectificationDeps } from './rectification-deps.ts';

/** Rows read at once, and at the most: a terminal is no place for more. */
const SLICE = 500;
const ROWS_MAX = 100_000;

const PERIOD = { name: '期次', min: 1, max: 1 } as const;

const show = defineCommand<RectificationDeps>({
  words: ['contest', 'show'],
  summary: '把审核中的批次的问题给各单位核对：每个单位一份申辩告知书；重复执行只发新增的',
  positionals: PERIOD,
  options: {},
  needs: 'store',
  run: async ({ args, deps, out, actor, now }) => {
    const period = args.positionals[0] ?? '';
    const shown = await showFindings(deps, actor, { period, at: now() });
    const unconfirmed =
      shown.unconfirmed === 0
        ? ''
        : `另有 ${shown.unconfirmed} 件还没有审核确认，没有写进告知书；确认以后再做一次。`;
    out.result(
      shown,
      shown.letters === 0
        ? `${period} 没有要新告知的问题。${unconfirmed}`
        : `${period}：申辩告知书 ${shown.letters} 份，问题 ${shown.findings} 件，申辩到 ${shown.deadlineOn}${shown.provisional ? '（暂定）' : ''}为止。${unconfirmed}`,
    );
    return 0;
  },
});

const list = defineCommand<RectificationDeps>({
  words: ['contest', 'list'],
  summary: '列出一个批次的申辩告知书和进展',
  positionals: PERIOD,
  options: {},
  needs: 'store',
  run: async ({ args, deps, out, actor, now }) => {
    const filter = { period: args.positionals[0], today: shanghaiDate(now()) };
    const db = rectificationDb(deps.store.db);
    for (let offset = 0; offset < ROWS_MAX; offset += SLICE) {
      const { items } = await listLetters(db, actor, filter, { limit: SLICE, offset });
      for (const each of items)
        out.result(
          each,
          [
            ...[each.number, each.unitName, `${each.findings} 件`, `到 ${each.deadlineOn}`],
            each.outcome === null ? '申辩期内' : OUTCOME_WORDS[each.outcome],
            `申辩 ${each.objections} 条（逾期 ${each.late}，待答复 ${each.waiting}）`,
          ].join('\t'),
        );
      if (items.length < SLICE) break;
    }
    return 0;
  },
});

const clock = defineCommand<RectificationDeps>({
  words: ['contest', 'clock'],
  summary: '走一遍申辩期限：提醒单位和答复的人，期满记录；服务每天自动走，重复执行不会重复提醒',
  positionals: { name: '', min: 0, max: 0 },
  options: { at: { kind: 'text', value: '日期', help: '按这一天走；不写是今天' } },
  needs: 'store',
  run: async ({ args, deps, out, actor, now }) => {
    const on = dateOf('at', args.text('at'));
    const pass = await passContests(deps, actor, { at: on === null ? now() : endOfDay(on) });
    out.result(
      pass,
      `${pass.today}：提醒单位 ${pass.chased}，期满 ${pass.closed}（无异议 ${pass.none}），提醒答复 ${pass.waiting}。`,
    );
    return 0;
  },
});

export const contestCommands: readonly Command<RectificationDeps>[] = [show, list, clock];
