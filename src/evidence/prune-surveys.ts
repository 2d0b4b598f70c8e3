import { recordAudit } from '../identity/index.ts';
import { roundAges } from '../inspection/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { expiredSurveys, NO_ROUND, purgeSurveys } from '../survey/index.ts';
import type { EvidenceDeps, RetentionSettings } from './evidence-deps.ts';
import { expiredRounds } from './prune-archive.ts';

const DAY_MS = 24 * 3_600_000;

export interface PrunedSurveys {
  /** Surveys whose addresses and pages were deleted; what they came to stays. */
  readonly surveys: number;
  /** Of the originals of surveys that no round asked for. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** Surveys of no round have the age limit in days only; null without one. */
const limitOf = ({ keepDays }: RetentionSettings, now: Instant): Instant | null =>
  keepDays === null ? null : new Date(Date.parse(now) - keepDays * DAY_MS).toISOString();

async function expiredOf(deps: EvidenceDeps, now: Instant) {
  const rounds = expiredRounds(await roundAges(deps.store), deps.retention, now);
  const before = limitOf(deps.retention, now);
  return { before, roundIds: rounds.map(({ roundId }) => roundId) };
}

/** How many surveys would go. */
export async function countExpiredSurveys(deps: EvidenceDeps, now: Instant): Promise<number> {
  return (await expiredSurveys(deps.store.db, await expiredOf(deps, now))).length;
}

/**
 * Deletes the pages of surveys that the settings no longer keep: those of expired rounds, and of no round with their originals when
 * they are too old. Safe to run again, and to be killed.
 */
export async function pruneSurveys(
  deps: EvidenceDeps,
  actor: string,
  now: Instant,
): Promise<PrunedSurveys> {
  const expired = await expiredOf(deps, now);
  const surveys = await purgeSurveys(deps.store, expired, now);
  const { before } = expired;
  let [bytesBefore, bytesAfter] = [0, 0];
  if (before !== null && (await deps.archive.isCompactable(NO_ROUND, before))) {
    const reason = `普查原件按保存期限于 ${now.slice(0, 10)} 删除，只留摘要`;
    const done = await deps.archive.compact(NO_ROUND, new Set(), reason, before);
    [bytesBefore, bytesAfter] = [done.bytesBefore, done.bytesAfter];
  }
  const pruned = { surveys, bytesBefore, bytesAfter };
  if (surveys + bytesBefore > 0)
    await deps.store.transaction((trx) =>
      recordAudit(trx, {
        actor,
        action: 'evidence.prune',
        subject: 'survey:expired',
        detail: { ...pruned, retention: deps.retention },
      }),
    );
  return pruned;
}
