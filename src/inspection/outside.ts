import { createFetcher, type Fetcher } from '../lib/node/http/create-fetcher.ts';
import { parseResolveRule } from '../lib/node/http/resolve-rule.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { sharedTurns } from '../survey/index.ts';
import type { InspectionDb } from './inspection-db.ts';

export interface OutsideOptions {
  readonly userAgent: string;
  readonly resolve: readonly string[];
  readonly now: () => Instant;
  /** The database whose workers share the pace; null when this process is alone. */
  readonly sharedPace: InspectionDb | null;
}

/** Smallest pause between two requests to one destination address: many sites share one platform (DESIGN law 5). */
export const PACE_PER_ADDRESS_MS = 250;

/** The way to the outside world that one round uses: polite, guarded, with the round's resolve rules. */
export function openOutside(options: OutsideOptions): Fetcher {
  return createFetcher({
    userAgent: options.userAgent,
    resolve: options.resolve.map(parseResolveRule),
    pacePerAddressMs: PACE_PER_ADDRESS_MS,
    now: options.now,
    ...(options.sharedPace
      ? { awaitTurn: sharedTurns(options.sharedPace, PACE_PER_ADDRESS_MS) }
      : {}),
  });
}
