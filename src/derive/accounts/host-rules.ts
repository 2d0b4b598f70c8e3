import type { AccountIdKind, AccountPlatform, SeenVia } from '../../domain/discovered-account.ts';

/**
 * Which addresses are accounts (new-media-apis §8), as data. A rule reads the path, or a parameter; the first that fits counts. All
 * patterns are linear: classes with limits, no nesting.
 */
export interface HostRule {
  /** On the path, without the trailing slash; the first group is the id. Absent = any path. */
  readonly path?: RegExp;
  /** The id is this query parameter's value, which must fit `value`. */
  readonly parameter?: string;
  readonly value?: RegExp;
  readonly gives: RuleGives;
}

export type RuleGives =
  | {
      readonly kind: 'account';
      readonly platform: AccountPlatform;
      readonly idKind: AccountIdKind;
      readonly via?: SeenVia;
    }
  /** Not an account: what it is instead. */
  | { readonly kind: NotAccount };

/**
 * `share`: shares the page at hand. `personal`, `group`, `work`: a person's card, a chat group, 企业微信. `payment`: asks for money. `post`:
 * one publication that does not name its account.
 */
export type NotAccount = 'share' | 'personal' | 'group' | 'work' | 'payment' | 'post';

const account = (
  platform: AccountPlatform,
  idKind: AccountIdKind,
  rule: Omit<HostRule, 'gives'>,
  via?: SeenVia,
): HostRule => ({
  ...rule,
  gives: { kind: 'account', platform, idKind, ...(via === undefined ? {} : { via }) },
});
const not = (kind: NotAccount, rule: Omit<HostRule, 'gives'> = {}): HostRule => ({
  ...rule,
  gives: { kind },
});

const UID = /^\d{5,11}$/;
/** A number in base64, as `__biz` is. */
const BIZ = /^[A-Za-z0-9+/]{8,20}={0,2}$/;
/** First parts of paths of weibo.com that are no account's own address. */
const WEIBO_RESERVED =
  'login|signup|home|hot|search|tv|ajax|settings|about|contact|video|explore|newlogin|ttarticle|pub|p|u|n|at|like|message|mygroups|set|reg|help|logout|share|q|tt|story|live|page|app|apps|ad|data|game|movie|music|photo|vip|account|sorry|favicon\\.ico|aj|a|k|s|status|detail|intl|i|feed';

const WEIBO: readonly HostRule[] = [
  account('weibo', 'uid', { path: /^\/(?:u|profile)\/(\d{5,11})$/i }),
  account('weibo', 'uid', { path: /^\/p\/100\d{3}(\d{7,11})(?:\/\w{1,20})?$/i }),
  account('weibo', 'name', { path: /^\/n\/([^/]{1,180})$/i }),
  account('weibo', 'uid', { path: /^\/(\d{5,11})(?:\/(?:home|profile|fans|follow|info))?$/ }),
  account('weibo', 'uid', { path: /^\/(\d{5,11})\/[A-Za-z0-9]{6,20}$/ }, 'article'),
  not('share', { path: /^\/share\b/i }),
  account('weibo', 'custom', { path: /^\/d\/([a-z0-9_]{3,30})$/i }),
  account('weibo', 'custom', {
    path: new RegExp(`^/(?!(?:${WEIBO_RESERVED})$)([a-z][a-z0-9_]{2,29})$`, 'i'),
  }),
];

