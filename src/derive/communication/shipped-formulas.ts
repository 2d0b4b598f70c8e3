import type { IndexFormula, IndexGroup, IndexTerm, Measure } from './index-formula.ts';

/** Measures of one part of a WeChat index, in the order reads, recommends, likes, shares. */
type Four = readonly [Measure, Measure, Measure, Measure];

const ALL: Four = ['reads', 'recommends', 'likes', 'shares'];
const HEADLINES: Four = ['headlineReads', 'headlineRecommends', 'headlineLikes', 'headlineShares'];
const PEAK: Four = ['maxReads', 'maxRecommends', 'maxLikes', 'maxShares'];
const TIMES = [1, 10, 10, 10] as const;

/** The four parts of V14.2; `weights` in the order of {@link ALL}, those of the variant without shares have three. */
function wechatGroups(weights: readonly number[]): IndexGroup[] {
  const terms = (measures: Four): IndexTerm[] =>
    weights.map((weight, at) => ({ measure: measures[at]!, times: TIMES[at]!, weight }));
  return [
    { id: 'overall', title: '整体传播力', weight: 0.6, per: 'day', terms: terms(ALL) },
    { id: 'average', title: '篇均传播力', weight: 0.2, per: 'post', terms: terms(ALL) },
    { id: 'headline', title: '头条传播力', weight: 0.1, per: 'day', terms: terms(HEADLINES) },
    { id: 'peak', title: '峰值传播力', weight: 0.1, per: 'period', terms: terms(PEAK) },
  ];
}

const plain = (measure: Measure, weight: number): IndexTerm => ({ measure, times: 1, weight });

const WECHAT = { platforms: ['微信公众号'], version: 1, scale: 12, power: 2 } as const;
const WEIBO = { platforms: ['新浪微博'], version: 1, scale: 160, power: 1 } as const;

/** The first version of each formula; later ones are made in the console. Weights and their sources: analytics-methods §1. */
export const SHIPPED_FORMULAS: readonly IndexFormula[] = [
  {
    ...WECHAT,
    id: 'wechat-shares',
    title: '微信传播参考指数（含转发）',
    confidence: 'high',
    note: '结构按公开的 V14.2 说明；权重（阅读 .70、在看 .09、点赞 .06、转发 .15）来自使用说明的转载页。',
    groups: wechatGroups([0.7, 0.09, 0.06, 0.15]),
  },
  {
    ...WECHAT,
    id: 'wechat-plain',
    title: '微信传播参考指数（不含转发）',
    confidence: 'high',
    note: '结构同上；不计转发的权重（阅读 .85、在看 .09、点赞 .06）见于两处独立的公开实现。',
    groups: wechatGroups([0.85, 0.09, 0.06]),
  },
  {
    ...WEIBO,
    id: 'weibo-short',
    title: '微博传播参考指数（简式）',
    confidence: 'medium',
    note: '公开登记的简式：活跃 .2、传播 .8。',
    groups: [
      { id: 'activity', title: '活跃度', weight: 0.2, per: 'period', terms: [plain('posts', 1)] },
      {
        ...{ id: 'spread', title: '传播度', weight: 0.8, per: 'period' },
        terms: [plain('shares', 0.4), plain('comments', 0.4), plain('likes', 0.2)],
      },
    ],
  },
  {
    ...WEIBO,
    id: 'weibo-long',
    title: '微博传播参考指数（详式）',
    confidence: 'medium',
    note: '区分原创的详式；权重凭研究人员记忆，未见原文。',
    groups: [
      {
        ...{ id: 'activity', title: '活跃度', weight: 0.2, per: 'period' },
        terms: [plain('posts', 0.3), plain('originalPosts', 0.7)],
      },
      {
        ...{ id: 'spread', title: '传播度', weight: 0.8, per: 'period' },
        terms: [
          ...[plain('shares', 0.2), plain('comments', 0.2)],
          ...[plain('originalShares', 0.25), plain('originalComments', 0.25), plain('likes', 0.1)],
        ],
      },
    ],
  },
  {
    ...{ id: 'bilibili', version: 1, title: '哔哩哔哩传播参考指数', platforms: ['哔哩哔哩'] },
    confidence: 'high',
    note: '公开的 V2.0 说明；播放、评论按日均。',
    ...{ scale: 100, power: 1 },
    groups: [
      { id: 'publish', title: '发布', weight: 1, per: 'period', terms: [plain('posts', 0.15)] },
      {
        ...{ id: 'daily', title: '日均播放与评论', weight: 1, per: 'day' },
        terms: [plain('reads', 0.25), plain('comments', 0.3)],
      },
      {
        ...{ id: 'coverage', title: '覆盖', weight: 1, per: 'period' },
        terms: [plain('followers', 0.18), plain('newFollowers', 0.12)],
      },
    ],
  },
  {
    ...{ id: 'douyin', version: 1, title: '抖音传播参考指数', platforms: ['抖音号'] },
    confidence: 'low',
    note: '三个维度可信，权重凭记忆、未证实：请按本地需要修改后再用。',
    ...{ scale: 100, power: 1 },
    groups: [
      { id: 'publish', title: '发布', weight: 0.1, per: 'period', terms: [plain('posts', 1)] },
      {
        ...{ id: 'interaction', title: '互动', weight: 0.76, per: 'period' },
        terms: [plain('likes', 0.17), plain('comments', 0.37), plain('shares', 0.46)],
      },
      {
        ...{ id: 'coverage', title: '覆盖', weight: 0.14, per: 'period' },
        terms: [plain('newFollowers', 0.11), plain('followers', 0.89)],
      },
    ],
  },
  {
    ...{ id: 'toutiao', version: 1, title: '头条传播参考指数', platforms: ['头条号'] },
    confidence: 'low',
    note: '没有找到公开的权重：维度借自政法头条号榜单（发布、传播、互动），权重是平均的起点，请修改后再用。',
    ...{ scale: 100, power: 1 },
    groups: [
      { id: 'publish', title: '发布', weight: 0.2, per: 'period', terms: [plain('posts', 1)] },
      { id: 'spread', title: '传播', weight: 0.4, per: 'period', terms: [plain('reads', 1)] },
      {
        ...{ id: 'interaction', title: '互动', weight: 0.4, per: 'period' },
        terms: [plain('shares', 0.4), plain('comments', 0.4), plain('likes', 0.2)],
      },
    ],
  },
];
