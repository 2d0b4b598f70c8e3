import type { AccountPlatform } from '../../domain/discovered-account.ts';

/** Words by which pages and registers name a platform, the longest first: 微信小程序 is no 微信公众号. */
const WORDS: readonly (readonly [RegExp, AccountPlatform])[] = [
  [/小程序/, 'miniprogram'],
  [/微信视频号|视频号/, 'channels'],
  [/公众号|公众平台|公众微信|订阅号|服务号|微信(?!群|支付|好友|朋友圈)|wechat|weixin/i, 'wechat'],
  [/微博|weibo/i, 'weibo'],
  [/头条|toutiao/i, 'toutiao'],
  [/抖音|douyin/i, 'douyin'],
  [/快手|kuaishou/i, 'kuaishou'],
  [/哔哩|b站|bilibili/i, 'bilibili'],
  [/小红书|xiaohongshu/i, 'xiaohongshu'],
  [/人民号/, 'people'],
  [/百家号/, 'baijia'],
  [/企鹅号/, 'penguin'],
  [/网易号/, 'netease'],
  [/搜狐号/, 'sohu'],
  [/知乎/, 'zhihu'],
  [/澎湃/, 'thepaper'],
  [/喜马拉雅/, 'ximalaya'],
  [/西瓜/, 'ixigua'],
  [/客户端|app(?![a-z])|安卓|android|ios/i, 'app'],
];

/** The platform that words name; null = none. */
export function platformOfWords(words: string): AccountPlatform | null {
  return WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}
