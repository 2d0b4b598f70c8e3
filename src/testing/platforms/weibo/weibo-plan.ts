import type { CalendarDate } from '../../../lib/pure/dates.ts';

/** A post; dates and times in Asia/Shanghai. */
export interface WeiboPost {
  readonly text: string;
  readonly on: CalendarDate;
  /** `HH:MM`. */
  readonly time: string;
  readonly repost: boolean;
  /** Stands first, whatever its date. */
  readonly pinned: boolean;
  /** Taken back: the timeline keeps its place and its date, and says so. */
  readonly deleted: boolean;
  /** Only its author sees it. */
  readonly secret: boolean;
}

/** What one account's authorisation is worth, and what its timeline holds. */
export interface WeiboPlan {
  /** Base URL in place of the public host. */
  readonly baseUrl: string;
  readonly uid: string;
  readonly name: string;
  readonly accessToken: string;
  readonly token: 'good' | 'expired' | 'revoked';
  /** Newest first, but for what is pinned. */
  readonly posts: readonly WeiboPost[];
  /** Calls that the account may make in an hour; null = as many as are asked. */
  readonly callsPerHour: number | null;
  /** The application has the commercial interfaces. */
  readonly granted: boolean;
  /** The application passed its review; else only 15 test accounts may use it. */
  readonly reviewed: boolean;
  /** One call is answered "busy". */
  readonly busyOnce: boolean;
  /** The account was closed by the platform. */
  readonly banned: boolean;
}
