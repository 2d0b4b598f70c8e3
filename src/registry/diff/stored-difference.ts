import type { RegisterDifference } from './compare-registers.ts';

export type DiffKind = RegisterDifference['kind'];

/** A row as it is stored. */
export interface StoredDifference {
  readonly diff_id: number;
  readonly number: number;
  readonly kind: DiffKind;
  readonly account_id: number | null;
  readonly unit_id: number | null;
  readonly platform: string;
  readonly name: string;
  readonly sponsor: string;
  readonly file_row: number | null;
  readonly field: string | null;
  readonly ours: string;
  readonly theirs: string;
  readonly their_unit_id: number | null;
  readonly given: unknown;
  readonly adopted: 'ours' | 'theirs' | null;
  readonly adopted_by: string | null;
  readonly adopted_at: string | null;
}
