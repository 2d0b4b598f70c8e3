import type { Kysely } from 'kysely';
import { identityKey, platformKey, registeredIdentity } from '../domain/account-identity.ts';
import type { SubjectKind } from '../domain/subject.ts';
import { allAccountKeys } from './record/identities.repository.ts';
import { listSites } from './registry.repository.ts';

/** A subject of the register as others name it in their files; '' = they do not say. */
export interface NamedSubject {
  readonly kind: SubjectKind;
  readonly name: string;
  /** Site code, or account id. */
  readonly identity: string;
  readonly platform: string;
  readonly url: string;
  readonly sponsor: string;
}

export interface KnownSubject {
  readonly kind: SubjectKind;
  readonly id: number;
  readonly name: string;
  readonly sponsorId: number;
  readonly sponsorName: string;
  /** Site code, or platform. */
  readonly mark: string;
}

export type MatchedBy = 'identity' | 'url' | 'name';
export const UNMATCHED = ['none', 'several', 'contradiction', 'outside'] as const;
/** `contradiction`: its code means one subject and its address another. `outside`: of a unit that is not asked. */
export type Unmatched = (typeof UNMATCHED)[number];

export type SubjectMatch =
  | { readonly subject: KnownSubject; readonly by: MatchedBy }
  | { readonly unmatched: Unmatched; readonly candidates: readonly KnownSubject[] };

/** More candidates are no help to who chooses among them. */
const CANDIDATES_MAX = 10;
const fold = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

/** An address as two people write the same one: without scheme, `www.`, and the slash at its end; '' for what is none. */
function addressKey(text: string): string {
  const plain = text.trim();
  if (plain === '') return '';
  const written = /^https?:\/\//i.test(plain) ? plain : `http://${plain}`;
  if (!URL.canParse(written)) return '';
  const { host, pathname } = new URL(written);
  return `${host.replace(/^www\./, '')}${pathname.replace(/\/+$/, '')}`;
}

/**
 * Finds the subjects that rows of a file mean: by code or account id, else by address, else by name, and by name only where that
 * means one subject of the units in question. Nothing is guessed: what means several or none gives its candidates to a person.
 */
export class SubjectMatcher {
  readonly #identities = new Map<string, KnownSubject>();
  readonly #addresses = new Map<string, Set<KnownSubject>>();
  readonly #names = new Map<string, Set<KnownSubject>>();
  readonly #within: ReadonlySet<number>;

  private constructor(within: ReadonlySet<number>) {
    this.#within = within;
  }

  /** Of the register as it is, for rows about subjects of some units. */
  static async load<Tables>(
    db: Kysely<Tables>,
    within: ReadonlySet<number>,
  ): Promise<SubjectMatcher> {
    const matcher = new SubjectMatcher(within);
    for (const site of await listSites(db)) {
      const { kind, id, name, sponsorId, sponsorName, siteCode } = site;
      const known = { kind, id, name, sponsorId, sponsorName, mark: siteCode };
      matcher.#identities.set(`site ${fold(siteCode)}`, known);
      put(matcher.#addresses, addressKey(site.homeUrl), known);
      put(matcher.#names, `site ${fold(name)}`, known);
    }
    for (const account of await allAccountKeys(db)) {
      const { accountId, name, sponsorId, sponsorName, platform } = account;
      const known = {
        ...{ kind: 'account' as const, id: accountId, name, sponsorId, sponsorName },
        mark: platform,
      };
      for (const identity of account.identities)
        matcher.#identities.set(`account ${identityKey(identity)}`, known);
      put(matcher.#names, `account ${fold(name)}`, known);
    }
    return matcher;
  }

  match(row: NamedSubject): SubjectMatch {
    const byIdentity = this.#identified(row);
    const byAddress = row.kind === 'site' ? this.#ofAddress(row.url) : [];
    if (byIdentity !== null) {
      const isOther = byAddress.length > 0 && !byAddress.includes(byIdentity);
      if (isOther) return this.#open('contradiction', [byIdentity, ...byAddress]);
      return this.#found(byIdentity, 'identity');
    }
    const named = this.#named(row);
    // A code that the register does not have is no reason to take another subject of that name or address for it.
    if (row.identity !== '') return this.#open('none', [...byAddress, ...named]);
    const [one, ...more] = byAddress;
    if (one !== undefined)
      return more.length === 0 ? this.#found(one, 'url') : this.#open('several', byAddress);
    const [only, ...others] = named;
    if (only === undefined) return this.#open('none', []);
    return others.length === 0 ? this.#found(only, 'name') : this.#open('several', named);
  }

  #identified({ kind, identity, platform }: NamedSubject): KnownSubject | null {
    if (kind === 'site') return this.#identities.get(`site ${fold(identity)}`) ?? null;
    const registered = registeredIdentity(platform, identity);
    if (registered === null) return null;
    return this.#identities.get(`account ${identityKey(registered)}`) ?? null;
  }

  #ofAddress(url: string): readonly KnownSubject[] {
    return [...(this.#addresses.get(addressKey(url)) ?? [])];
  }

  /** Subjects of the units in question that bear the name, narrowed by platform and sponsor as far as the row says them. */
  #named({ kind, name, platform, sponsor }: NamedSubject): readonly KnownSubject[] {
    const known = [...(this.#names.get(`${kind} ${fold(name)}`) ?? [])].filter(
      (each) =>
        this.#within.has(each.sponsorId) &&
        (kind === 'site' || platform === '' || each.mark === platformKey(platform)),
    );
    const sponsored = known.filter((each) => fold(each.sponsorName) === fold(sponsor));
    return sponsored.length > 0 ? sponsored : known;
  }

  #found(subject: KnownSubject, by: MatchedBy): SubjectMatch {
    return this.#within.has(subject.sponsorId)
      ? { subject, by }
      : { unmatched: 'outside', candidates: [] };
  }

  #open(unmatched: Unmatched, candidates: readonly KnownSubject[]): SubjectMatch {
    const own = [...new Set(candidates)].filter((each) => this.#within.has(each.sponsorId));
    return { unmatched, candidates: own.slice(0, CANDIDATES_MAX) };
  }
}

function put(map: Map<string, Set<KnownSubject>>, key: string, subject: KnownSubject): void {
  if (key === '') return;
  const known = map.get(key);
  if (known) known.add(subject);
  else map.set(key, new Set([subject]));
}
