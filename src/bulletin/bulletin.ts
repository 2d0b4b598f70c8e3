import type { CaseFile, FailingAccountRow, FailingSiteRow, UnitRow } from '../domain/case-file.ts';

/** Printed where the office has not yet said what stands there. */
export const TO_FILL = '待填';

export interface BulletinSiteRow extends FailingSiteRow {
  readonly rules: readonly string[];
}

export interface BulletinAccountRow extends FailingAccountRow {
  readonly rules: readonly string[];
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

/** One paragraph of the text; headings by level. */
export interface Paragraph {
  readonly style: 'heading1' | 'heading2' | 'body';
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
  readonly coverage: unknown;
  readonly replay: boolean;
  /** Why the review was waived, or null; such a bulletin is a draft that cannot be signed. */
  readonly reviewWaived: string | null;
  readonly isDraft: boolean;
  readonly contact: string;
  readonly text: BulletinText;
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
}
