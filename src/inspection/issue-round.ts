import type { Kysely, Transaction } from 'kysely';
import { recordAudit } from '../identity/index.ts';
import type { Store } from '../store/store.ts';
import { inRoundTransaction } from './inspection-db.ts';
import { requireRound, updateRoundState } from './round.repository.ts';
import { assertTransition, type Round } from './round.ts';
import type { InspectionTables, RoundState } from './tables.ts';

/** A transaction over a round whose state was read after all others of its period had ended. */
export interface RoundTransaction {
  readonly trx: Transaction<InspectionTables>;
  readonly round: Round;
  /** frozen → issued, with its row in the audit trail. Nothing in the round changes any more. */
  issue(actor: string, detail: Readonly<Record<string, unknown>>): Promise<void>;
}

/** Work that decides something about what a round publishes; see `inRoundTransaction`. */
export function withRound<T>(
  store: Store,
  period: string,
  work: (within: RoundTransaction) => Promise<T>,
): Promise<T> {
  return inRoundTransaction(store, period, async (trx) => {
    const round = await requireRound(trx, period);
    return work({
      trx,
      round,
      issue: async (actor, detail) => {
        assertTransition(round, 'issued');
        await updateRoundState(trx, round.id, { state: 'issued' });
        const subject = `round:${round.period}`;
        await recordAudit(trx, {
          ...{ actor, action: 'round.issue', subject, detail },
          before: { state: round.state },
          after: { state: 'issued' },
        });
      },
    });
  });
}

/** A round by its name and state alone: lists of rounds do not read their rulesets. */
export interface RoundHead {
  readonly id: number;
  readonly period: string;
  readonly label: string;
  readonly state: RoundState;
}

/** Rounds whose bulletin can be looked at: judged ones, newest first. */
export async function listPublishable<Tables>(
  anyDb: Kysely<Tables>,
  page: { readonly limit: number; readonly offset: number; readonly onlyIssued: boolean },
): Promise<{ items: RoundHead[]; total: number }> {
  const states: readonly RoundState[] = page.onlyIssued
    ? ['issued']
    : ['reviewing', 'frozen', 'issued'];
  const rounds = (anyDb as unknown as Kysely<InspectionTables>)
    .selectFrom('round')
    .where('state', 'in', states);
  const items = await rounds
    .select(['id', 'period', 'label', 'state'])
    .orderBy('id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  const { total } = await rounds
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { items, total: Number(total) };
}
