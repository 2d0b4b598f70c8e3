import type { EvidenceLevel, SourceKind } from '../../domain/account-sources.ts';
import { LEVEL_OF } from '../../registry/index.ts';
import type { FeedKind } from '../province/feeds/feed-plan.ts';
import type { Way } from './plan-crowd.ts';

/** Hosts of the platforms; every one is found by a resolve rule. An article's has to be a WeChat host below `.test`. */
export const HOSTS = {
  wechat: 'api.wechat.test',
  weibo: 'api.weibo.test',
  douyin: 'open.douyin.test',
  article: 'mp.weixin.crowd.test',
} as const;
/** Offices run a bridge for each prefecture, and websites stand together on platforms of prefectures and departments. */
const BRIDGES = 14;
const SITES = 54;

/** How one account is entered in the register, and the source by which it can be read. */
export interface CrowdNames {
  readonly platform: string;
  readonly name: string;
  readonly accountId: string;
  readonly kind: SourceKind;
  readonly level: EvidenceLevel;
  readonly address: string;
  readonly identity: string;
  /** AppSecret or access token; '' where the way has none. */
  readonly secret: string;
  readonly clientKey: string;
  readonly feedKind: FeedKind;
}

const NOTHING = { address: '', identity: '', secret: '', clientKey: '' } as const;

/** The names of an account are made of its number: whoever knows it knows them. */
export function namesOf({ nr, way }: { readonly nr: number; readonly way: Way }): CrowdNames {
  const feedKind = (['rss', 'atom', 'jsonfeed'] as const)[nr % 3]!;
  const name = `第${nr}号`;
  const of = (
    platform: string,
    kind: SourceKind,
    more: Partial<CrowdNames> & { readonly accountId: string },
  ): CrowdNames => ({
    ...NOTHING,
    ...{ platform, name, feedKind, kind, level: LEVEL_OF[kind] },
    ...more,
  });
  const hex = nr.toString(16).padStart(16, '0');
  const wechat = { accountId: `gh_${hex.slice(4)}`, identity: `wx${hex}` };
  switch (way) {
    case 'owner':
    case 'authorised':
      return of('微信公众号', 'wechat', {
        ...{ ...wechat, address: `http://${HOSTS.wechat}` },
        secret: way === 'owner' ? secretOf(nr) : '',
      });
    case 'weibo': {
      const uid = String(2_000_000_000 + nr);
      const address = `http://${HOSTS.weibo}`;
      return of('新浪微博', 'weibo', {
        accountId: uid,
        identity: uid,
        address,
        secret: `2.00${hex}`,
      });
    }
    case 'douyin': {
      const address = `http://${HOSTS.douyin}`;
      // Applications serve some thousand accounts each.
      const clientKey = `aw${nr % 8}`;
      return of('抖音号', 'douyin', {
        accountId: `dy${nr}`,
        identity: `_000${hex}`,
        address,
        clientKey,
      });
    }
    case 'feed':
      return of('头条号', feedKind, {
        accountId: `tt${nr}`,
        address: `http://site${nr % SITES}.test/${nr}.xml`,
      });
    case 'bridge':
      return of('快手号', feedKind, {
        accountId: `ks${nr}`,
        address: `http://bridge${nr % BRIDGES}.test/${nr}.xml`,
      });
    case 'article':
      return of('微信公众号', 'article', {
        ...{ accountId: wechat.accountId, identity: `Mz${hex.slice(4)}==` },
        address: `http://${HOSTS.article}/s/${String(nr).padStart(22, '0')}`,
      });
    default:
      return of('微信视频号', 'submission', { accountId: `sph${nr}` });
  }
}

/** As long as an AppSecret. */
const secretOf = (nr: number): string => nr.toString(16).padStart(32, 'f0e1d2c3');

/** Resolve rules for all hosts: each has an address of its own, as in life, and is paced by it. */
export function rulesFor(port: number): readonly string[] {
  const hosts = [
    ...Object.values(HOSTS),
    ...Array.from({ length: BRIDGES }, (_, nr) => `bridge${nr}.test`),
    ...Array.from({ length: SITES }, (_, nr) => `site${nr}.test`),
  ];
  return hosts.map((host, at) => `${host}=127.0.9.${at + 1}:${port}`);
}
