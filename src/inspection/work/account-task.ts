import { z } from 'zod';
import type { Observation } from '../../domain/account-facts.ts';
import { absent, type Fact, observed, unobserved } from '../../domain/fact.ts';
import type { Account } from '../../domain/subject.ts';
import { gatherFeed } from '../../gather/feeds/gather-feed.ts';
import { gatherWechat } from '../../gather/feeds/gather-wechat.ts';
import { forEachParallel } from '../../lib/node/for-each-parallel.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';
import { accountSecrets } from '../../registry/index.ts';
import type { ArchiveIntake } from '../../store/archive/archive.ts';
import { insertFacts, type NewFact } from '../fact.repository.ts';
import { inspectionDb, inTransaction } from '../inspection-db.ts';
import { observationsOf } from '../observation.repository.ts';
import { recordFact } from '../record-facts.ts';
import {
  findRoundSubjects,
  lockStage,
  markSubject,
  type RoundSubject,
} from '../round.repository.ts';
import { countFeed } from '../round-metrics.ts';
import type { RoundContext } from './round-context.ts';
import type { NewTask } from './task.repository.ts';

/** Accounts of one task, asked at the same time: an answer is small and quick, or slow and worth waiting beside others. */
const ACCOUNTS = 10;
const STALE_WINDOW_DAYS = 14;

const AccountsPayload = z.object({ subjectIds: z.array(z.number().int()) });

export function planAccounts(accounts: readonly RoundSubject[]): NewTask[] {
  const tasks: NewTask[] = [];
  for (let start = 0; start < accounts.length; start += ACCOUNTS) {
    const subjectIds = accounts.slice(start, start + ACCOUNTS).map(({ subject }) => subject.id);
    tasks.push({
      key: String(subjectIds[0]).padStart(9, '0'),
      payload: { subjectIds },
      startAfter: null,
    });
  }
  return tasks;
}

interface Gathered {
  readonly facts: readonly NewFact[];
  readonly feeds: number;
  readonly apiCalls: number;
  readonly intake: ArchiveIntake;
}

/** Asks the accounts' sources, and takes in what inspectors saw. */
export async function gatherAccounts(
  context: RoundContext,
  payload: unknown,
  signal: AbortSignal,
): Promise<void> {
  const { subjectIds } = AccountsPayload.parse(payload);
  const db = inspectionDb(context.deps.store);
  const waiting = (await findRoundSubjects(db, context.round.id, 'account', subjectIds)).filter(
    ({ stage }) => stage === 'planned',
  );
  const ids = waiting.map(({ subject }) => subject.id);
  // The round's copy of the register holds no secrets; they come from the register when they are used.
  const secrets = await accountSecrets(db, ids);
  const observations = await observationsOf(db as never, ids);
  await forEachParallel(waiting, ACCOUNTS, signal, async (each) => {
    const account = {
      ...(each.subject as Account),
      appSecret: secrets.get(each.subject.id) ?? null,
    };
    const gathered = await askSource(context, account, each);
    signal.throwIfAborted();
    await keepAccount(context, account, gathered, observations.get(account.id) ?? []);
  });
}

async function keepAccount(
  context: RoundContext,
  account: Account,
  { facts, feeds, apiCalls, intake }: Gathered,
  seen: readonly Observation[],
): Promise<void> {
  const { deps, round } = context;
  const origin = { subjectId: account.id, gatherer: 'observation', gatheredAt: context.now() };
  const all = [
    ...facts,
    recordFact('account.observations', seen.length > 0 ? observed(seen) : absent, origin),
  ];
  await intake.settle();
  await inTransaction(deps.store, async (trx) => {
    if ((await lockStage(trx, round.id, account)) !== 'planned') return;
    await intake.index(trx);
    await insertFacts(trx, { roundId: round.id, kind: 'account', subjectId: account.id }, all);
    await markSubject(trx, round.id, account, {
      stage: 'gathered',
      feeds,
      api_calls: apiCalls,
    });
  });
}

async function askSource(
  context: RoundContext,
  account: Account,
  { monitoredAt }: RoundSubject,
): Promise<Gathered> {
  const origin = { subjectId: account.id, gatheredAt: context.now() };
  const intake = context.deps.archive.begin(context.round.id);
  if (account.feedKind === 'none') return { facts: [], feeds: 0, apiCalls: 0, intake };
  if (account.feedKind === 'wechat')
    return { ...(await askWechat(context, account, monitoredAt, { ...origin, intake })), intake };
  const { fact, received } = await gatherFeed({
    kind: account.feedKind,
    url: account.feedUrl,
    monitoredAt,
    fetcher: context.outside,
  });
  countFeed(fact.state);
  const snapshots = archive(intake, received).slice(-1);
  return {
    facts: [recordFact('account.feed', fact, { ...origin, gatherer: 'feeds/feed', snapshots })],
    feeds: 1,
    apiCalls: 0,
    intake,
  };
}

async function askWechat(
  context: RoundContext,
  account: Account,
  monitoredAt: string,
  { intake, ...origin }: { subjectId: number; gatheredAt: string; intake: ArchiveIntake },
): Promise<Omit<Gathered, 'intake'>> {
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
  const snapshots = archive(intake, answer.received);
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

/** Keeps every response; returns the payloads that say something. */
function archive(intake: ArchiveIntake, received: readonly ReceivedResponse[]): string[] {
  const payloads = received.map((response) => intake.add(response));
  return payloads.filter((_, index) => received[index]!.body.byteLength > 0);
}
