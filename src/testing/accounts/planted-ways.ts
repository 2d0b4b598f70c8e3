import type { AccountKey, AccountPlatform } from '../../domain/discovered-account.ts';
import type { CodeLook, Format } from './draw-code.ts';
import { handleOf, type MadeIds } from './made-ids.ts';
import type { MadeBody } from './made-names.ts';

/** Where on a site a piece of markup goes. */
export type Slot =
  | 'head'
  | 'foot'
  | 'side'
  | 'home'
  | 'contact'
  | 'matrix'
  | 'article'
  | 'css'
  | 'js';

/** A QR picture that a page shows, at a path of the site. */
export interface MadePicture {
  readonly path: string;
  /** More than one: side by side. */
  readonly payloads: readonly string[];
  readonly look: CodeLook;
  readonly format: Format;
}

/** A page of another host (a short link's redirect, a WeChat article). */
export interface OutsidePage {
  readonly host: string;
  readonly path: string;
  readonly redirect?: string;
  readonly html?: string;
}

export interface PlantedPiece {
  readonly slot: Slot;
  readonly html: string;
  readonly pictures?: readonly MadePicture[];
  readonly outside?: readonly OutsidePage[];
}

/** One account as it is planted: what must be found, and how it is shown. */
export interface PlantedAccount {
  readonly way: string;
  readonly key: AccountKey;
  readonly name: string;
  readonly pieces: readonly PlantedPiece[];
}

export interface PlantContext {
  readonly body: MadeBody;
  readonly ids: MadeIds;
  readonly random: () => number;
  /** A number of its own within the site. */
  readonly nr: number;
}

export type Way = (context: PlantContext) => PlantedAccount;

export const pick = <T>(items: readonly T[], random: () => number): T =>
  items[Math.floor(random() * items.length)]!;

export const WORDS: Readonly<Partial<Record<AccountPlatform, string>>> = {
  weibo: '新浪微博',
  wechat: '微信公众号',
  toutiao: '今日头条',
  douyin: '抖音号',
  kuaishou: '快手号',
  bilibili: 'B站',
  xiaohongshu: '小红书',
  app: '手机客户端',
};

interface Home {
  readonly key: AccountKey;
  readonly address: string;
}

const home = (
  platform: AccountPlatform,
  idKind: AccountKey['idKind'],
  id: string,
  address: string,
): Home => ({ key: { platform, idKind, id }, address });

/** An account of some platform and the address of its own page. */
export function madeHome(context: PlantContext, name: string): Home {
  return pick([...socialHomes(context, name), ...otherHomes(context, name)], context.random);
}

function socialHomes({ ids }: PlantContext, name: string): Home[] {
  const uid = ids.uid();
  const handle = handleOf(ids);
  const biz = ids.biz();
  return [
    home('weibo', 'uid', uid, `https://weibo.com/u/${uid}`),
    home('weibo', 'uid', uid, `http://weibo.com/${uid}`),
    home('weibo', 'uid', uid, `https://m.weibo.cn/u/${uid}?from=singlemessage`),
    home('weibo', 'uid', uid, `http://weibo.com/p/100106${uid}`),
    home('weibo', 'custom', handle, `http://e.weibo.com/${handle}`),
    home('weibo', 'custom', handle, `https://weibo.com/${handle}?is_hot=1`),
    home('weibo', 'name', name, `https://weibo.com/n/${encodeURIComponent(name)}`),
    home(
      'wechat',
      'biz',
      biz,
      `https://mp.weixin.qq.com/mp/profile_ext?action=home&__biz=${biz}&scene=124#wechat_redirect`,
    ),
    home(
      'wechat',
      'biz',
      biz,
      `http://mp.weixin.qq.com/mp/homepage?__biz=${encodeURIComponent(biz)}&hid=2&sn=${ids.letters(8)}`,
    ),
  ];
}

function otherHomes({ ids }: PlantContext, name: string): Home[] {
  const uid = ids.uid();
  const handle = handleOf(ids);
  const sec = ids.secUid();
  const token = `MS4wLjABAAAA${ids.letters(32)}`;
  const number = ids.digits(11);
  const hex = ids.letters(24, '0123456789abcdef');
  const store = ids.digits(10);
  return [
    home('toutiao', 'token', token, `https://www.toutiao.com/c/user/token/${token}/?tab=article`),
    home('toutiao', 'uid', number, `https://www.toutiao.com/c/user/${number}/`),
    home('toutiao', 'uid', number, `http://m.toutiao.com/profile/${number}/`),
    home('douyin', 'sec_uid', sec, `https://www.douyin.com/user/${sec}`),
    home(
      'douyin',
      'sec_uid',
      sec,
      `https://www.iesdouyin.com/share/user/${number}?sec_uid=${sec}&u_code=1`,
    ),
    home(
      'kuaishou',
      'id',
      `3x${hex.slice(0, 12)}`,
      `https://www.kuaishou.com/profile/3x${hex.slice(0, 12)}`,
    ),
    home('bilibili', 'mid', uid, `https://space.bilibili.com/${uid}?spm_id_from=333`),
    home('xiaohongshu', 'id', hex, `https://www.xiaohongshu.com/user/profile/${hex}`),
    home(
      'app',
      'appstore',
      store,
      `https://apps.apple.com/cn/app/${encodeURIComponent(name)}/id${store}`,
    ),
    home(
      'app',
      'bundle',
      `cn.gov.${handle}`,
      `https://a.app.qq.com/o/simple.jsp?pkgname=cn.gov.${handle}`,
    ),
  ];
}

