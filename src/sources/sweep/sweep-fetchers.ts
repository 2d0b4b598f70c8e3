import type { SourceKind } from '../../domain/account-sources.ts';
import { createFetcher, type Fetcher } from '../../lib/node/http/create-fetcher.ts';
import { parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import type { Instant } from '../../lib/pure/dates.ts';

/**
 * Interfaces that are made to be asked by programs: their documented limits are of single accounts (WeChat: 10,000 a minute) or of an hour
 * (Weibo: {@link PlatformGate}). 250 a second is what a sweep of a province within a quarter of an hour needs.
 */
const PLATFORMS: ReadonlySet<SourceKind> = new Set(['wechat', 'weibo', 'douyin']);
const PLATFORM_PACE = { pacePerAddressMs: 4, concurrentPerAddress: 32 } as const;
/** A unit's own server, or a bridge on somebody's desk. */
const POLITE_PACE = { pacePerAddressMs: 500, concurrentPerAddress: 2 } as const;

export interface SweepFetchers {
  fetcherOf(kind: SourceKind): Fetcher;
  close(): Promise<void>;
}

/** The ways out of a sweep; close them when it is over. */
export function openSweepFetchers(options: {
  readonly userAgent: string;
  readonly resolve: readonly string[];
  /** Whether hosts of a resolve rule are paced as others are; they are not unless a bench asks for it. */
  readonly pacesRules?: boolean;
  readonly now: () => Instant;
}): SweepFetchers {
  const { userAgent, now, pacesRules = false } = options;
  const shared = { userAgent, now, pacesRules, resolve: options.resolve.map(parseResolveRule) };
  const platforms = createFetcher({ ...shared, ...PLATFORM_PACE });
  const others = createFetcher({ ...shared, ...POLITE_PACE });
  return {
    fetcherOf: (kind) => (PLATFORMS.has(kind) ? platforms : others),
    close: async () => {
      await platforms.close();
      await others.close();
    },
  };
}
