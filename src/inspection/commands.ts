import { type Command, type CommandContext, defineCommand } from '../cli/command.ts';
import { UserError } from '../lib/pure/errors.ts';
import { RESOLVE_OPTION } from '../survey/index.ts';
import { siteBlocked } from './blocked-command.ts';
import { findingCommands } from './finding-commands.ts';
import { freezeRound } from './freeze-round.ts';
import { importCommands } from './import-commands.ts';
import { inspectionDb } from './inspection-db.ts';
import type { InspectionDeps } from './inspection-deps.ts';
import { noticeCommands } from './notice-commands.ts';
import { observationCommands } from './observation-commands.ts';
import type { RoundProgress } from './progress.ts';
import { countStages, listRounds } from './round.repository.ts';
import { stateWords } from './round.ts';
import { readPlan } from './run-options.ts';
import { runRound } from './run-round.ts';
import { sectionCommands } from './structure/section-commands.ts';
import { workerCommand } from './worker-command.ts';

const PERIOD = {
  kind: 'text',
  value: '期次',
  help: '如 2020Q3、2020H1、2020-07',
  required: true,
} as const;

const roundRun = defineCommand<InspectionDeps>({
  words: ['round', 'run'],
  summary: '运行或续跑一个批次',
  positionals: { name: '', min: 0, max: 0 },
  options: {
    period: PERIOD,
    window: {
      kind: 'text',
      value: '起..止',
      help: '采样时间，如 2020-07-07..2020-09-17',
      required: true,
    },
    at: { kind: 'text', value: '日期', help: '监测时间点（当天结束，东八区）', required: true },
    ruleset: { kind: 'text', value: '名称', help: '规则集，如 hunan-2020', required: true },
    clock: {
      kind: 'text',
      value: 'live|replay',
      help: '实时，或补采（只能配合指向本机的 --resolve）',
    },
    ...RESOLVE_OPTION,
    sample: {
      kind: 'text',
      value: '名单或比例',
      help: '抽查：sample.csv，或 sites=40%,accounts=12%',
    },
    seed: { kind: 'text', value: '整数', help: '按比例抽查的种子' },
    'whole-sites': {
      kind: 'text',
      value: 'none|portals|all',
      help: '全站普查：走遍哪些网站，查死链和文字（默认 none；补采不能做）',
    },
    'pages-per-site': {
      kind: 'text',
      value: '数量',
      help: '全站普查时每站最多访问多少个地址（默认 5000）',
    },
  },
  needs: 'store',
  run: async (context) => {
    const plan = await readPlan(context.args, {
      cwd: context.cwd,
      now: context.now(),
      deps: context.deps,
    });
    const unsubscribe = context.deps.progress.subscribe((progress) => {
      if (progress.period === plan.period.key) context.out.progress(progressWords(progress));
    });
    try {
      const result = await runRound(context.deps, context.actor, plan, {
        signal: context.signal,
        now: context.now,
        note: (message) => context.out.note(message),
      });
      context.out.note(
        `判定完毕：成立 ${result.findings.breached ?? 0} 个，无法判定 ${result.findings.undetermined ?? 0} 个。下一步：xunjian finding list --period ${plan.period.key}，然后 xunjian round freeze。`,
      );
      context.out.result(
        result.stats,
        `${plan.period.label} 批次已判定：页面 ${result.stats.pages}，信源 ${result.stats.feeds}，访问 ${result.stats.probes}，用时 ${result.stats.seconds} 秒。`,
      );
      return 0;
    } finally {
      unsubscribe();
    }
  },
});

const BAR_CELLS = 24;

/** One terminal line: bar, done / total, pages per second, ETA. */
export function progressWords(progress: RoundProgress): string {
  const share = progress.total > 0 ? progress.done / progress.total : 0;
  const filled = Math.round(share * BAR_CELLS);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)}`;
  const eta = progress.etaSeconds === null ? '—' : `${progress.etaSeconds} 秒`;
  return `${bar} ${progress.done}/${progress.total} ${progress.stage} 访问 ${progress.probes} 页面 ${progress.pages} 信源 ${progress.feeds} · ${progress.pagesPerSecond} 页/秒 · 约剩 ${eta}`;
}

const roundFreeze = defineCommand<InspectionDeps>({
  words: ['round', 'freeze'],
  summary: '冻结一个审核完的批次',
  positionals: { name: '', min: 0, max: 0 },
  options: {
    period: PERIOD,
    'confirm-all': { kind: 'text', value: '理由', help: '免除审核（通报成为草案，不能签发）' },
    'leave-undetermined': { kind: 'text', value: '理由', help: '无法判定的不进通报' },
    'end-contests': { kind: 'text', value: '理由', help: '申辩期没有满也冻结' },
  },
  needs: 'store',
  run: async (context) => {
    const reason = (option: string): string | null => {
      const text = context.args.text(option);
      if (text !== undefined && text.trim() === '')
        throw new UserError('round.reason', `--${option} 要写明理由。`, { field: option });
      return text?.trim() ?? null;
    };
    const { round, ...counts } = await freezeRound(context.deps, context.actor, {
      period: context.args.text('period') ?? '',
      confirmAll: reason('confirm-all'),
      leaveUndetermined: reason('leave-undetermined'),
      endContests: reason('end-contests'),
      at: context.now(),
    });
    context.out.result(
      {
        period: round.period,
        state: round.state,
        ...counts,
        reviewWaived: round.reviewWaived !== null,
      },
      `批次 ${round.period} 已冻结：成立 ${counts.breached} 个（免审 ${counts.waived} 个），无法判定 ${counts.undetermined} 个。`,
    );
    return 0;
  },
});

const roundList = defineCommand<InspectionDeps>({
  words: ['round', 'list'],
  summary: '列出批次',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async (context: CommandContext<InspectionDeps>) => {
    const db = inspectionDb(context.deps.store);
    for (const round of await listRounds(db)) {
      const stages = await countStages(db, round.id);
      const checked = stages.filter((row) => row.checked).reduce((sum, row) => sum + row.count, 0);
      const value = {
        period: round.period,
        state: round.state,
        paused: round.paused,
        ruleset: round.ruleset.id,
        checked,
        window: round.window,
      };
      context.out.result(
        value,
        `${round.period}\t${stateWords(round.state)}${round.paused ? '（已暂停）' : ''}\t${round.ruleset.id}\t检查 ${checked} 个对象`,
      );
    }
    return 0;
  },
});

/** Everything of the inspection feature that a terminal can ask. */
export const inspectionCommands: readonly Command<InspectionDeps>[] = [
  roundRun,
  roundFreeze,
  roundList,
  workerCommand,
  ...importCommands,
  ...findingCommands,
  ...noticeCommands,
  ...observationCommands,
  ...sectionCommands,
  siteBlocked,
];
