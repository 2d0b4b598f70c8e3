import type { CommandContext } from '../cli/command.ts';
import { recordAudit } from '../identity/index.ts';
import type { EvidenceDeps } from './evidence-deps.ts';
import type { OpenedRow } from './open-row.ts';

/** Into the trail: whose originals were written to a file, and for which findings. */
export async function recordTaken(
  { deps, actor }: CommandContext<EvidenceDeps>,
  { round, findings }: OpenedRow,
  more: Readonly<Record<string, unknown>>,
): Promise<void> {
  await deps.store.transaction((trx) =>
    recordAudit(trx, {
      ...{ actor, action: 'evidence.take', subject: `round:${round.period}` },
      detail: { findings: findings.map(({ finding }) => finding.id), ...more },
    }),
  );
}
