import type { Kysely } from 'kysely';
import { createFetcher, type Fetcher } from '../lib/node/http/create-fetcher.ts';
import { loopbackRules, parseResolveRule } from '../lib/node/http/resolve-rule.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { sharedTurns } from './shared-pace.ts';

/** Smallest pause between two requests to one destination address: many sites share one platform (DESIGN law 5); hosts of a resolve rule have none. */
export const PACE_PER_ADDRESS_MS = 250;

export interface OutsideOptions<Tables> {
  readonly userAgent: string;
  /** As typed: `PATTERN=IP[:PORT]`. */
  readonly resolve: readonly string[];
  readonly now: () => Instant;
  /** The database whose workers share the pace; null when this process is alone. */
  readonly sharedPace: Kysely<Tables> | null;
}

/** The way to the outside world: polite, guarded, with the resolve rules. Throws UserError `resolve.invalid`. */
export function openOutside<Tables>(options: OutsideOptions<Tables>): Fetcher {
  const { userAgent, now, sharedPace } = options;
  return createFetcher({
    ...{ userAgent, now, pacePerAddressMs: PACE_PER_ADDRESS_MS },
    resolve: options.resolve.map(parseResolveRule),
    ...(sharedPace ? { awaitTurn: sharedTurns(sharedPace, PACE_PER_ADDRESS_MS) } : {}),
  });
}

/** The resolve rules of a look at an address that a person typed: those given, and the machine itself when it was meant. */
export function typedRules(typedUrl: string, given: readonly string[]): string[] {
  return [...given, ...loopbackRules(typedUrl)];
}
