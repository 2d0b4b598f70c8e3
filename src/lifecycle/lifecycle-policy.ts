import type { Store } from '../store/store.ts';

/** How long things may take, from the settings of the installation. */
export interface LifecyclePolicy {
  /** Working days for the first and for the second approval of a case. */
  readonly reviewWorkdays: number;
  readonly approveWorkdays: number;
  /** Days for which a closing is to stand announced before it is carried out. */
  readonly announceDays: number;
  /** Day of the month until which the monthly upkeep is to be confirmed, 1–28. */
  readonly dueDay: number;
  /** A duty is chased this many days before it is due, and then every so many days after. */
  readonly chaseDaysBefore: number;
  readonly chaseEveryDays: number;
}

/** The clauses that we read name no days (guidelines.md m.merge, m.filing): these are ours, and settings. */
export const DEFAULT_LIFECYCLE_POLICY: LifecyclePolicy = {
  reviewWorkdays: 5,
  approveWorkdays: 5,
  announceDays: 10,
  dueDay: 15,
  chaseDaysBefore: 3,
  chaseEveryDays: 3,
};

export interface LifecycleDeps {
  readonly store: Store;
  readonly lifecycle: LifecyclePolicy;
}
