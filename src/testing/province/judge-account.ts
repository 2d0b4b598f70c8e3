import type { InteractionWay, Observation } from '../../domain/account-facts.ts';
import type { FactMap, FactSet, RecordedFact } from '../../domain/fact.ts';
import { absent, type Fact, observed } from '../../domain/fact.ts';
import type { Judgement } from '../../domain/finding.ts';
import { gatherWechat } from '../../gather/accounts/wechat/gather-wechat.ts';
import { gatherFeed } from '../../gather/feeds/gather-feed.ts';
import { INDICATORS } from '../../indicators/index.generated.ts';
import { lastUpdateOf } from '../../indicators/shared/last-update.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import { endOfDay, shanghaiInstant } from '../../lib/pure/dates.ts';
import { Secret } from '../../lib/pure/secret.ts';
import type { PlannedAccount, SightPlan } from './plan/province-plan.ts';

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
    ...(await askSource(account, monitoredAt, fetcher)),
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

async function askSource(
  { source }: PlannedAccount,
  monitoredAt: string,
  fetcher: Fetcher,
): Promise<FactSet> {
  if (source.kind === 'none') return {};
  if (source.kind === 'feed') {
    const { kind, url } = source.feed;
    const { fact } = await gatherFeed({ kind, url, monitoredAt, fetcher });
    return { 'account.feed': recorded('f', fact) };
  }
  const { baseUrl, appId, appSecret } = source.wechat;
  const answer = await gatherWechat({
    baseUrl,
    credential: { mode: 'secret', appId, appSecret: new Secret(appSecret) },
    monitoredAt,
    fetcher,
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
