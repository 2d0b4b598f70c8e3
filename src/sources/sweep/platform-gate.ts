import type { SourceKind } from '../../domain/account-sources.ts';
import type { SourceStanding } from '../../gather/accounts/source-gathered.ts';
import type { Instant } from '../../lib/pure/dates.ts';

const HOUR_MS = 3_600_000;
/** Calls of all accounts together, by platform and hour; new-media-apis §3: 50,000 an hour and address. */
const HOURLY_MAX: Readonly<Partial<Record<SourceKind, number>>> = { weibo: 50_000 };
/** So many sources of one platform that wait one after another are no accident of theirs: the platform has had enough of us. */
const WAITING_IN_ROW = 20;
/** Where the platform does not say until when. */
const REST_MS = 10 * 60_000;

interface Platform {
  hour: number;
  calls: number;
  waiting: number;
  shutUntil: Instant | null;
}

/** What one sweep may still ask of each platform as a whole. Limits of single accounts are the connectors' own. */
export class PlatformGate {
  readonly #platforms = new Map<SourceKind, Platform>();
  readonly #hourlyMax: Readonly<Partial<Record<SourceKind, number>>>;

  constructor(hourlyMax: Readonly<Partial<Record<SourceKind, number>>> = HOURLY_MAX) {
    this.#hourlyMax = hourlyMax;
  }

  /** Null = go on; otherwise until when nothing of this kind is asked. */
  shutUntil(kind: SourceKind, now: Instant): Instant | null {
    const platform = this.#of(kind, now);
    if (platform.shutUntil !== null && platform.shutUntil > now) return platform.shutUntil;
    platform.shutUntil = null;
    if (platform.calls < (this.#hourlyMax[kind] ?? Number.POSITIVE_INFINITY)) return null;
    return new Date((platform.hour + 1) * HOUR_MS).toISOString();
  }

  /** What a source of this kind cost and said. */
  report(kind: SourceKind, calls: number, standing: SourceStanding, now: Instant): void {
    const platform = this.#of(kind, now);
    platform.calls += calls;
    platform.waiting = standing.state === 'waiting' ? platform.waiting + 1 : 0;
    if (platform.waiting < WAITING_IN_ROW) return;
    platform.waiting = 0;
    platform.shutUntil = standing.parkUntil ?? new Date(Date.parse(now) + REST_MS).toISOString();
  }

  #of(kind: SourceKind, now: Instant): Platform {
    const hour = Math.floor(Date.parse(now) / HOUR_MS);
    const known = this.#platforms.get(kind);
    if (known?.hour === hour) return known;
    const fresh = {
      ...{ hour, calls: 0, waiting: known?.waiting ?? 0 },
      shutUntil: known?.shutUntil ?? null,
    };
    this.#platforms.set(kind, fresh);
    return fresh;
  }
}
