import { absent, type Fact, observed, unobserved } from '../domain/fact.ts';
import type { Account } from '../domain/subject.ts';
import { gatherFeed } from '../gather/feeds/gather-feed.ts';
import { gatherWechat } from '../gather/feeds/gather-wechat.ts';
import { listAccounts } from '../registry/index.ts';
import { insertFacts, type NewFact } from './fact.repository.ts';
import { forEachParallel } from './for-each-parallel.ts';
import { type GatherContext, WORK } from './gather-context.ts';
import { inspectionDb, inTransaction } from './inspection-db.ts';
import { observationsOf } from './observation.repository.ts';
import { recordFact } from './record-facts.ts';
import { listRoundSubjects, markSubject, type RoundSubject } from './round.repository.ts';
import { countFeed } from './round-metrics.ts';

/** Accounts asked at the same time; an answer is small and quick, or slow and worth waiting beside others. */
const ACCOUNTS_AT_ONCE = 16;
const STALE_WINDOW_DAYS = 14;

interface Gathered {
  readonly facts: readonly NewFact[];
  readonly feeds: number;
  readonly apiCalls: number;
}

/** Asks every account's source, and takes in what inspectors saw. */
export async function gatherAccounts(context: GatherContext): Promise<void> {
  const db = inspectionDb(context.deps.store);
  const subjects = await listRoundSubjects(db, context.round.id);
  const waiting = subjects.filter(
    ({ subject, checked, stage }) => checked && subject.kind === 'account' && stage === 'planned',
  );
  // The round's copy of the register holds no secrets; they come from the register when they are used.
  const registered = new Map(
    (await listAccounts(db as never)).map((account) => [account.id, account]),
  );
  const observations = await observationsOf(
    db as never,
    waiting.map(({ subject }) => subject.id),
  );
  await forEachParallel(waiting, ACCOUNTS_AT_ONCE, context.io.signal, async (each) => {
    const account = {
      ...(each.subject as Account),
      appSecret: registered.get(each.subject.id)?.appSecret ?? null,
    };
    const { facts, feeds, apiCalls } = await askSource(context, account, each);
    const origin = { subjectId: account.id, gatherer: 'observation', gatheredAt: context.io.now() };
    const seen = observations.get(account.id) ?? [];
    const all = [
      ...facts,
      recordFact('account.observations', seen.length > 0 ? observed(seen) : absent, origin),
    ];
    await inTransaction(context.deps.store, async (trx) => {
      await insertFacts(
        trx,
        { roundId: context.round.id, kind: 'account', subjectId: account.id },
        all,
      );
      await markSubject(trx, context.round.id, account, {
        stage: 'gathered',
        feeds,
        api_calls: apiCalls,
      });
    });
    context.meter.counters.feeds += feeds;
    context.meter.counters.apiCalls += apiCalls;
    context.meter.counters.records += all.length;
    context.meter.advance(WORK.account);
  });
}

async function askSource(
  context: GatherContext,
  account: Account,
  { monitoredAt }: RoundSubject,
): Promise<Gathered> {
  const origin = { subjectId: account.id, gatheredAt: context.io.now() };
  if (account.feedKind === 'none') return { facts: [], feeds: 0, apiCalls: 0 };
  if (account.feedKind === 'wechat') return askWechat(context, account, monitoredAt, origin);
  const { fact, bodies } = await gatherFeed({
    kind: account.feedKind,
    url: account.feedUrl,
    monitoredAt,
    fetcher: context.outside,
  });
  countFeed(fact.state);
  const snapshots = await archive(context, bodies);
  return {
    facts: [recordFact('account.feed', fact, { ...origin, gatherer: 'feeds/feed', snapshots })],
    feeds: 1,
    apiCalls: 0,
  };
}

async function askWechat(
  context: GatherContext,
  account: Account,
  monitoredAt: string,
  origin: { subjectId: number; gatheredAt: string },
): Promise<Gathered> {
  const gatherer = 'feeds/wechat';
  if (account.appId === null || account.appSecret === null) {
    const missing: Fact<never> = unobserved('名录里没有这个公众号的 AppID 或 AppSecret');
    return {
      facts: [recordFact('account.wechat', missing, { ...origin, gatherer })],
      feeds: 0,
      apiCalls: 0,
    };
  }
  const answer = await gatherWechat({
    baseUrl: account.feedUrl,
    appId: account.appId,
    appSecret: account.appSecret,
    monitoredAt,
    fetcher: context.outside,
    staleWindowDays: STALE_WINDOW_DAYS,
  });
  countFeed(answer.published.state);
  const snapshots = await archive(context, answer.bodies);
  return {
    facts: [
      recordFact('account.wechat', answer.published, { ...origin, gatherer, snapshots }),
      recordFact('account.wechatInteraction', answer.interaction, {
        ...origin,
        gatherer,
        snapshots,
      }),
    ],
    feeds: 0,
    apiCalls: answer.apiCalls,
  };
}

async function archive(context: GatherContext, bodies: readonly Uint8Array[]): Promise<string[]> {
  return Promise.all(bodies.map((body) => context.deps.snapshots.put(body)));
}
