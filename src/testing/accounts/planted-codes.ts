import type { AccountKey, AccountPlatform } from '../../domain/discovered-account.ts';
import { CODE_LOOKS } from './draw-code.ts';
import {
  madeHome,
  type OutsidePage,
  type PlantContext,
  pick,
  type Slot,
  type Way,
  WORDS,
} from './planted-ways.ts';

/** How a page shows a QR picture; `src` and the name are put in. */
const CODE_FRAMES: readonly (readonly [
  string,
  Slot,
  (src: string, name: string, word: string) => string,
])[] = [
  [
    'list of codes',
    'foot',
    (src, name, word) =>
      `<ul class="ewm"><li><img src="${src}" alt="${word}二维码"><p>${name}</p></li></ul>`,
  ],
  [
    'name in the alt',
    'foot',
    (src, name, word) =>
      `<div class="foot-r"><img src="${src}" width="100" height="100" alt="${name}${word}"></div>`,
  ],
  [
    'hidden box',
    'head',
    (src, name, word) =>
      `<div class="top-wx"><a href="javascript:;">${word}</a><div class="pop" style="display:none"><img src="${src}"><span>扫一扫关注“${name}”</span></div></div>`,
  ],
  [
    'caption with a colon',
    'side',
    (src, name, word) =>
      `<dl class="code"><dt><img src="${src}"></dt><dd>${word}：${name}</dd></dl>`,
  ],
  [
    'row above row',
    'contact',
    (src, name, word) =>
      `<table><tr><td><img src="${src}" width="120"></td></tr><tr><td>${name}（${word}）</td></tr></table>`,
  ],
  [
    'lazy picture',
    'side',
    (src, name) =>
      `<div class="gz"><img src="/images/blank.gif" data-original="${src}"><p>扫码关注</p><p>${name}</p></div>`,
  ],
  [
    'background',
    'foot',
    (src, name, word) =>
      `<div class="wxbox" title="${name}${word}" style="width:110px;height:110px;background:url(${src}) no-repeat"></div>`,
  ],
  [
    'in an article of its own',
    'article',
    (src, name, word) =>
      `<p>欢迎扫描下方二维码，关注“${name}”${word}。</p><p style="text-align:center"><img src="${src}"></p>`,
  ],
  [
    'matrix of codes',
    'matrix',
    (src, name, word) =>
      `<tr><td>${name}</td><td>${word}</td><td><img src="${src}" width="90"></td></tr>`,
  ],
];

/** Names of files: some tell, some do not. */
const fileName = ({ nr, random, ids }: PlantContext, format: string): string => {
  const ending = format === 'jpeg-coarse' ? 'jpg' : format === 'jpeg' ? 'jpg' : format;
  const name = pick(
    ['wx_qr', 'ewm', 'weixin', 'gzh_code', `W0202009${ids.digits(10)}`, ids.letters(12), 'code'],
    random,
  );
  return `/images/${name}_${nr}.${ending}`;
};

/** What a code says, the account it belongs to, and pages of other hosts that it needs. */
function madeCode(
  context: PlantContext,
  name: string,
): { key: AccountKey; payload: string; outside?: OutsidePage[] } {
  const { ids, random } = context;
  const token = ids.qrToken();
  const wechat = (path: string): { key: AccountKey; payload: string } => ({
    key: { platform: 'wechat', idKind: 'qr', id: token },
    payload: `http://weixin.qq.com/${path}${token}`,
  });
  const kind = random();
  if (kind < 0.4) return wechat('r/');
  if (kind < 0.6) return wechat('r/mp/');
  if (kind < 0.68) return wechat('q/');
  if (kind < 0.78) {
    const short = ids.letters(7);
    const secUid = ids.secUid();
    return {
      key: { platform: 'douyin', idKind: 'sec_uid', id: secUid },
      payload: `https://v.douyin.com/${short}/`,
      outside: [
        {
          host: 'v.douyin.com',
          path: `/${short}/`,
          redirect: `https://www.iesdouyin.com/share/user/${ids.digits(16)}?sec_uid=${secUid}&did=1`,
        },
      ],
    };
  }
  const home = madeHome(context, name);
  return { key: home.key, payload: home.address };
}

