import type { SourceKind } from '../../domain/account-sources.ts';

/** Sources that wait for each other's turn and for nobody else's: a slow bridge never holds up a platform. */
export interface SweepLane {
  readonly kinds: readonly SourceKind[];
  /** Asked at the same time: most of the time is waiting for answers. */
  readonly atOnce: number;
  /** Taken in no order of the register, whose neighbours stand at one address and would wait for each other. */
  readonly mixed: boolean;
}

/**
 * An official account is counted in the database before each of its calls, and half of those at work wait for that. A feed may be 5 MB
 * long, and forty of them fit into memory; of articles, all at one address, two are opened at a time.
 */
export const SWEEP_LANES: readonly SweepLane[] = [
  { kinds: ['wechat'], atOnce: 64, mixed: false },
  { kinds: ['weibo'], atOnce: 16, mixed: false },
  { kinds: ['douyin'], atOnce: 16, mixed: false },
  { kinds: ['rss', 'atom', 'jsonfeed'], atOnce: 40, mixed: true },
  { kinds: ['article'], atOnce: 2, mixed: false },
];
