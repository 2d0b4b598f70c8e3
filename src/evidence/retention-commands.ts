import { defineCommand } from '../cli/command.ts';
import { roundAges } from '../inspection/index.ts';
import { UserError } from '../lib/pure/errors.ts';
import { NO_ROUND } from '../survey/index.ts';
import { checkArchive } from './check-archive.ts';
import type { EvidenceDeps } from './evidence-deps.ts';
import { expiredRounds, pruneArchive } from './prune-archive.ts';
import { countExpiredSurveys, pruneSurveys } from './prune-surveys.ts';

const STATE_WORDS = {
  open: '正在写',
  sealed: '已存',
  dropped: '已删，只留摘要',
  digest: '超出上限，只留摘要',
} as const;

/** `xunjian evidence status`: one line per round and state, the settings last. */
export const statusCommand = defineCommand<EvidenceDeps>({
  words: ['evidence', 'status'],
  summary: '看证据占多少空间、保存期限和上限',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, now }) => {
    const rounds = await roundAges(deps.store);
    const periods = new Map(rounds.map((round) => [round.roundId, round.period]));
    const usage = await deps.archive.usage();
    for (const each of usage) {
      const period =
        periods.get(each.roundId) ?? (each.roundId === NO_ROUND ? '批次之外' : `r${each.roundId}`);
      const { state, segments, bytes, reason } = each;
      out.result(
        { period, state, segments, bytes, reason },
        `${period}\t${STATE_WORDS[state]}\t${segments} 段\t${bytes} 字节${reason === null ? '' : `\t${reason}`}`,
      );
    }
    const { keepRounds, keepDays } = deps.retention;
    const { maxBytes } = deps.archive;
    const bytes = usage.reduce((sum, each) => sum + each.bytes, 0);
    const expired = expiredRounds(rounds, deps.retention, now()).map(({ period }) => period);
    const waiting = await deps.archive.waiting();
    out.result(
      { bytes, maxBytes, keepRounds, keepDays, expired, waiting: waiting.length },
      [
        `共 ${bytes} 字节，上限 ${maxBytes ?? '不限'}`,
        `保存 ${keepRounds ?? '不限'} 个批次、${keepDays ?? '不限'} 天；过期的批次：${expired.join('、') || '无'}`,
        ...(waiting.length > 0
          ? [`有 ${waiting.length} 段还没有交到证据库，仍在本机；用 xunjian evidence upload 再交。`]
          : []),
      ].join('\n'),
    );
    return 0;
  },
});

/** `xunjian evidence prune`: what findings name stays, whatever the settings. */
export const pruneCommand = defineCommand<EvidenceDeps>({
  words: ['evidence', 'prune'],
  summary: '清理过期批次的抓取原件（问题所指的原件永远保留）和过期的全站普查',
  positionals: { name: '', min: 0, max: 0 },
  options: { 'dry-run': { kind: 'flag', help: '只列出会清理哪些批次' } },
  needs: 'store',
  run: async ({ deps, out, args, actor, now }) => {
    if (deps.retention.keepRounds === null && deps.retention.keepDays === null) {
      out.note(
        '没有设置保存期限，什么都不清理；请设 XUNJIAN_EVIDENCE_KEEP_ROUNDS 或 XUNJIAN_EVIDENCE_KEEP_DAYS。',
      );
      return 0;
    }
    if (args.flag('dry-run')) {
      for (const { period } of expiredRounds(await roundAges(deps.store), deps.retention, now()))
        out.result({ period }, `会清理 ${period}`);
      const surveys = await countExpiredSurveys(deps, now());
      if (surveys > 0) out.result({ surveys }, `会清理 ${surveys} 次全站普查的网页`);
      return 0;
    }
    for (const round of await pruneArchive(deps, actor, now()))
      out.result(
        round,
        `${round.period}：${round.bytesBefore} → ${round.bytesAfter} 字节，保留问题所指的 ${round.recordsKept} 份记录`,
      );
    const pruned = await pruneSurveys(deps, actor, now());
    if (pruned.surveys + pruned.bytesBefore > 0)
      out.result(
        pruned,
        `全站普查：清理了 ${pruned.surveys} 次的网页；批次之外的原件 ${pruned.bytesBefore} → ${pruned.bytesAfter} 字节`,
      );
    return 0;
  },
});

/** `xunjian evidence upload`: what a remote store has not taken yet. */
export const uploadCommand = defineCommand<EvidenceDeps>({
  words: ['evidence', 'upload'],
  summary: '把还留在本机的证据交到证据库（S3）',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out }) => {
    const segments = await deps.archive.handOver();
    out.result({ segments }, segments === 0 ? '没有等着交的。' : `已交 ${segments} 段。`);
    return 0;
  },
});

/** `xunjian evidence check`: every record read and proved; exit 1 when one does not open. */
export const checkCommand = defineCommand<EvidenceDeps>({
  words: ['evidence', 'check'],
  summary: '逐条核对存下的原件（恢复备份、搬移证据之后用）',
  positionals: { name: '', min: 0, max: 0 },
  options: { period: { kind: 'text', value: '期次', help: '只核对这个批次' } },
  needs: 'store',
  run: async ({ deps, out, args, signal }) => {
    const period = args.text('period');
    const round = (await roundAges(deps.store)).find((each) => each.period === period);
    if (period !== undefined && !round)
      throw new UserError('round.unknown', `没有 ${period} 这个批次。`, { field: 'period' });
    const { broken, brokenCount, records, bytes } = await checkArchive(
      deps.archive,
      round?.roundId ?? null,
      { signal, onSegment: (name) => out.progress(`正在核对 ${name}`) },
    );
    for (const each of broken)
      out.result(each, `打不开：${each.payload} ${each.url}（${each.segment}）：${each.why}`);
    out.result(
      { records, bytes, broken: brokenCount },
      `核对了 ${records} 条记录、${bytes} 字节，打不开的 ${brokenCount} 条。`,
    );
    return brokenCount === 0 ? 0 : 1;
  },
});
