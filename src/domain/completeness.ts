import { type AccountIdentity, platformKey } from './account-identity.ts';
import type { AccountRecord, RecordField } from './account-record.ts';
import type { SubjectStatus } from './subject.ts';

/** What the register holds of an account, as far as completeness asks. */
export interface RegisteredAccount {
  readonly platform: string;
  readonly accountId: string;
  readonly status: SubjectStatus;
  readonly identities: readonly AccountIdentity[];
  readonly record: AccountRecord;
}

/** What completeness counts: a further column, or 账号ID. */
export type RequiredField = RecordField | 'accountId';

/** When a field is asked for; without it always. */
const APPLIES = {
  closed: ({ status }: RegisteredAccount) => status === 'closed' || status === 'deregistered',
  entrusted: ({ record }: RegisteredAccount) => record.upkeep === 'entrusted',
  reported: ({ record }: RegisteredAccount) => record.inNationalSystem === true,
  counted: ({ record }: RegisteredAccount) => record.followers !== null,
  certified: ({ record }: RegisteredAccount) => record.certification === 'certified',
  wechat: ({ platform }: RegisteredAccount) => platformKey(platform) === 'wechat',
} as const;

/** Weights as data: a field's share, and when it is asked for. */
export interface CompletenessFormula {
  readonly version: string;
  readonly fields: Readonly<
    Partial<
      Record<RequiredField, { readonly weight: number; readonly when?: keyof typeof APPLIES }>
    >
  >;
}

/** Ours: the national system's template could not be read (new-media-apis.md §11), so nothing here is an official weight. */
export const COMPLETENESS: CompletenessFormula = {
  version: '2026-1',
  fields: {
    accountId: { weight: 10 },
    creditCode: { weight: 8 },
    unitKind: { weight: 4 },
    certification: { weight: 5 },
    certifiedAs: { weight: 5, when: 'certified' },
    accountType: { weight: 5, when: 'wechat' },
    functions: { weight: 5 },
    openedOn: { weight: 5 },
    closedOn: { weight: 8, when: 'closed' },
    followers: { weight: 2 },
    followersOn: { weight: 2, when: 'counted' },
    leader: { weight: 6 },
    responsible: { weight: 8 },
    contact: { weight: 6 },
    phone: { weight: 8 },
    upkeep: { weight: 5 },
    upkeepCompany: { weight: 5, when: 'entrusted' },
    inNationalSystem: { weight: 6 },
    nationalNumber: { weight: 8, when: 'reported' },
    checkedOn: { weight: 4 },
    homeLink: { weight: 4 },
  },
};

export interface Completeness {
  /** 0–100, rounded down: only who lacks nothing has 100. */
  readonly score: number;
  readonly missing: readonly RequiredField[];
  readonly formula: string;
}

/** How much of what is asked for the register says; what does not apply to the account does not count. */
export function completenessOf(
  account: RegisteredAccount,
  formula: CompletenessFormula = COMPLETENESS,
): Completeness {
  const missing: RequiredField[] = [];
  let asked = 0;
  let given = 0;
  for (const [name, { weight, when }] of Object.entries(formula.fields)) {
    if (when !== undefined && !APPLIES[when](account)) continue;
    asked += weight;
    if (isGiven(account, name as RequiredField)) given += weight;
    else missing.push(name as RequiredField);
  }
  const score = asked === 0 ? 100 : Math.floor((given * 100) / asked);
  return { score, missing, formula: formula.version };
}

function isGiven(account: RegisteredAccount, field: RequiredField): boolean {
  if (field === 'accountId') return account.accountId !== '' || account.identities.length > 0;
  const value = account.record[field];
  return value !== null && value !== '';
}

/** Every field that the formula may ask for. */
export const REQUIRED_FIELDS = Object.keys(COMPLETENESS.fields) as readonly RequiredField[];
