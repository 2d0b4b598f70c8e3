import type { WechatPublished } from '../../domain/account-facts.ts';
import { NO_COUNTS, type SourcePost, type SourceView } from '../../domain/account-sources.ts';
import { type Fact, observed } from '../../domain/fact.ts';
import { viewSource } from '../../domain/view-source.ts';
import { type SourceStanding, WORKING } from '../../gather/accounts/source-gathered.ts';
import { gatherWechat, type WechatGathered } from '../../gather/accounts/wechat/gather-wechat.ts';
import type { WechatCapabilities } from '../../gather/accounts/wechat/wechat-capabilities.ts';
import { MemoryQuotas } from '../../gather/accounts/wechat/wechat-quotas.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { type Asking, nothingNew, type Outcome, withoutCredential } from './connector.ts';

const ADDRESS = 'https://api.weixin.qq.com';
/** Refused for good until its owner mended something in the platform's console (new-media-apis §2.6). */
const EXPIRED: ReadonlySet<number> = new Set([40001, 40014, 42001, 61003, 61023]);
/** The day's counts of all accounts of this process; the platform's own refusal holds where another process asked too. */
const quotas = new MemoryQuotas();

/** WeChat's owner interfaces. */
export async function askWechat(asking: Asking): Promise<Outcome> {
  const { source, credential, monitoredAt, now, fetcher, windowDays, wantsInteraction } = asking;
  if (credential === null || source.identity === '')
    return withoutCredential('公众号的 AppID 或 AppSecret');
  const gathered = await gatherWechat({
    baseUrl: source.address || ADDRESS,
    credential: { mode: 'secret', appId: source.identity, appSecret: credential },
    ...{ monitoredAt, fetcher, staleWindowDays: windowDays, quotas },
    capabilities: source.capabilities as WechatCapabilities,
    looksBack: wantsInteraction,
    asksInteraction: wantsInteraction,
    now: () => Date.parse(now),
  });
  const { published, interaction, comments, apiCalls, received, standing } = gathered;
  return {
    ...nothingNew,
    view: viewOf(gathered, monitoredAt),
    standing: standingOf(published, standing),
    ...{ calls: apiCalls, received, wechat: published, interaction, comments },
    capabilities: standing.capabilities,
  };
}

/** The interfaces' own judgement of what is complete stands; the posts are those of all interfaces together. */
function viewOf({ published, rows }: WechatGathered, monitoredAt: Instant): Fact<SourceView> {
  if (published.state !== 'observed') return published;
  const { newest, completeFrom, completeTo, refused } = published.value;
  const items = rows.map(
    (row): SourcePost => ({
      ...NO_COUNTS,
      ...{ itemId: row.itemId, title: row.title, url: row.url, deleted: row.deleted },
      ...{ publishedOn: row.publishedOn, publishedAt: row.publishedAt, quiet: row.quiet },
      ...{ original: null, pinned: false },
      ...{ reads: row.readers, likes: row.likers, comments: row.commentCount, shares: row.sharers },
    }),
  );
  const level = completeTo === null ? 'A2' : 'A1';
  const view = viewSource({
    ...{ kind: 'wechat', level, items, monitoredAt, complete: null, refused },
  });
  return observed({ ...view, newest, completeFrom, completeTo });
}

function standingOf(
  published: Fact<WechatPublished>,
  { alarm, parkUntil }: WechatGathered['standing'],
): SourceStanding {
  if (published.state === 'observed') return WORKING;
  if (alarm !== null) {
    const state = EXPIRED.has(alarm.errcode) ? 'expired' : 'stopped';
    return { state, parkUntil: null, alarm };
  }
  return parkUntil === null ? WORKING : { state: 'waiting', parkUntil, alarm: null };
}
