import type {
  AccountKey,
  AccountPlatform,
  RegisterMatch,
} from '../../domain/discovered-account.ts';
import { coreName, normalName } from './account-names.ts';
import { accountOfAddress } from './account-of-address.ts';
import type { Candidate } from './merge-candidates.ts';
import { platformOfWords } from './platform-words.ts';
import type { SiteIdentity } from './site-identity.ts';
import { isWho, speaksOf } from './site-identity.ts';

/** An account of the register as matching sees it. */
export interface RegisteredAccount {
  readonly id: number | null;
  /** As registered: 微信公众号, 头条号, … */
  readonly platform: string;
  readonly name: string;
  readonly sponsorName: string;
  /** Every id that the register knows, of whatever kind; also home pages' addresses. */
  readonly ids: readonly string[];
}

export interface RegisterAnswer {
  readonly match: RegisterMatch;
  readonly account: RegisteredAccount | null;
  /** Chinese. */
  readonly reason: string;
}

const UNKNOWN: RegisterAnswer = { match: 'unknown', account: null, reason: '名录里没有这个账号' };
/** Registered accounts of one name that are looked through for the sponsor. */
const NAMESAKES_MAX = 50;
/** A `__biz` whose padding was left out. */
const BARE_BIZ = /^M[A-Za-z0-9+/]{9,19}$/;

/** The register by id and by name. Built once; one candidate is answered by a few look-ups. */
export class RegisterIndex {
  readonly #byId = new Map<string, RegisteredAccount>();
  readonly #byName = new Map<string, RegisteredAccount[]>();
  readonly #byCore = new Map<string, RegisteredAccount[]>();

  constructor(accounts: Iterable<RegisteredAccount>) {
    for (const account of accounts) this.#take(account);
  }

  #take(account: RegisteredAccount): void {
    const platform = platformOfWords(account.platform);
    for (const id of account.ids) {
      if (id === '') continue;
      this.#byId.set(idKey(platform, id), account);
      if (platform === 'wechat' && BARE_BIZ.test(id))
        this.#byId.set(idKey(platform, id.padEnd(Math.ceil(id.length / 4) * 4, '=')), account);
      const read = id.includes('/') ? accountOfAddress(id) : null;
      if (read?.kind === 'account') this.#byId.set(idKey(read.key.platform, read.key.id), account);
    }
    if (platform === null) return;
    const name = normalName(account.name);
    push(this.#byName, `${platform}\n${name}`, account);
    const core = coreName(account.name);
    if (core !== name) push(this.#byCore, `${platform}\n${core}`, account);
    else push(this.#byCore, `${platform}\n${name}`, account);
  }

  /** The registered account of an id, whatever kind it is of. */
  ofKey({ platform, idKind, id }: AccountKey): RegisteredAccount | null {
    if (idKind === 'name') return null;
    return this.#byId.get(idKey(platform, id)) ?? null;
  }

  /** Answers for one candidate that a site of `identity` shows. */
  match(
    { key, otherKeys, name }: Pick<Candidate, 'key' | 'otherKeys' | 'name'>,
    identity: SiteIdentity,
  ): RegisterAnswer {
    for (const each of [key, ...otherKeys]) {
      const account = this.ofKey(each);
      if (account !== null)
        return { match: 'matched', account, reason: `账号 ID 与名录里的“${account.name}”相同` };
    }
    return name === null ? UNKNOWN : this.#byNames(key.platform, name, identity);
  }

  #byNames(platform: AccountPlatform, name: string, identity: SiteIdentity): RegisterAnswer {
    const same = this.#byName.get(`${platform}\n${normalName(name)}`);
    if (same !== undefined) {
      const account = nearest(same, identity);
      if (account === null) return namesakeElsewhere(same);
      return {
        ...{ match: 'nameOnly', account },
        reason: `名称与名录里的“${account.name}”（${account.sponsorName}）相同，账号 ID 没有对上`,
      };
    }
    const alike = this.#byCore.get(`${platform}\n${coreName(name)}`) ?? [];
    const account = alike
      .slice(0, NAMESAKES_MAX)
      .find(({ sponsorName }) => speaksOf(identity, sponsorName));
    if (account === undefined) return UNKNOWN;
    return {
      ...{ match: 'nameOnly', account },
      reason: `名称与名录里的“${account.name}”（${account.sponsorName}）相近，单位也相符`,
    };
  }
}

/** Ids are compared as written, but for letters' case where the platform does not tell it. */
const idKey = (platform: AccountPlatform | null, id: string): string =>
  `${platform ?? ''}\n${platform === 'wechat' && !id.endsWith('=') ? id.toLowerCase() : id}`;

/** The namesake that the site's own body, or one of its place, is registered with; the first where the site does not say who it is. */
function nearest(
  accounts: readonly RegisteredAccount[],
  identity: SiteIdentity,
): RegisteredAccount | null {
  const isNameless = identity.places.length === 0 && identity.topics.length === 0;
  const own = accounts
    .slice(0, NAMESAKES_MAX)
    .find(({ sponsorName }) => isWho(identity, sponsorName) || speaksOf(identity, sponsorName));
  return own ?? (isNameless ? accounts[0]! : null);
}

/** Every place may have its 平安小区: a name alone, of a body elsewhere, is no match, and is told so that nobody looks for it twice. */
function namesakeElsewhere([first, ...others]: readonly RegisteredAccount[]): RegisterAnswer {
  const { name, sponsorName } = first!;
  const more = others.length > 0 ? `等 ${others.length + 1} 个` : '';
  return {
    ...{ match: 'unknown', account: null },
    reason: `名录里没有这个账号；有同名的“${name}”（${sponsorName}）${more}，是别处单位的，不算同一个`,
  };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
