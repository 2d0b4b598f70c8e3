import { type Command, defineCommand } from '../../cli/command.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { AuditTrail } from './audit-trail.ts';
import { pruneAudit } from './prune-audit.ts';
import { rekeyAudit } from './rekey-audit.ts';
import { type AuditVerification, verifyAudit } from './verify-audit.ts';

/** What the commands of the trail need; `main` opens it. */
export interface AuditDeps {
  readonly audit: AuditTrail;
}

const verifyCommand = defineCommand<AuditDeps>({
  words: ['audit', 'verify'],
  summary: '核验整条审计链；不完好时退出码 1，并说出第一处',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, signal }) => {
    const found = await verifyAudit(deps.audit, {
      signal,
      onProgress: (rows) => out.progress(`已核验 ${rows} 行`),
    });
    out.result(found, wordsOf(found));
    return found.ok ? 0 : 1;
  },
});

function wordsOf({ rows, firstBroken, head, keptAfter, anchored }: AuditVerification): string {
  const kept = keptAfter === 0 ? '' : `（第 ${keptAfter} 行及以前已按保存期限删除，有检查点）`;
  const outside = anchored === null ? '数据库外没有锚点' : `数据库外的锚点到第 ${anchored} 行`;
  if (firstBroken === null)
    return `审计链完好：${rows} 行${kept}，最后一行的哈希 ${head ?? '（无）'}；${outside}。`;
  const where = firstBroken.position === null ? '' : `第 ${firstBroken.position} 行`;
  const id = firstBroken.id === null ? '' : `（编号 ${firstBroken.id}）`;
  return `审计链不完好：前 ${rows} 行完好，${where}${id}${firstBroken.why}。`;
}

const pruneCommand = defineCommand<AuditDeps>({
  words: ['audit', 'prune'],
  summary: '按 XUNJIAN_AUDIT_KEEP_DAYS 清理过期的审计记录，留下可核验的检查点',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, actor, now }) => {
    const pruned = await pruneAudit(deps.audit, actor, now());
    const { keepDays } = deps.audit.settings;
    out.result(
      { ...pruned, keepDays },
      keepDays === null
        ? '没有设保存期限，审计记录一直保留。'
        : `保存 ${keepDays} 天，清理了 ${pruned.rows} 行。`,
    );
    return 0;
  },
});

const rekeyCommand = defineCommand<AuditDeps>({
  words: ['audit', 'rekey'],
  summary: '换一把审计密钥（丢失或泄露时），换钥本身记入审计',
  positionals: { name: '', min: 0, max: 0 },
  options: { reason: { kind: 'text', value: '理由', help: '为什么换', required: true } },
  needs: 'store',
  run: async ({ deps, out, args, actor }) => {
    const reason = args.text('reason')?.trim() ?? '';
    if (reason === '')
      throw new UserError('audit.reason', '换审计密钥要写明理由。', { field: 'reason' });
    const { from, to } = await rekeyAudit(deps.audit, actor, reason);
    out.result({ from, to }, `审计密钥已更换：${from ?? '（无）'} → ${to}。`);
    return 0;
  },
});

export const auditCommands: readonly Command<AuditDeps>[] = [
  verifyCommand,
  pruneCommand,
  rekeyCommand,
];
