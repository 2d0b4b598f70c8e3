import { z } from 'zod';
import type { Observation } from '../../domain/account-facts.ts';
import { absent, observed, unobserved } from '../../domain/fact.ts';
import type { Account } from '../../domain/subject.ts';
import { gatherWechat } from '../../gather/accounts/wechat/gather-wechat.ts';
import { gatherFeed } from '../../gather/feeds/gather-feed.ts';
import { forEachParallel } from '../../lib/node/for-each-parallel.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';
import type { Secret } from '../../lib/pure/secret.ts';
import { credentialOf, type Source, sourcesOf } from '../../sources/index.ts';
import type { ArchiveIntake } from '../../store/archive/archive.ts';
import { insertFacts, type NewFact } from '../fact.repository.ts';
import { inspectionDb, inTransaction } from '../inspection-db.ts';
import { archivePictures } from '../observe/archive-pictures.ts';
import { observationsOf } from '../observe/observation.repository.ts';
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
  // The round's copy of the register says who is asked, not where: sources are those of now, their secrets opened when used.
  const sources = await sourcesOf(db, ids);
  const observations = await observationsOf(db as never, ids);
  await forEachParallel(waiting, ACCOUNTS, signal, async (each) => {
    const account = each.subject as Account;
    const gathered = await askSources(context, sources.get(account.id) ?? [], each);
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
  const snapshots = await archivePictures(inspectionDb(deps.store), intake, account.id, seen);
  const origin = {
    ...{ subjectId: account.id, gatherer: 'observation', gatheredAt: context.now(), snapshots },
  };
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

const FEEDS = ['rss', 'atom', 'jsonfeed'] as const;
type FeedKind = (typeof FEEDS)[number];
const isFeed = (kind: Source['kind']): kind is FeedKind => FEEDS.some((each) => each === kind);

async function askSources(
  context: RoundContext,
  sources: readonly Source[],
  each: RoundSubject,
): Promise<Gathered> {
  const intake = context.deps.archive.begin(context.round.id);
  const asking: Asking = { context, intake, monitoredAt: each.monitoredAt, id: each.subject.id };
  const feed = sources.find(({ kind }) => isFeed(kind));
  const wechat = sources.find(({ kind }) => kind === 'wechat');
  const answers = [
    ...(feed ? [await askFeed(asking, feed)] : []),
    ...(wechat ? [await askWechat(asking, wechat)] : []),
  ];
  return {
    facts: answers.flatMap(({ facts }) => facts),
    feeds: feed ? 1 : 0,
    apiCalls: answers.reduce((sum, { apiCalls }) => sum + apiCalls, 0),
    intake,
  };
}

interface Asking {
  readonly context: RoundContext;
  readonly intake: ArchiveIntake;
  readonly monitoredAt: string;
  readonly id: number;
}
type Answer = Pick<Gathered, 'facts' | 'apiCalls'>;

async function askFeed(
  { context, intake, monitoredAt, id }: Asking,
  source: Source,
): Promise<Answer> {
  const origin = { subjectId: id, gatheredAt: context.now(), gatherer: 'feeds/feed' };
  const { fact, received } = await gatherFeed({
    kind: source.kind as FeedKind,
    url: source.address,
    monitoredAt,
    fetcher: context.outside,
  });
  countFeed(fact.state);
  const snapshots = archive(intake, received).slice(-1);
  return { facts: [recordFact('account.feed', fact, { ...origin, snapshots })], apiCalls: 0 };
}

async function askWechat(
  { context, intake, monitoredAt, id }: Asking,
  source: Source,
): Promise<Answer> {
  const origin = { subjectId: id, gatheredAt: context.now(), gatherer: 'accounts/wechat' };
  const secret = openCredential(context, source);
  if (typeof secret === 'string')
    return { facts: [recordFact('account.wechat', unobserved(secret), origin)], apiCalls: 0 };
  const answer = await gatherWechat({
    baseUrl: source.address,
    credential: { mode: 'secret', appId: source.identity, appSecret: secret },
    monitoredAt,
    fetcher: context.outside,
    staleWindowDays: STALE_WINDOW_DAYS,
  });
  countFeed(answer.published.state);
  const snapshots = archive(intake, answer.received);
  const seen = { ...origin, snapshots };
  return {
    facts: [
      recordFact('account.wechat', answer.published, seen),
      recordFact('account.wechatInteraction', answer.interaction, seen),
      recordFact('account.comments', answer.comments, seen),
    ],
    apiCalls: answer.apiCalls,
  };
}

/** The secret, or Chinese words why there is none. */
function openCredential(context: RoundContext, source: Source): Secret | string {
  try {
    const secret = credentialOf(context.deps.sealing, source);
    return secret ?? '信源里没有这个公众号的 AppID 或 AppSecret；请在账号的“信源”里填写';
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** Keeps every response; returns the payloads that say something. */
function archive(intake: ArchiveIntake, received: readonly ReceivedResponse[]): string[] {
  const payloads = received.map((response) => intake.add(response));
  return payloads.filter((_, index) => received[index]!.body.byteLength > 0);
}