const MP_WEIXIN: readonly HostRule[] = [
  account('wechat', 'biz', { path: /^\/s$/, parameter: '__biz', value: BIZ }, 'article'),
  account('wechat', 'article', { path: /^\/s\/([\w-]{20,24})$/ }, 'article'),
  account('wechat', 'biz', { path: /^\/mp\/[\w/]{2,40}$/, parameter: '__biz', value: BIZ }),
  account('miniprogram', 'qr', { path: /^\/a\/(~?[\w~-]{6,60})$/ }),
];
const WEIXIN: readonly HostRule[] = [
  account('wechat', 'qr', { path: /^\/r\/(?:mp\/)?([\w-]{8,64})$/ }),
  account('wechat', 'qr', { path: /^\/q\/([\w-]{4,80})$/ }),
  account('channels', 'short', { path: /^\/sph\/([\w-]{4,40})$/ }),
  not('group', { path: /^\/g\// }),
];
const WORK: readonly HostRule[] = [not('work')];

const TOUTIAO: readonly HostRule[] = [
  account('toutiao', 'token', { path: /^\/c\/user\/token\/([\w.-]{10,200})$/ }),
  account('toutiao', 'uid', { path: /^\/c\/user\/(\d{5,20})$/ }),
  account('toutiao', 'uid', { path: /^\/profile\/(\d{5,20})$/ }),
  account('toutiao', 'mid', { path: /^\/m(\d{5,20})$/ }),
  account('toutiao', 'short', { path: /^\/is\/([\w-]{4,30})$/ }),
  not('post', { path: /^\/(?:article\/|w\/|video\/|group\/|item\/|[ai]\d{6,})/ }),
];
const SEC_UID = /^MS4wLjABAAAA[\w-]{20,100}$/;
const DOUYIN: readonly HostRule[] = [
  account('douyin', 'sec_uid', { path: /^\/user\/(MS4wLjABAAAA[\w-]{20,100})$/ }),
  account('douyin', 'sec_uid', { path: /^\/share\/user\b/, parameter: 'sec_uid', value: SEC_UID }),
  account('douyin', 'uid', { path: /^\/share\/user\/(\d{5,20})$/ }),
  account('douyin', 'uid', { path: /^\/user\/(\d{5,20})$/ }),
  not('post', { path: /^\/(?:share\/)?(?:video|note)\// }),
];
const KUAISHOU: readonly HostRule[] = [
  account('kuaishou', 'id', { path: /^\/(?:profile|u|fw\/user)\/([\w-]{3,40})$/ }),
  not('post', { path: /^\/(?:short-video|fw\/photo|f)\// }),
];
const XIAOHONGSHU: readonly HostRule[] = [
  account('xiaohongshu', 'id', { path: /^\/user\/profile\/([0-9a-f]{24})$/ }),
  not('post', { path: /^\/(?:explore|discovery)\// }),
];
const APPLE: readonly HostRule[] = [account('app', 'appstore', { path: /\/id(\d{6,12})$/ })];
const BUNDLE = /^[a-z][\w]{0,60}(?:\.[a-z_][\w]{0,60}){1,8}$/i;
const bundle = (parameter: string, path?: RegExp): readonly HostRule[] => [
  account('app', 'bundle', { ...(path === undefined ? {} : { path }), parameter, value: BUNDLE }),
];
const short = (platform: AccountPlatform): readonly HostRule[] => [
  account(platform, 'short', { path: /^\/([\w-]{3,40})$/ }),
];

/** By host, without `www.`. Sources: new-media-apis §8; 人民号 and those below it from memory of their addresses, not re-read. */
export const HOST_RULES: ReadonlyMap<string, readonly HostRule[]> = new Map([
  ['weibo.com', WEIBO],
  ['weibo.cn', WEIBO],
  ['e.weibo.com', WEIBO],
  ['m.weibo.cn', WEIBO],
  ['m.weibo.com', WEIBO],
  [
    'service.weibo.com',
    [
      account('weibo', 'uid', { parameter: 'ralateuid', value: UID }, 'widget'),
      account('weibo', 'uid', { parameter: 'relateuid', value: UID }, 'widget'),
      not('share'),
    ],
  ],
  [
    'v.t.sina.com.cn',
    [account('weibo', 'uid', { parameter: 'ralateuid', value: UID }, 'widget'), not('share')],
  ],
  ['widget.weibo.com', [account('weibo', 'uid', { parameter: 'uid', value: UID }, 'widget')]],
  ['mp.weixin.qq.com', MP_WEIXIN],
  ['weixin.qq.com', WEIXIN],
  [
    'open.weixin.qq.com',
    [
      account('wechat', 'gh', {
        path: /^\/qr\/code$/,
        parameter: 'username',
        value: /^gh_[0-9a-z]{6,20}$/i,
      }),
      account('wechat', 'wxid', {
        path: /^\/qr\/code$/,
        parameter: 'username',
        value: /^[a-z][\w-]{5,19}$/i,
      }),
    ],
  ],
  ['u.wechat.com', [not('personal')]],
  ['work.weixin.qq.com', WORK],
  ['wework.qpic.cn', WORK],
  ['wxaurl.cn', short('miniprogram')],
  [
    'channels.weixin.qq.com',
    [
      account('channels', 'id', { parameter: 'username', value: /^[\w@.-]{6,120}$/ }),
      account('channels', 'id', { path: /^\/web\/pages\/(?:profile|home)\/([\w@.-]{6,120})$/ }),
      account('channels', 'id', { path: /^\/(?:u|user|profile)\/([\w@.-]{4,120})$/ }),
    ],
  ],
  ['toutiao.com', TOUTIAO],
  ['m.toutiao.com', TOUTIAO],
  ['toutiao.io', []],
  [
    'profile.zjurl.cn',
    [
      account('toutiao', 'uid', { parameter: 'user_id', value: /^\d{5,20}$/ }),
      account('toutiao', 'uid', { path: /\/(\d{5,20})$/ }),
    ],
  ],
  ['ixigua.com', [account('ixigua', 'id', { path: /^\/home\/(\d{5,20})(?:\/\w{1,20})?$/ })]],
  ['douyin.com', DOUYIN],
  ['iesdouyin.com', DOUYIN],
  ['v.douyin.com', short('douyin')],
  ['kuaishou.com', KUAISHOU],
  ['live.kuaishou.com', KUAISHOU],
  ['c.kuaishou.com', KUAISHOU],
  ['m.kuaishou.com', KUAISHOU],
  ['v.kuaishou.com', short('kuaishou')],
  ['space.bilibili.com', [account('bilibili', 'mid', { path: /^\/(\d{1,16})(?:\/\w{1,20})?$/ })]],
  ['m.bilibili.com', [account('bilibili', 'mid', { path: /^\/space\/(\d{1,16})$/ })]],
  ['bilibili.com', [not('post', { path: /^\/(?:video|read|opus)\// })]],
  ['b23.tv', short('bilibili')],
  ['xiaohongshu.com', XIAOHONGSHU],
  ['xhslink.com', [account('xiaohongshu', 'short', { path: /^\/(?:[am]\/)?([\w-]{3,40})$/ })]],
  [
    'rmh.pdnews.cn',
    [
      account('people', 'id', { parameter: 'id', value: /^[\w-]{1,40}$/ }),
      account('people', 'id', { path: /^\/(?:pc\/)?(?:user|media|home)\/([\w-]{1,40})$/i }),
    ],
  ],
  ['peopleapp.com', [account('people', 'id', { path: /^\/rmh(?:home)?\/([\w-]{1,40})$/ })]],
  ['author.baidu.com', [account('baijia', 'id', { path: /^\/home\/(\d{6,20})$/ })]],
  [
    'baijiahao.baidu.com',
    [
      account('baijia', 'id', { path: /^\/u$/, parameter: 'app_id', value: /^\d{6,20}$/ }),
      not('post', { path: /^\/s$/ }),
    ],
  ],
  [
    'new.qq.com',
    [account('penguin', 'id', { path: /^\/omn\/author\/([\w%=-]{3,60})$/ }), not('post')],
  ],
  ['163.com', [account('netease', 'id', { path: /^\/dy\/media\/(T\d{8,16})\.html$/ })]],
  ['dy.163.com', [account('netease', 'id', { path: /^\/v2\/media\/([\w.-]{3,60})$/ })]],
  [
    'mp.sohu.com',
    [account('sohu', 'id', { path: /^\/profile$/, parameter: 'xpt', value: /^[\w=+/%-]{6,80}$/ })],
  ],
  ['zhihu.com', [account('zhihu', 'custom', { path: /^\/(?:org|people)\/([\w-]{2,60})$/ })]],
  ['thepaper.cn', [account('thepaper', 'id', { path: /^\/(?:user_|ugc\/)(\d{3,12})$/ })]],
  ['ximalaya.com', [account('ximalaya', 'id', { path: /^\/zhubo\/(\d{3,14})$/ })]],
  ['apps.apple.com', APPLE],
  ['itunes.apple.com', APPLE],
  ['a.app.qq.com', bundle('pkgname')],
  ['android.myapp.com', bundle('apkname')],
  [
    'sj.qq.com',
    [
      account('app', 'bundle', { path: /^\/(?:appdetail|myapp\/detail)\/([\w.]{3,120})$/ }),
      ...bundle('apkname'),
    ],
  ],
  ['app.mi.com', bundle('id')],
  ['play.google.com', bundle('id', /^\/store\/apps\/details$/)],
  ['appgallery.huawei.com', [account('app', 'appstore', { path: /\/app\/(C\d{6,14})$/ })]],
  ['appgallery.cloud.huawei.com', [account('app', 'appstore', { path: /\/app\/(C\d{6,14})$/ })]],
  ['app.hicloud.com', [account('app', 'appstore', { path: /\/app\/(C\d{6,14})$/ })]],
  ['sns.qzone.qq.com', [not('share')]],
  ['connect.qq.com', [not('share')]],
  ['share.v.t.qq.com', [not('share')]],
  ['v.t.qq.com', [not('share')]],
]);

/** Hosts whose short links may be asked where they lead: one HEAD, the target is not visited. */
export const SHORT_LINK_HOSTS: ReadonlySet<string> = new Set([
  'v.douyin.com',
  'v.kuaishou.com',
  'b23.tv',
  'xhslink.com',
  'm.toutiao.com',
  't.cn',
  'url.cn',
  'w.url.cn',
  'wxaurl.cn',
  'dwz.cn',
]);
