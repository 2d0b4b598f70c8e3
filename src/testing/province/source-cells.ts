import type { DouyinPlan } from '../platforms/douyin/douyin-plan.ts';
import { ARTICLE_HOST } from './plan/plan-articles.ts';
import type { SourcePlan } from './plan/province-plan.ts';

/** 信源种类、信源地址、身份、密钥 of a source, as a register writes them. */
export type SourceCells = readonly [
  kind: string,
  address: string,
  identity: string,
  secret: string,
];

export function sourceCells(source: SourcePlan): SourceCells {
  switch (source.kind) {
    case 'feed':
      return [source.feed.kind, source.feed.url, '', ''];
    case 'wechat':
      return ['wechat', source.wechat.baseUrl, source.wechat.appId, source.wechat.appSecret];
    case 'weibo':
      return ['weibo', source.weibo.baseUrl, source.weibo.uid, source.weibo.accessToken];
    case 'douyin':
      return ['douyin', source.douyin.baseUrl, source.douyin.openId, douyinCell(source.douyin)];
    default:
      return ['article', `http://${ARTICLE_HOST}${source.article.path}`, '', ''];
  }
}

/** The tokens of an authorisation in one cell; nobody wrote down when they end. */
export function douyinCell({ clientKey, accessToken, refreshToken }: DouyinPlan): string {
  return JSON.stringify({ clientKey, accessToken, refreshToken });
}
