/**
 * The published bulletin as data: format of the founding document's tables, of `bulletin.json`, and of the case files
 * from which a simulated province is built. Field names are the contract (issue 2).
 */
export interface UnitRow {
  readonly order?: number;
  readonly unit: string;
  readonly running: number;
  readonly checked: number;
  readonly failing: number;
  readonly ratio: string;
}

export interface FailingSiteRow {
  readonly order: number;
  readonly unit: string;
  readonly name: string;
  readonly problems: readonly string[];
  readonly siteCode: string;
}

export interface FailingAccountRow {
  readonly order: number;
  readonly unit: string;
  readonly name: string;
  readonly problems: readonly string[];
  readonly operator: string;
  readonly platform: string;
  /** Null = no item at all, or (with `lastUpdatedPrinted` empty) not known. */
  readonly lastUpdated: string | null;
  readonly lastUpdatedPrinted: string;
}

export interface CaseFile {
  readonly title: string;
  readonly documentNumber: string;
  readonly issuer: string;
  readonly issuedOn: string;
  readonly period: string;
  readonly samplingWindow: readonly [string, string];
  readonly rectificationDeadline: string;
  readonly printed: {
    readonly sitePassRate: string;
    readonly accountPassRate: string;
    readonly shareOfFailingAccounts: Readonly<Record<string, string>>;
  };
  readonly repeatOffenders: readonly { readonly unit: string; readonly name: string }[];
  readonly sitesByUnit: readonly UnitRow[];
  readonly sitesTotal: UnitRow;
  readonly failingSites: readonly FailingSiteRow[];
  readonly accountsByUnit: readonly UnitRow[];
  readonly accountsTotal: UnitRow;
  readonly failingAccounts: readonly FailingAccountRow[];
  readonly notes?: readonly string[];
}
