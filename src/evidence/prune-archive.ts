import { recordAudit } from '../identity/index.ts';
import { namedPayloads, roundAges } from '../inspection/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import type { EvidenceDeps, RetentionSettings } from './evidence-deps.ts';

const DAY_MS = 24 * 3_600_000;

export interface AgedRound {
  readonly roundId: number;
  readonly period: string;
  readonly closedAt: Instant | null;
}

/**
 * The rounds that the settings no longer keep whole, oldest first. Only closed ones: what may still be judged again keeps its
 * bytes. With both settings a round goes when neither keeps it; with none nothing goes.
 */
export function expiredRounds(
  rounds: readonly AgedRound[],
  { keepRounds, keepDays }: RetentionSettings,
  now: Instant,
): AgedRound[] {
  if (keepRounds === null && keepDays === null) return [];
  const closed = rounds
    .filter((round): round is AgedRound & { closedAt: Instant } => round.closedAt !== null)
    .sort((a, b) => (a.closedAt < b.closedAt ? 1 : -1));
  return closed
    .filter(({ closedAt }, index) => {
      const byCount = keepRounds !== null && index < keepRounds;
      const byAge = keepDays !== null && Date.parse(now) - Date.parse(closedAt) < keepDays * DAY_MS;
      return !byCount && !byAge;
    })
    .reverse();
}

export interface PrunedRound {
  readonly period: string;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly recordsKept: number;
}

/** Reduces every expired round to what its findings name. Safe to run again, and to be killed: a round is done or it is not. */
export async function pruneArchive(
  deps: EvidenceDeps,
  actor: string,
  now: Instant,
): Promise<PrunedRound[]> {
  const pruned: PrunedRound[] = [];
  for (const { roundId, period } of expiredRounds(
    await roundAges(deps.store),
    deps.retention,
    now,
  )) {
    if (!(await deps.archive.isCompactable(roundId))) continue;
    const reason = `按保存期限于 ${now.slice(0, 10)} 删除，只留摘要`;
    const payloads = await namedPayloads(deps.store, roundId);
    const done = await deps.archive.compact(roundId, payloads, reason);
    const { bytesBefore, bytesAfter, recordsKept } = done;
    pruned.push({ period, bytesBefore, bytesAfter, recordsKept });
    await deps.store.transaction((trx) =>
      recordAudit(trx, {
        actor,
        action: 'evidence.prune',
        subject: `round:${period}`,
        detail: { ...done, retention: deps.retention },
      }),
    );
  }
  return pruned;
}
