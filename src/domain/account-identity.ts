/**
 * What an account is called by machines: a platform and its identities there. One account has several (微信号, 原始ID and __biz of one
 * 公众号); discovery, sources and the register compare them in the one spelling that {@link identityOf} gives.
 */

/** Kinds of identity, as new-media-apis.md §8 finds them in links. `id` = a number or name of the platform's own whose kind is not known. */
export const ID_KINDS = [
  'wxid',
  'gh',
  'biz',
  'appid',
  'uid',
  'sec_uid',
  'token',
  'mid',
  'bundle',
  'name',
  'id',
] as const;
export type IdKind = (typeof ID_KINDS)[number];

export const ID_KIND_WORDS: Readonly<Record<IdKind, string>> = {
  wxid: '微信号',
  gh: '原始ID',
  biz: '__biz',
  appid: '小程序AppID',
  uid: 'uid',
  sec_uid: 'sec_uid',
  token: 'token',
  mid: 'mid',
  bundle: '应用包名',
  name: '个性域名',
  id: '平台账号',
};

/** Platforms that registers name in several ways; others are known by their folded name. */
const PLATFORM_NAMES: Readonly<Record<string, RegExp>> = {
  miniprogram: /小程序|^miniprogram$/,
  channels: /视频号|^channels$/,
  wechat: /微信|公众号|订阅号|服务号|^wechat$/,
  weibo: /微博|^weibo$/,
  toutiao: /头条|^toutiao$/,
  douyin: /抖音|^douyin$/,
  kuaishou: /快手|^kuaishou$/,
  bilibili: /哔哩|b站|^bilibili$/,
  xiaohongshu: /小红书|^xiaohongshu$/,
  app: /客户端|app/,
};

/** The platform's key by its name in a register: 微信公众号 → `wechat`, 新浪微博 → `weibo`; 人民号 → `人民号`. */
export function platformKey(name: string): string {
  const kept = KEYS.get(name);
  if (kept !== undefined) return kept;
  const key = readPlatformKey(name);
  if (KEYS.size < KEYS_MAX) KEYS.set(name, key);
  return key;
}

/** A register of 120,000 accounts names some ten platforms, each of them many hundred thousand times in one import. */
const KEYS = new Map<string, string>();
/** A file may name anything: what is beyond is read anew. */
const KEYS_MAX = 500;

function readPlatformKey(name: string): string {
  const folded = name.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
  const known = Object.entries(PLATFORM_NAMES).find(([, names]) => names.test(folded));
  return known?.[0] ?? folded;
}

/** One identity in the spelling that is compared. */
export interface AccountIdentity {
  readonly platform: string;
  readonly idKind: IdKind;
  readonly id: string;
}

/** Longer is no identity of any platform. */
export const ID_CHARACTERS_MAX = 200;

/**
 * Spelling: width and spaces aside; 微信号, 原始ID, AppID and 个性域名 without case; __biz without its padding, which links drop or
 * escape. Case counts in sec_uid, token and package names.
 */
export function identityOf(platform: string, idKind: IdKind, text: string): AccountIdentity {
  const plain = text.normalize('NFKC').replace(/\s+/g, '').slice(0, ID_CHARACTERS_MAX);
  const id =
    idKind === 'biz'
      ? plain.replace(/(%3d|=)+$/i, '')
      : idKind === 'wxid' || idKind === 'gh' || idKind === 'appid' || idKind === 'name'
        ? plain.toLowerCase()
        : plain;
  return { platform: platformKey(platform), idKind, id };
}

/** Text by which an identity is found in a map. */
export function identityKey({ platform, idKind, id }: AccountIdentity): string {
  return `${platform}\u0000${idKind}\u0000${id}`;
}

/** Of which kind an account id is that a register gives without saying: by its form, as the platforms make them. */
export function guessIdKind(platform: string, text: string): IdKind {
  const id = text.normalize('NFKC').replace(/\s+/g, '');
  switch (platformKey(platform)) {
    case 'wechat':
    case 'channels':
      if (/^gh_[0-9a-z]+$/i.test(id)) return 'gh';
      // Base64 of a number of ten digits.
      return /^M[A-Za-z0-9+/]{13}={0,2}$/.test(id) ? 'biz' : 'wxid';
    case 'miniprogram':
      if (/^gh_[0-9a-z]+$/i.test(id)) return 'gh';
      return /^wx[0-9a-f]{16}$/i.test(id) ? 'appid' : 'id';
    case 'weibo':
      return /^\d{5,12}$/.test(id) ? 'uid' : 'name';
    case 'douyin':
      if (id.startsWith('MS4wLjABAAAA')) return 'sec_uid';
      // 抖音号 has fewer digits.
      return /^\d{15,20}$/.test(id) ? 'uid' : 'id';
    case 'toutiao':
      if (id.startsWith('MS4w')) return 'token';
      return /^\d+$/.test(id) ? 'uid' : 'id';
    case 'bilibili':
      return /^\d+$/.test(id) ? 'mid' : 'id';
    case 'app':
      return /^[A-Za-z][\w-]*(\.[\w-]+)+$/.test(id) ? 'bundle' : 'id';
    default:
      return 'id';
  }
}

/** An account id as registered, with its guessed kind; null where the register gives none. */
export function registeredIdentity(platform: string, accountId: string): AccountIdentity | null {
  if (accountId.trim() === '') return null;
  return identityOf(platform, guessIdKind(platform, accountId), accountId);
}