const wordsOf = ({ platform }: AccountKey): string => WORDS[platform] ?? '新媒体';

/** Links in all their written forms. */
export const LINK_WAYS: readonly (readonly [
  string,
  (home: Home, name: string, context: PlantContext) => PlantedPiece,
])[] = [
  [
    'icon in the foot',
    ({ key, address }, name, { nr }) => ({
      slot: 'foot',
      html: `<a href="${address}" target="_blank" title="${wordsOf(key)}：${name}"><img src="/images/icon_${nr}.png" width="24" height="24"></a>`,
    }),
  ],
  [
    'words in the head',
    ({ key, address }, name) => ({
      slot: 'head',
      html: `<li><a href='${address}'>${name}${key.platform === 'app' ? '客户端' : wordsOf(key)}</a></li>`,
    }),
  ],
  [
    'onclick',
    ({ address }, name) => ({
      slot: 'side',
      html: `<div class="gzwm-item" onclick="window.open('${address}')"><span>关注“${name}”</span></div>`,
    }),
  ],
  [
    'data attribute',
    ({ key, address }, name) => ({
      slot: 'foot',
      html: `<span class="follow" data-href="${address}" data-type="xmt"><i></i>官方${wordsOf(key)} ${name}</span>`,
    }),
  ],
  [
    'script list',
    ({ address }, name) => ({
      slot: 'home',
      html: `<div id="xmt-list" class="xmt"></div><script>var xmtData=[{"name":"${name}","url":"${address.replaceAll('/', '\\/')}"}];render("xmt-list", xmtData);</script>`,
    }),
  ],
  [
    'written by a script file',
    ({ key, address }, name) => ({
      slot: 'js',
      html: `document.write('<div class="foot-follow"><a href="${address}" title="${name}">${wordsOf(key)}</a></div>');`,
    }),
  ],
  [
    'row of a matrix page',
    ({ key, address }, name, { body }) => ({
      slot: 'matrix',
      html: `<tr><td>${body.sponsor}</td><td>${wordsOf(key)}</td><td><a href="${address}">${name}</a></td></tr>`,
    }),
  ],
  [
    'spelled out in words',
    ({ key, address }, name) => ({
      slot: 'contact',
      html: `<p>${wordsOf(key)}（${name}）：${address}</p>`,
    }),
  ],
  [
    'in an article of its own',
    ({ key, address }, name) => ({
      slot: 'article',
      html: `<p>更多详情请关注<a href="${address}">“${name}”${wordsOf(key)}</a>。</p>`,
    }),
  ],
];

/** Follow widgets and share parameters of weibo. */
export const WIDGET_WAYS: readonly (readonly [
  string,
  (uid: string, name: string) => PlantedPiece,
])[] = [
  [
    'weibo show frame',
    (uid) => ({
      slot: 'side',
      html: `<iframe width="100%" height="550" class="share_self" frameborder="0" scrolling="no" src="http://widget.weibo.com/weiboshow/index.php?language=&width=0&height=550&fansRow=2&ptype=1&uid=${uid}&verifier=8a6f1b2c&dpc=1"></iframe>`,
    }),
  ],
  [
    'follow button',
    (uid) => ({
      slot: 'head',
      html: `<wb:follow-button uid="${uid}" type="red_1" width="67" height="24"></wb:follow-button>`,
    }),
  ],
  [
    'follow button frame',
    (uid) => ({
      slot: 'foot',
      html: `<iframe src="//widget.weibo.com/relationship/followbutton.php?language=zh_cn&amp;width=136&amp;height=24&amp;uid=${uid}&amp;style=2&amp;btn=red&amp;dpc=1" width="136" height="24"></iframe>`,
    }),
  ],
  [
    'share with an account',
    (uid) => ({
      slot: 'article',
      html: `<a class="share" href="http://service.weibo.com/share/share.php?url=http%3A%2F%2Fwww.gov.cn&title=%E9%80%9A%E7%9F%A5&ralateUid=${uid}&appkey=2028">分享到微博</a>`,
    }),
  ],
  [
    'JiaThis settings',
    (uid) => ({
      slot: 'article',
      html: `<script>var jiathis_config={summary:"",shortUrl:false,ralateuid:{"tsina":"${uid}"},hideMore:true}</script>`,
    }),
  ],
  [
    'share function',
    (uid) => ({
      slot: 'js',
      html: `function shareSina(t,u){window.open('http://v.t.sina.com.cn/share/share.php?relateUid=${uid}&title='+t+'&url='+u)}`,
    }),
  ],
];

export const linkWay =
  (index: number): Way =>
  (context) => {
    const name = context.body.nextName('weibo');
    const [way, write] = LINK_WAYS[index % LINK_WAYS.length]!;
    const home = madeHome(context, name);
    return { way: `link: ${way}`, key: home.key, name, pieces: [write(home, name, context)] };
  };

export const widgetWay =
  (index: number): Way =>
  (context) => {
    const name = context.body.nextName('weibo');
    const uid = context.ids.uid();
    const [way, write] = WIDGET_WAYS[index % WIDGET_WAYS.length]!;
    const key: AccountKey = { platform: 'weibo', idKind: 'uid', id: uid };
    return { way: `widget: ${way}`, key, name, pieces: [write(uid, name)] };
  };
