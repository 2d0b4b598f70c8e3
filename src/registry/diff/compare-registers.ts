import { platformKey } from '../../domain/account-identity.ts';
import { wordsOfRecord } from '../../domain/account-record.ts';
import { ID_FIELD_KINDS, idField, isRecordField } from '../account-fields.ts';
import { STATUS_WORDS } from '../export-registry.ts';
import { KnownAccounts, type MatchedRow } from '../match-accounts.ts';
import type { KnownAccount } from '../save-accounts.ts';

export interface FieldDifference {
  readonly field: string;
  readonly ours: string;
  readonly theirs: string;
}

/** One account that the two do not agree on. */
export interface RegisterDifference {
  /** Only in our register, only in theirs, or in both with fields that differ. */
  readonly kind: 'ours' | 'theirs' | 'differs';
  readonly accountId: number | null;
  readonly platform: string;
  readonly name: string;
  readonly sponsor: string;
  /** Where it stands in their file; null for what is only in ours. */
  readonly row: number | null;
  readonly fields: readonly FieldDifference[];
  /** The unit that looks after it: by our register, else by their row's sponsor where our tree knows it. */
  readonly unitId: number | null;
  /** Their row as read, its sponsor found in our tree or not; null for what is only in ours. */
  readonly theirs: TheirRow | null;
}

export interface RegisterComparison {
  readonly counts: {
    readonly ours: number;
    readonly theirs: number;
    readonly differs: number;
    readonly same: number;
  };
  /** Differing fields and how many accounts differ in them. */
  readonly fields: Readonly<Record<string, number>>;
  readonly differences: readonly RegisterDifference[];
}

/** A row of their export, its sponsor found in our tree or not. */
export interface TheirRow {
  readonly matched: MatchedRow;
  readonly hasSponsor: boolean;
}

export interface Compared {
  readonly accounts: readonly KnownAccount[];
  readonly rows: readonly TheirRow[];
  readonly sponsorName: (unitId: number) => string;
}

/**
 * Our register against the national system's export, field by field: only what their file has a column for and says something in is
 * compared. What is closed or deregistered with us and not in theirs agrees. Changes nothing.
 */
export function compareRegisters({ accounts, rows, sponsorName }: Compared): RegisterComparison {
  const differences: RegisterDifference[] = [];
  const seen = new Set<KnownAccount>();
  const fields: Record<string, number> = {};
  for (const their of rows) {
    const { matched, hasSponsor } = their;
    const { row, known } = matched;
    const named = { platform: row.platform, name: row.name, sponsor: row.sponsor };
    if (known === undefined) {
      differences.push({
        kind: 'theirs',
        accountId: null,
        ...named,
        row: row.place.row,
        fields: [],
        unitId: hasSponsor ? row.sponsorId : null,
        theirs: their,
      });
      continue;
    }
    seen.add(known);
    const differing = differencesOf(matched, known, hasSponsor, sponsorName);
    for (const { field } of differing) fields[field] = (fields[field] ?? 0) + 1;
    if (differing.length > 0)
      differences.push({
        ...{ kind: 'differs', accountId: known.id, ...named },
        ...{ row: row.place.row, fields: differing },
        ...{ unitId: known.columns.sponsor_id, theirs: their },
      });
  }
  for (const account of accounts) {
    const { platform, name, sponsor_id, status } = account.columns;
    if (seen.has(account) || status === 'closed' || status === 'deregistered') continue;
    const sponsor = sponsorName(sponsor_id);
    differences.push({
      ...{ kind: 'ours', accountId: account.id, platform, name, sponsor, row: null, fields: [] },
      ...{ unitId: sponsor_id, theirs: null },
    });
  }
  const count = (kind: RegisterDifference['kind']): number =>
    differences.filter((each) => each.kind === kind).length;
  return {
    counts: {
      ...{ ours: count('ours'), theirs: count('theirs'), differs: count('differs') },
      same: seen.size - count('differs'),
    },
    fields,
    differences,
  };
}

function differencesOf(
  { row, identities }: MatchedRow,
  { columns, record, identities: known }: KnownAccount,
  hasSponsor: boolean,
  sponsorName: (unitId: number) => string,
): FieldDifference[] {
  const found: FieldDifference[] = [];
  const note = (field: string, ours: string, theirs: string): void => {
    if (ours !== theirs) found.push({ field, ours, theirs });
  };
  if (platformKey(columns.platform) !== platformKey(row.platform))
    note('platform', columns.platform, row.platform);
  note('name', columns.name, row.name);
  // A name that our tree knows is compared as the unit that it means: 湘西自治州 is no difference.
  if (!hasSponsor || row.sponsorId !== columns.sponsor_id)
    note('sponsor', sponsorName(columns.sponsor_id), row.sponsor);
  if (row.given.has('status'))
    note('status', STATUS_WORDS[columns.status], STATUS_WORDS[row.status]);
  for (const kind of ID_FIELD_KINDS) {
    const theirs = identities.find(({ idKind }) => idKind === kind)?.id;
    if (theirs === undefined) continue;
    const ours = known.filter(({ idKind }) => idKind === kind).map(({ id }) => id);
    if (!ours.includes(theirs)) note(idField(kind), ours.join('、'), theirs);
  }
  for (const [field, value] of Object.entries(row.record))
    if (isRecordField(field))
      note(field, wordsOfRecord(field, record[field]), wordsOfRecord(field, value));
  return found;
}

/** Matches their rows as an import would, but complains of nothing: a row that is ambiguous is only theirs. */
export function matchTheirs(
  rows: readonly { readonly row: MatchedRow['row']; readonly hasSponsor: boolean }[],
  accounts: readonly KnownAccount[],
): TheirRow[] {
  const known = new KnownAccounts(accounts);
  const taken = new Set<KnownAccount>();
  return rows.map(({ row, hasSponsor }) => {
    const exact = row.accountId === '' ? undefined : known.registered(row.platform, row.accountId);
    const identified = known.identified(row.identities);
    if (exact) identified.add(exact);
    const named = known.named(row.platform, row.name, row.sponsorId, row.identities);
    const candidates = identified.size > 0 ? [...identified] : named;
    const [first] = candidates;
    const isOne = candidates.length === 1 && first !== undefined && !taken.has(first);
    if (isOne) taken.add(first);
    return {
      matched: { row, known: isOne ? first : undefined, identities: row.identities },
      hasSponsor,
    };
  });
}
