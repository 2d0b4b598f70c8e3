import { observed } from '../domain/fact.ts';
import type { SharedOutage } from '../domain/site-facts.ts';
import type { Store } from '../store/store.ts';
import { insertFacts } from './fact.repository.ts';
import { inTransaction } from './inspection-db.ts';
import { type OutageSlot, sharedFailures, sharedOutageSlots } from './probe.repository.ts';
import { recordFact } from './record-facts.ts';
import type { Round } from './round.ts';

/**
 * Looks over all visits of the round for sites that failed together on one destination address, and records it as a fact of
 * each: forty sites behind one broken line are one cause for a person to look at, not forty accusations.
 */
export async function recordSharedOutages(
  deps: { store: Store },
  round: Round,
  gatheredAt: string,
): Promise<number> {
  return inTransaction(deps.store, async (trx) => {
    const slots = await sharedOutageSlots(trx, round.id);
    if (slots.length === 0) return 0;
    const shared = await sharedFailures(trx, round.id, slots);
    for (const [subjectId, { address, count }] of shared) {
      const fact = observed<SharedOutage>({
        address,
        sharedFailures: count,
        worst: worstSlot(slots, address),
      });
      const origin = { subjectId, gatherer: 'probe/shared-outage', gatheredAt };
      await insertFacts(trx, { roundId: round.id, kind: 'site', subjectId }, [
        recordFact('site.sharedOutage', fact, origin),
      ]);
    }
    return shared.size;
  });
}

function worstSlot(slots: readonly OutageSlot[], address: string): SharedOutage['worst'] {
  const worst = slots
    .filter((slot) => slot.address === address)
    .reduce((a, b) => (b.failing > a.failing ? b : a));
  return { failing: worst.failing, onAddress: worst.onAddress, scheduledAt: worst.scheduledAt };
}
