import {
  type AccountIdentity,
  ID_KIND_WORDS,
  identityKey,
  platformKey,
} from '../domain/account-identity.ts';
import { EMPTY_RECORD } from '../domain/account-record.ts';
import type { OwnField } from './account-fields.ts';
import type { AccountRowInput, RowError, RowPlace } from './register-rows.ts';
import { wordError } from './register-rows.ts';
import type { AccountToSave, KnownAccount } from './save-accounts.ts';

/** A row whose sponsor was found. */
export type SponsoredRow = AccountRowInput & { readonly sponsorId: number };

export interface MatchedRow {
  readonly row: SponsoredRow;
  readonly known: KnownAccount | undefined;
  /** What the row gives, without what is registered on another account. */
  readonly identities: readonly AccountIdentity[];
}

/** What rows are matched against, for many rows. */
export class KnownAccounts {
  readonly #byId: ReadonlyMap<number, KnownAccount>;
  readonly #byRegistered = new Map<string, KnownAccount>();
  readonly #byIdentity = new Map<string, KnownAccount>();
  readonly #byName = new Map<string, KnownAccount[]>();

  constructor(accounts: readonly KnownAccount[]) {
    this.#byId = new Map(accounts.map((account) => [account.id, account]));
    for (const account of accounts) {
      const { platform, account_id, name, sponsor_id } = account.columns;
      if (account_id !== '') this.#byRegistered.set(`${platform}\u0000${account_id}`, account);
      for (const identity of account.identities)
        this.#byIdentity.set(identityKey(identity), account);
      const key = nameKey(platform, name, sponsor_id);
      const known = this.#byName.get(key);
      if (known) known.push(account);
      else this.#byName.set(key, [account]);
    }
  }

  get size(): number {
    return this.#byId.size;
  }

  all(): IterableIterator<KnownAccount> {
    return this.#byId.values();
  }

  /** The account that is registered under just this platform and id. */
  registered(platform: string, accountId: string): KnownAccount | undefined {
    return this.#byRegistered.get(`${platform}\u0000${accountId}`);
  }

  /** The accounts that any of the identities are registered on. */
  identified(identities: readonly AccountIdentity[]): Set<KnownAccount> {
    return new Set(
      identities.flatMap((identity) => this.#byIdentity.get(identityKey(identity)) ?? []),
    );
  }

  /** Accounts of that name and sponsor on the platform of which no identity says that they are others. */
  named(platform: string, name: string, sponsorId: number, ids: readonly AccountIdentity[]) {
    return (this.#byName.get(nameKey(platform, name, sponsorId)) ?? []).filter(
      (account) => !contradicts(account.identities, ids),
    );
  }
}

const nameKey = (platform: string, name: string, sponsorId: number): string =>
  `${platformKey(platform)}\u0000${name}\u0000${sponsorId}`;

/** Two ids of one kind that differ are of two accounts. */
function contradicts(one: readonly AccountIdentity[], other: readonly AccountIdentity[]): boolean {
  return one.some(({ idKind, id }) =>
    other.some((each) => each.idKind === idKind && each.id !== id),
  );
}

/**
 * The registered account that each row means: by platform and identity, else by platform, name and sponsor (new-media-apis.md §10).
 * What is ambiguous, or meant by two rows, is an error of the row.
 */
export function matchAccounts(
  rows: readonly SponsoredRow[],
  accounts: KnownAccounts,
  errors: RowError[],
  warnings: string[],
): MatchedRow[] {
  const claimed = new Map<KnownAccount | string, RowPlace>();
  const complain = (row: SponsoredRow, message: string): void => {
    errors.push({ place: row.place, column: '账号ID', message });
  };
  return rows.flatMap((row) => {
    const exact =
      row.accountId === '' ? undefined : accounts.registered(row.platform, row.accountId);
    const identified = accounts.identified(row.identities);
    // Registered twice before ids were compared (微博, 新浪微博): the second has no identity of its own, and stays what it is.
    const isTwin = exact !== undefined && exact.identities.length === 0;
    if (exact) identified.add(exact);
    if (identified.size > 1 && !isTwin) {
      complain(row, `各个ID分别登记在 ${identified.size} 个账号上，请核对`);
      return [];
    }
    const named =
      identified.size > 0
        ? []
        : accounts.named(row.platform, row.name, row.sponsorId, row.identities);
    if (named.length > 1) {
      complain(row, `名录里有 ${named.length} 个同平台、同名、同主办单位的账号，请填账号ID`);
      return [];
    }
    const known = exact ?? [...identified][0] ?? named[0];
    const identities = row.identities.filter((identity) => {
      const [owner] = accounts.identified([identity]);
      return owner === undefined || owner === known;
    });
    for (const { idKind, id } of row.identities.filter((each) => !identities.includes(each))) {
      const message = `${ID_KIND_WORDS[idKind]}“${id}”已登记在另一个账号上，没有改`;
      warnings.push(wordError({ place: row.place, column: ID_KIND_WORDS[idKind], message }));
    }
    const claims = [...(known ? [known] : []), ...row.identities.map(identityKey)];
    if (claims.length === 0) claims.push(nameKey(row.platform, row.name, row.sponsorId));
    const earlier = claims.map((claim) => claimed.get(claim)).find((place) => place !== undefined);
    if (earlier) {
      complain(row, `与 ${earlier.file} 工作表“${earlier.sheet}”第 ${earlier.row} 行重复`);
      return [];
    }
    for (const claim of claims) claimed.set(claim, row.place);
    return [{ row, known, identities }];
  });
}

/** The account as a row wants it: what the file says nothing of stays as it is known. */
export function accountToSave(
  { row, known, identities }: MatchedRow,
  registryOrder: number,
): AccountToSave {
  const was = known?.columns;
  const kept = known?.record ?? EMPTY_RECORD;
  const pick = <T>(field: OwnField, given: T, kept: T | undefined): T =>
    was === undefined || row.given.has(field) ? given : (kept as T);
  return {
    known,
    columns: {
      // 微博 and 新浪微博 are one platform: the register's own name for it stays.
      platform:
        was && platformKey(was.platform) === platformKey(row.platform)
          ? was.platform
          : row.platform,
      account_id: row.given.has('accountId') ? row.accountId : was?.account_id || row.accountId,
      name: row.name,
      sponsor_id: row.sponsorId,
      print_row: pick('printRow', row.printRow, was?.print_row),
      status: pick('status', row.status, was?.status),
      monitored_at: pick('monitoredAt', row.monitoredAt, was?.monitored_at),
      registry_order: was?.registry_order ?? registryOrder,
    },
    record: Object.keys(row.record).length === 0 ? kept : { ...kept, ...row.record },
    identities,
  };
}
