import type { AnnexTable } from '../documents/official-document.ts';
import type { CaseFile, FailingAccountRow, FailingSiteRow, UnitRow } from '../domain/case-file.ts';
import type { PercentStyle } from '../domain/ruleset.ts';
import type { FrozenRound } from '../inspection/index.ts';

type Round = FrozenRound['round'];

/** Printed where the office has not yet said what stands there. */
export const TO_FILL = '待填';

/**
 * What opens a row, beside its own identity: the sub-rules behind its problems. No numbers of the database stand here, for the
 * same round must give the same bulletin whoever judged it, and however often.
 */
interface RowOrigin {
  readonly rules: readonly string[];
}

export interface BulletinSiteRow extends FailingSiteRow, RowOrigin {
  /** Points (分) as printed of a portal that fails by its score; `rules` are then the deductions. Absent where a veto fails it. */
  readonly score?: string;
}

export interface BulletinAccountRow extends FailingAccountRow, RowOrigin {
  readonly accountId: string;
}

export interface UndeterminedRow {
  readonly kind: 'site' | 'account';
  readonly unit: string;
  readonly name: string;
  readonly siteCode?: string;
  readonly platform?: string;
  readonly accountId?: string;
  readonly rule: string;
  readonly reason: string;
}

/** One paragraph of the text. What the office wrote (`author: 'office'`) is printed as it stands and not reconciled. */
export interface Paragraph {
  readonly style: 'heading1' | 'body';
  readonly author: 'platform' | 'office';
  readonly text: string;
}

export interface BulletinText {
  readonly recipients: string;
  readonly paragraphs: readonly Paragraph[];
  readonly annexTitles: readonly string[];
}

export interface OrderedUnitRow extends UnitRow {
  readonly order: number;
}

/** `bulletin.json`: the case file's names, and what the platform adds. */
export interface Bulletin
  extends Omit<CaseFile, 'failingSites' | 'failingAccounts' | 'sitesByUnit' | 'accountsByUnit'> {
  readonly sitesByUnit: readonly OrderedUnitRow[];
  readonly accountsByUnit: readonly OrderedUnitRow[];
  readonly failingSites: readonly BulletinSiteRow[];
  readonly failingAccounts: readonly BulletinAccountRow[];
  readonly undetermined: readonly UndeterminedRow[];
  /** As printed: 2020年第三季度. */
  readonly periodLabel: string;
  readonly coverage: Round['coverage'];
  readonly replay: boolean;
  /** Why the review, or the settling of what was undetermined, was waived; null when it was not. */
  readonly reviewWaived: string | null;
  /** Waived or replayed: a draft that cannot be signed. */
  readonly isDraft: boolean;
  readonly contact: string;
  readonly text: BulletinText;
  /** The template; absent where it is the founding document's. */
  readonly template?: UsedTemplate;
  /** The annexes as printed; absent where they follow from the rows above in the founding document's columns. */
  readonly annexes?: readonly AnnexTable[];
  /** Counts that came from outside of the round, and where they come from; absent when there are none. */
  readonly figures?: readonly GivenFigure[];
}

export interface UsedTemplate {
  readonly id: string;
  readonly name: string;
  /** SHA-256 (hex) of the template: which version of it. */
  readonly sha256: string;
  /** Its own way to print percentages; null = the ruleset's. */
  readonly percent: PercentStyle | null;
}

/** A count that no round gives (留言、约谈……): printed only with its source. */
export interface GivenFigure {
  /** The field of the template: `findError.received`. */
  readonly name: string;
  readonly count: number;
  /** Where it comes from, in words: the export, the ledger, its date. */
  readonly source: string;
}

/** What the office says of one issue; absent fields print 待填. */
export interface Issue {
  readonly documentNumber?: string | undefined;
  readonly issuer?: string | undefined;
  readonly issuedOn?: string | undefined;
  readonly rectificationDeadline?: string | undefined;
  readonly contact?: string | undefined;
  readonly praise?: readonly string[] | undefined;
  readonly requirements?: readonly string[] | undefined;
  /** Which template; absent = the founding document's. */
  readonly template?: string | undefined;
  readonly figures?: readonly GivenFigure[] | undefined;
}
