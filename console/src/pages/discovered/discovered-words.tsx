import type { AnswerOf, ItemOf } from '../../api/types.ts';
import { StateTag } from '../../ui/StateTag.tsx';

export type Discovered = ItemOf<'/api/v1/discovered-accounts'>;
export type DiscoveredDetail = AnswerOf<'/api/v1/discovered-accounts/{id}'>;
type Of<Key extends keyof Discovered> = Readonly<
  Record<NonNullable<Discovered[Key] & string>, string>
>;

export const PLATFORM_WORDS: Of<'platform'> = {
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
export const MATCH_WORDS: Of<'match'> = {
  unknown: '名录里没有',
  nameOnly: '只有名称相同',
  matched: '已在名录',
};
export const STATE_WORDS: Of<'state'> = {
  open: '待处理',
  adopted: '已纳入',
  dismissed: '不予纳入',
};
export const VIA_WORDS: Readonly<Record<DiscoveredDetail['sightings'][number]['via'], string>> = {
  link: '链接',
  widget: '关注组件或分享参数',
  qr: '二维码',
  caption: '文字',
  article: '文章链接',
};
const PLACE_WORDS: Readonly<Record<string, string>> = {
  follow: '“关注我们”一类的位置',
  frame: '页头、页脚或侧栏',
  body: '页面中部',
  article: '文章正文',
  friends: '友情链接',
  vendor: '技术支持一栏',
  share: '分享按钮',
};
export const placeWords = (place: string): string => PLACE_WORDS[place] ?? place;

const TONES = { open: 'waiting', adopted: 'good', dismissed: 'plain' } as const;

export const DiscoveredStateTag = ({ state }: { readonly state: Discovered['state'] }) => (
  <StateTag tone={TONES[state]}>{STATE_WORDS[state]}</StateTag>
);

export const nameOf = ({ name }: Pick<Discovered, 'name'>): string => name ?? '（网页没有写名称）';
