/**
 * Accounts that pages show (系统外账号 and registered ones): the nouns of discovery. An account is known by its platform and an id of
 * some kind; kinds are those of the register's identities (account_identity) where it has them.
 */

/** Platforms that accounts are found on, as identifiers; what people read is {@link PLATFORM_WORDS}. */
export const PLATFORMS = [
  'wechat',
  'weibo',
  'toutiao',
  'douyin',
  'kuaishou',
  'bilibili',
  'xiaohongshu',
  'channels',
  'miniprogram',
  'people',
  'baijia',
  'penguin',
  'netease',
  'sohu',
  'zhihu',
  'thepaper',
  'ximalaya',
  'ixigua',
  'app',
] as const;
export type AccountPlatform = (typeof PLATFORMS)[number];

/** As registers name them. */
export const PLATFORM_WORDS: Readonly<Record<AccountPlatform, string>> = {
  wechat: '微信公众号',
  weibo: '新浪微博',
  toutiao: '头条号',
  douyin: '抖音号',
  kuaishou: '快手号',
  bilibili: '哔哩哔哩号',
  xiaohongshu: '小红书号',
  channels: '微信视频号',
  miniprogram: '微信小程序',
  people: '人民号',
  baijia: '百家号',
  penguin: '企鹅号',
  netease: '网易号',
  sohu: '搜狐号',
  zhihu: '知乎号',
  thepaper: '澎湃号',
  ximalaya: '喜马拉雅号',
  ixigua: '西瓜视频号',
  app: '移动客户端',
};

/**
 * What an id is. `qr`: what a QR picture of the platform carries and only the platform understands (weixin.qq.com/r/…). `short`: a short
 * link that was not, or could not be, followed. `article`, `post`: of one publication whose account is not known yet. `name`: only the
 * name is known. `custom`: an address of the account's own choice.
 */
export type AccountIdKind =
  | 'biz'
  | 'gh'
  | 'wxid'
  | 'uid'
  | 'custom'
  | 'name'
  | 'token'
  | 'sec_uid'
  | 'mid'
  | 'id'
  | 'bundle'
  | 'appstore'
  | 'apk'
  | 'qr'
  | 'short'
  | 'article';

export interface AccountKey {
  readonly platform: AccountPlatform;
  readonly idKind: AccountIdKind;
  readonly id: string;
}

export const keyText = ({ platform, idKind, id }: AccountKey): string =>
  `${platform}:${idKind}:${id}`;

/** How a page shows an account. */
export const SEEN_VIAS = ['link', 'widget', 'qr', 'caption', 'article'] as const;
export type SeenVia = (typeof SEEN_VIAS)[number];

/** Against the register: an id is registered; only a name is; neither. */
export const REGISTER_MATCHES = ['matched', 'nameOnly', 'unknown'] as const;
export type RegisterMatch = (typeof REGISTER_MATCHES)[number];

/** Where on a page something stands; decides whether it is likely the site's own. */
export type PagePlace = 'frame' | 'follow' | 'body' | 'article' | 'friends' | 'vendor' | 'share';

/** One account as one page shows it. */
export interface AccountSighting {
  readonly key: AccountKey;
  /** As written on the page, trimmed; null when the page does not say. */
  readonly name: string | null;
  readonly via: SeenVia;
  readonly foundOn: string;
  readonly place: PagePlace;
  /** Words beside it, at most {@link WORDS_MAX}. */
  readonly words: string;
  /** The address that the page gives, or the code holds; null where only words name it. */
  readonly address: string | null;
  /** Address of the QR picture (`data:` pictures by their beginning); null for all other ways. */
  readonly picture: string | null;
  /** SHA-256 (hex) of the picture or page as archived; null when it was not. */
  readonly snapshot: string | null;
}

export const WORDS_MAX = 120;
