import type { AnswerOf, ItemOf } from '../api/types.ts';
import type { Tone } from '../ui/StateTag.tsx';

type Standing = ItemOf<'/api/v1/account-matrix/accounts'>;
type Index = AnswerOf<'/api/v1/accounts/{id}/indices'>['items'][number];

export const STANDING_WORDS: Readonly<Record<Standing['state'], string>> = {
  fresh: '已知更新',
  silent: '疑似停更',
  unknown: '不明',
  stopped: '不运行或不适用',
};
export const STANDING_TONES: Readonly<Record<Standing['state'], Tone>> = {
  fresh: 'good',
  silent: 'warn',
  unknown: 'waiting',
  stopped: 'plain',
};
export const SOURCE_KIND_WORDS: Readonly<Record<NonNullable<Standing['kind']>, string>> = {
  wechat: '微信接口',
  weibo: '微博接口',
  douyin: '抖音接口',
  rss: 'RSS 订阅',
  atom: 'Atom 订阅',
  jsonfeed: 'JSON Feed 订阅',
  article: '文章链接',
  submission: '单位报送',
  observation: '人工观察',
};
export const ALERT_STATE_WORDS: Readonly<
  Record<ItemOf<'/api/v1/account-alerts'>['state'], string>
> = { open: '待知悉', acknowledged: '已知悉', closed: '已结束' };
export const ALERT_KIND_WORDS: Readonly<Record<ItemOf<'/api/v1/account-alerts'>['kind'], string>> =
  {
    silence: '将到更新期限',
    'closed-posting': '关停后仍发布',
    gone: '平台上没有',
    renamed: '名称不一致',
    operator: '认证主体不一致',
  };

export const CONFIDENCE_WORDS: Readonly<Record<Index['formula']['confidence'], string>> = {
  high: '公式把握较大',
  medium: '公式把握一般',
  low: '公式把握小',
};
export const PER_WORDS: Readonly<Record<Index['formula']['groups'][number]['per'], string>> = {
  period: '全期',
  day: '日均',
  post: '篇均',
};
export const MEASURE_WORDS: Readonly<Record<Index['result']['inputs'][number]['measure'], string>> =
  {
    posts: '发布数',
    originalPosts: '原创数',
    reads: '阅读（播放）',
    recommends: '在看',
    likes: '点赞',
    comments: '评论',
    shares: '转发',
    headlineReads: '头条阅读',
    headlineRecommends: '头条在看',
    headlineLikes: '头条点赞',
    headlineShares: '头条转发',
    maxReads: '最高阅读',
    maxRecommends: '最高在看',
    maxLikes: '最高点赞',
    maxShares: '最高转发',
    originalComments: '原创的评论',
    originalShares: '原创的转发',
    followers: '粉丝',
    newFollowers: '净增粉丝',
  };
