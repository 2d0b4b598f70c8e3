import { NO_COUNTS, type SourcePost, type SourceView } from '../../domain/account-sources.ts';
import { type Fact, observed } from '../../domain/fact.ts';
import { viewSource } from '../../domain/view-source.ts';
import { WORKING } from '../../gather/accounts/source-gathered.ts';
import { gatherWechat, type WechatGathered } from '../../gather/accounts/wechat/gather-wechat.ts';
import type { WechatCapabilities } from '../../gather/accounts/wechat/wechat-capabilities.ts';
import type { WechatCredential } from '../../gather/accounts/wechat/wechat-tokens.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { type Asking, nothingNew, type Outcome, withoutCredential } from './connector.ts';

/** WeChat's owner interfaces. */
export async function askWechat(asking: Asking): Promise<Outcome> {
  const { source, monitoredAt, now, fetcher, windowDays, wantsInteraction, quotas } = asking;
  const credential = credentialFor(asking);
  if (credential === null) return withoutCredential('公众号的 AppID 或 AppSecret，也没有它的授权');
  const gathered = await gatherWechat({
    baseUrl: source.address,
    credential,
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
    standing: published.state === 'observed' ? WORKING : standing,
    ...{ calls: apiCalls, received, wechat: published, interaction, comments },
    capabilities: standing.capabilities,
  };
}

/** The source's own secret, else the authorisation that the account gave; null where there can be neither. */
function credentialFor({ source, credential, authorisations }: Asking): WechatCredential | null {
  const appId = source.identity;
  if (appId === '') return null;
  if (credential !== null) return { mode: 'secret', appId, appSecret: credential };
  return authorisations ? { mode: 'component', appId, keeper: authorisations } : null;
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
