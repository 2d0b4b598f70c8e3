import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { Store } from '../../store/store.ts';
import { inRoundTransaction } from '../inspection-db.ts';
import type { ProgressHub } from '../progress.ts';
import { requireRound } from '../round.repository.ts';
import { isClosed, type Round, stateWords } from '../round.ts';
import { liveRuns, updateRunMemory } from './round-run.repository.ts';

/**
 * Asks whoever runs the round to stop at the next safe point, and keeps it so: no restart runs it on, only a person. Paused
 * already, nothing changes. Throws {@link UserError} `round.closed`, `round.done`.
 */
export async function pauseRound(
  deps: { readonly store: Store; readonly progress: ProgressHub },
  acting: Acting,
  period: string,
): Promise<Round> {
  assertMay(acting, 'round.run');
  const paused = await inRoundTransaction(deps.store, period, async (trx) => {
    const round = await requireRound(trx, period);
    if (round.paused) return round;
    const run = (await liveRuns(trx, deps.store.kind)).get(round.id);
    const refuse = (code: string, why: string): UserError =>
      new UserError(code, `批次 ${period} ${stateWords(round.state)}，${why}。`, {
        family: 'state',
      });
    if (isClosed(round.state)) throw refuse('round.closed', '没有什么可暂停');
    if (round.state === 'reviewing' && !run) throw refuse('round.done', '已经运行完了');
    await updateRunMemory(trx, round.id, { paused: true, in_server: false });
    await recordAudit(trx, {
      actor: nameOf(acting),
      action: 'round.pause',
      subject: `round:${period}`,
      detail: { state: round.state, running: run !== undefined },
      before: { paused: false },
      after: { paused: true },
    });
    return requireRound(trx, period);
  });
  // A run of this process stops at once; one of another process when it next looks.
  deps.progress.paused(period);
  return paused;
}
