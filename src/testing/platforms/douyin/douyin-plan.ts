import type { CalendarDate } from '../../../lib/pure/dates.ts';

/** A work; dates and times in Asia/Shanghai. */
export interface DouyinWork {
  readonly title: string;
  readonly on: CalendarDate;
  /** `HH:MM`. */
  readonly time: string;
  /** Stands first, whatever its date. */
  readonly pinned: boolean;
  /** Passed its review: until then only the author sees it. */
  readonly reviewed: boolean;
}

/** What one account's authorisation is worth, and what its list holds. */
export interface DouyinPlan {
  /** Base URL in place of the public host. */
  readonly baseUrl: string;
  readonly clientKey: string;
  readonly openId: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Days since the access token was given: it lives for 15. */
  readonly accessAgeDays: number;
  /** Days since the refresh token was given: it lives for 30. */
  readonly refreshAgeDays: number;
  /** Renewals of the refresh token that are left, of five. */
  readonly renewalsLeft: number;
  /** The application may renew refresh tokens. */
  readonly mayRenew: boolean;
  /** Newest first, but for what is pinned. */
  readonly works: readonly DouyinWork[];
  /** Calls that are left of the day's quota; null = as many as are asked. */
  readonly callsPerDay: number | null;
  /** One call is answered "busy". */
  readonly busyOnce: boolean;
  /** The code with which the list is refused, whoever asks; null = it is given. */
  readonly refusal: number | null;
}
