import type { EvidenceLevel, SourceKind } from '../domain/account-sources.ts';
import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import type { SourceState } from '../registry/index.ts';

export const SOURCE_STATES = [
  ...(['new', 'ok', 'expired', 'banned', 'parked', 'failing'] as const),
] as const satisfies readonly SourceState[];

/** A source as it is kept. Its credential is not here: it is opened where it is used ({@link credentialOf}). */
export interface Source {
  readonly id: number;
  readonly accountId: number;
  readonly position: number;
  readonly kind: SourceKind;
  readonly level: EvidenceLevel;
  /** '' = the platform's own address. */
  readonly address: string;
  /** AppID, uid or open_id; '' where its kind has none. */
  readonly identity: string;
  readonly state: SourceState;
  readonly parkUntil: Instant | null;
  readonly failures: number;
  /** What its interfaces were found to allow; by kind. */
  readonly capabilities: Readonly<Record<string, unknown>>;
  /** Last day for which it showed everything. */
  readonly completeTo: CalendarDate | null;
  /** Sealed. */
  readonly credential: string | null;
}
