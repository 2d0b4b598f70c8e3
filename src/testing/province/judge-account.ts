import type { InteractionWay, Observation } from '../../domain/account-facts.ts';
import type { SourceView } from '../../domain/account-sources.ts';
import type { FactMap, FactSet, RecordedFact } from '../../domain/fact.ts';
import { absent, type Fact, observed } from '../../domain/fact.ts';
import type { Judgement } from '../../domain/finding.ts';
import { gatherArticles } from '../../gather/accounts/article/gather-articles.ts';
import { readDouyinCredential } from '../../gather/accounts/douyin/douyin-credential.ts';
import { gatherDouyin } from '../../gather/accounts/douyin/gather-douyin.ts';
import { gatherWechat } from '../../gather/accounts/wechat/gather-wechat.ts';
import { gatherWeibo } from '../../gather/accounts/weibo/gather-weibo.ts';
import { gatherFeed } from '../../gather/feeds/gather-feed.ts';
import { INDICATORS } from '../../indicators/index.generated.ts';
import { lastUpdateOf } from '../../indicators/shared/last-update.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import { endOfDay, shanghaiInstant } from '../../lib/pure/dates.ts';
import { Secret } from '../../lib/pure/secret.ts';
import type { DouyinPlan } from '../platforms/douyin/douyin-plan.ts';
import type { WechatPlan } from '../platforms/wechat/wechat-plan.ts';
import { ARTICLE_HOST } from './plan/plan-articles.ts';
import type { PlannedAccount, SightPlan, SourcePlan } from './plan/province-plan.ts';
import { douyinCell } from './source-cells.ts';

export interface JudgedAccount {
  readonly breached: readonly string[];
  readonly undetermined: readonly string[];
  readonly lastUpdated: string | null;
}

const WINDOW_DAYS = 14;
const ORIGIN = { gatheredAt: '', gatherer: '', gathererVersion: '', vantage: '', snapshots: [] };

/** What the inspecting side makes of a served account: its own gatherers and indicators, without register and database. */
export async function judgeAccount(
  account: PlannedAccount,
  day: string,
  fetcher: Fetcher,
): Promise<JudgedAccount> {
  const monitoredAt = endOfDay(day);
  const { platform, sights } = account;
  const register = { status: 'running', hasService: false, isPortal: false, platform } as const;
  const facts: FactSet = {
    'round.monitoredAt': recorded('m', observed(monitoredAt)),
    'subject.register': recorded('r', observed<FactMap['subject.register']>(register)),
    'account.observations': recorded(
      'o',
      sights.length > 0 ? observed(sights.map(readSight)) : absent,
    ),
    ...(await askSources(account, { monitoredAt, fetcher })),
  };
  const judged = INDICATORS.filter(
    ({ appliesTo, kind, advises }) => appliesTo === 'account' && kind === 'veto' && !advises,
  ).map((indicator) => {
    const parameters = Object.entries(indicator.parameters).map(([name, spec]) => [
      name,
      spec.default,
    ]);
    const judgement: Judgement = indicator.judge(facts, Object.fromEntries(parameters));
    return { id: indicator.id, status: judgement.status };
  });
  const idsOf = (status: string): string[] =>
    judged.filter((each) => each.status === status).map((each) => each.id);
  return {
    breached: idsOf('breached'),
    undetermined: idsOf('undetermined'),
    lastUpdated: lastUpdateOf(facts).date,
  };
}

type Asking = { readonly monitoredAt: string; readonly fetcher: Fetcher };

async function askSources(account: PlannedAccount, asking: Asking): Promise<FactSet> {
  let facts: FactSet = {};
  for (const source of account.sources) {
    if (source.kind !== 'article') facts = { ...facts, ...(await askSource(source, asking)) };
  }
  const links = account.sources.flatMap((source) =>
    source.kind === 'article' ? [`http://${ARTICLE_HOST}${source.article.path}`] : [],
  );
  if (links.length === 0) return facts;
  const { accountId, name } = account;
  const ghId = accountId.startsWith('gh_') ? accountId : null;
  const { fact } = await gatherArticles({ links, account: { biz: null, ghId, name }, ...asking });
  return { ...facts, 'account.articles': recorded('a', fact) };
}

async function askSource(
  source: Exclude<SourcePlan, { kind: 'article' }>,
  asking: Asking,
): Promise<FactSet> {
  switch (source.kind) {
    case 'feed': {
      const { kind, url } = source.feed;
      return { 'account.feed': recorded('f', (await gatherFeed({ kind, url, ...asking })).fact) };
    }
    case 'weibo': {
      const { baseUrl, uid, accessToken } = source.weibo;
      const token = new Secret(accessToken);
      const wish = { baseUrl, uid, token, timeline: 'own', windowDays: WINDOW_DAYS } as const;
      return { 'account.weibo': recorded('b', (await gatherWeibo({ ...wish, ...asking })).fact) };
    }
    case 'douyin':
      return { 'account.douyin': recorded('d', await askDouyin(source.douyin, asking)) };
    default:
      return askWechat(source.wechat, asking);
  }
}

async function askDouyin(plan: DouyinPlan, asking: Asking): Promise<Fact<SourceView>> {
  const { baseUrl, clientKey, openId } = plan;
  const { tokens } = readDouyinCredential(new Secret(douyinCell(plan)))!;
  const now = new Date().toISOString();
  const wish = { baseUrl, clientKey, openId, tokens, now, windowDays: WINDOW_DAYS };
  return (await gatherDouyin({ ...wish, ...asking })).fact;
}

async function askWechat(plan: WechatPlan, asking: Asking): Promise<FactSet> {
  const { baseUrl, appId, appSecret } = plan;
  const credential = { mode: 'secret', appId, appSecret: new Secret(appSecret) } as const;
  const answer = await gatherWechat({
    baseUrl,
    credential,
    ...asking,
    staleWindowDays: WINDOW_DAYS,
  });
  return {
    'account.wechat': recorded('w', answer.published),
    'account.wechatInteraction': recorded('i', answer.interaction),
  };
}

function readSight(sight: SightPlan): Observation {
  const ways = sight.ways.split('；') as InteractionWay[];
  return {
    observedAt: shanghaiInstant(sight.observedAt)!,
    newestOn: sight.newest === '无' ? 'none' : sight.newest || null,
    ways: sight.ways === '' ? null : sight.ways === '无' ? [] : ways,
    testedAt: sight.testedAt === '' ? null : shanghaiInstant(sight.testedAt),
    repliedAt: sight.repliedAt === '' ? null : shanghaiInstant(sight.repliedAt),
    image: sight.image || null,
    origin: 'observations.csv',
  };
}

const recorded = <T>(id: string, fact: Fact<T>): RecordedFact<T> => ({ ...fact, ...ORIGIN, id });