export const codeWay =
  (index: number): Way =>
  (context) => {
    const name = context.body.nextName('wechat');
    const { key, payload, outside = [] } = madeCode(context, name);
    const [lookName, look, format] = CODE_LOOKS[index % CODE_LOOKS.length]!;
    const [frame, slot, write] =
      CODE_FRAMES[(index * 5 + Math.floor(index / 9)) % CODE_FRAMES.length]!;
    const path = fileName(context, format);
    const word = WORDS[key.platform] ?? '新媒体';
    return {
      ...{ way: `qr: ${frame}, ${lookName}`, key, name },
      pieces: [
        {
          slot,
          html: write(path, name, word),
          pictures: [{ path, payloads: [payload], look, format }],
          outside,
        },
      ],
    };
  };

/** Words only: no link, no picture that can be read. */
const CAPTIONS: readonly (readonly [string, Slot, AccountPlatform, (name: string) => string])[] = [
  ['colon in the foot', 'foot', 'wechat', (name) => `<p>微信公众号：${name}</p>`],
  ['official with @', 'foot', 'weibo', (name) => `<p>官方微博@${name}</p>`],
  ['follow in quotes', 'side', 'wechat', (name) => `<p>扫码关注“${name}”微信公众号</p>`],
  [
    'several in a line',
    'contact',
    'toutiao',
    (name) => `<p>办公电话：0734-1234567　头条号：${name}　邮编：421001</p>`,
  ],
  [
    'table of contacts',
    'contact',
    'douyin',
    (name) => `<table><tr><td>抖音号：${name}</td></tr></table>`,
  ],
  [
    'missing picture',
    'foot',
    'wechat',
    (name) =>
      `<div class="ewm"><img src="/images/gone_wx.png" alt="微信公众号"><span>微信公众号：${name}</span></div>`,
  ],
];

export const captionWay =
  (index: number): Way =>
  ({ body }) => {
    const [way, slot, platform, write] = CAPTIONS[index % CAPTIONS.length]!;
    const name = body.nextName(platform);
    return {
      ...{ way: `caption: ${way}`, key: { platform, idKind: 'name', id: name }, name },
      pieces: [{ slot, html: write(name) }],
    };
  };

/** Articles of its own account among the news. */
export const articleWay =
  (index: number): Way =>
  ({ body, ids }) => {
    const name = body.nextName('wechat');
    const biz = ids.biz();
    const id = ids.articleId();
    const key: AccountKey = { platform: 'wechat', idKind: 'biz', id: biz };
    if (index % 2 === 0) {
      const path = `/s?__biz=${biz}&mid=26${ids.digits(8)}&idx=1&sn=${ids.letters(32, '0123456789abcdef')}`;
      const address = `http://mp.weixin.qq.com${path.replaceAll('&', '&amp;')}`;
      return {
        way: 'article: with __biz',
        key,
        name,
        pieces: [
          {
            slot: 'home',
            html: `<li><a href="${address}">【${name}】一图读懂今年的民生实事</a></li>`,
            outside: [{ host: 'mp.weixin.qq.com', path, html: articlePage(biz, name) }],
          },
        ],
      };
    }
    return {
      ...{ way: 'article: short address', key, name },
      pieces: [
        {
          slot: 'home',
          html: `<li><a href="https://mp.weixin.qq.com/s/${id}">我县召开秋季学期开学工作会议</a></li>`,
          outside: [{ host: 'mp.weixin.qq.com', path: `/s/${id}`, html: articlePage(biz, name) }],
        },
      ],
    };
  };

export const articlePage = (biz: string, name: string): string =>
  `<!doctype html><html><head><title>文章</title></head><body><div id="js_name"> ${name} </div><script>var biz = "" || "${biz}"; var user_name = "gh_0123456789ab"; var nickname = htmlDecode("${name}"); var ct = "1600000000";</script></body></html>`;
