import type { SourceKind } from '../../domain/account-sources.ts';
import { createFetcher, type Fetcher } from '../../lib/node/http/create-fetcher.ts';
import { parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import type { Instant } from '../../lib/pure/dates.ts';

/** Interfaces that are made to be asked by programs, and say how often (WeChat: 10,000 a minute and account). */
const PLATFORMS: ReadonlySet<SourceKind> = new Set(['wechat', 'weibo', 'douyin']);
const PLATFORM_PACE = { pacePerAddressMs: 20, concurrentPerAddress: 16 } as const;
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
  readonly now: () => Instant;
}): SweepFetchers {
  const { userAgent, now } = options;
  const resolve = options.resolve.map(parseResolveRule);
  const platforms = createFetcher({ userAgent, now, resolve, ...PLATFORM_PACE });
  const others = createFetcher({ userAgent, now, resolve, ...POLITE_PACE });
  return {
    fetcherOf: (kind) => (PLATFORMS.has(kind) ? platforms : others),
    close: async () => {
      await platforms.close();
      await others.close();
    },
  };
}
