import { z } from 'zod';
import type { Observation } from '../../domain/account-facts.ts';
import type { SourceView } from '../../domain/account-sources.ts';
import { absent, type Fact, observed } from '../../domain/fact.ts';
import type { Account } from '../../domain/subject.ts';
import type { QuotaCounter } from '../../gather/accounts/wechat/wechat-quotas.ts';
import { forEachParallel } from '../../lib/node/for-each-parallel.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';
import {
  type AskedSource,
  askSource,
  isAsked,
  keepOutcomes,
  keepPast,
  ownerOf,
  rememberSeen,
  type Source,
  sourcesOf,
  storedQuotas,
  submittedView,
} from '../../sources/index.ts';
import type { ArchiveIntake } from '../../store/archive/archive.ts';
import { insertFacts, type NewFact } from '../fact.repository.ts';
import { inspectionDb, inTransaction } from '../inspection-db.ts';
import { archivePictures } from '../observe/archive-pictures.ts';
import { observationsOf, standingOnly } from '../observe/observation.repository.ts';
import { recordFact } from '../record-facts.ts';
import {
  findRoundSubjects,
  lockStage,
  markSubject,
  type RoundSubject,
} from '../round.repository.ts';
import { countFeed } from '../round-metrics.ts';
import { accountFactsOf, type SeenSource } from './account-facts-of.ts';
import { checkTitles } from './check-titles.ts';
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

/** What asking needs of a round, or of a look after it. */
type AskContext = Pick<RoundContext, 'deps' | 'round' | 'outside' | 'now'>;

interface Gathered {
  readonly seen: readonly SeenSource[];
  readonly intake: ArchiveIntake;
}

/** Asks all sources of the accounts, and takes in what inspectors saw and units reported. */
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
  const quotas = storedQuotas(db);
  await forEachParallel(waiting, ACCOUNTS, signal, async (each) => {
    const account = each.subject as Account;
    const own = sources.get(account.id) ?? [];
    const gathered = await askSources(context, own, { ...each, quotas });
    signal.throwIfAborted();
    const submitted = await submittedView(db, own, each.monitoredAt);
    await keepAccount(context, account, gathered, {
      sights: observations.get(account.id) ?? [],
      submitted,
    });
  });
}

/** What people bring, not the system. */
interface Brought {
  readonly sights: readonly Observation[];
  readonly submitted: Fact<SourceView> | null;
}

async function keepAccount(
  context: RoundContext,
  account: Account,
  { seen, intake }: Gathered,
  { sights, submitted }: Brought,
): Promise<void> {
  const { deps, round } = context;
  const shown = await factsShown(context, account, { seen, intake }, { sights, submitted });
  const all = [...shown, ...(await checkTitles(context, account.id, shown))];
  await intake.settle();
  await inTransaction(deps.store, async (trx) => {
    if ((await lockStage(trx, round.id, account)) !== 'planned') return;
    await intake.index(trx);
    const owner = { roundId: round.id, kind: 'account', subjectId: account.id } as const;
    // What was taken back while we asked the sources is not taken in.
    const standing = await standingOnly(trx, account.id, sights);
    await insertFacts(
      trx,
      owner,
      all.map((fact) => (fact.key === 'account.observations' ? withSights(fact, standing) : fact)),
    );
    // What a made-up round sees is of the past: its posts are posts, but it says nothing of how the sources stand now.
    if (round.clock === 'live') await keepOutcomes(trx, deps.sealing, seen);
    else await keepPast(trx, seen);
    await markSubject(trx, round.id, account, {
      stage: 'gathered',
      feeds: seen.filter(({ outcome }) => outcome.feed !== undefined).length,
      api_calls: seen.reduce(
        (sum, { outcome }) => sum + (outcome.feed === undefined ? outcome.calls : 0),
        0,
      ),
    });
  });
}

const withSights = (fact: NewFact, sights: readonly Observation[]): NewFact => ({
  ...fact,
  ...(sights.length > 0 ? observed(sights) : absent),
});

/** What sources and people show of an account, as facts. */
async function factsShown(
  { deps, now }: AskContext,
  { id }: Account,
  { seen, intake }: Gathered,
  { sights, submitted }: Brought,
): Promise<NewFact[]> {
  const origin = { subjectId: id, gatheredAt: now() };
  const pictures = await archivePictures(inspectionDb(deps.store), intake, id, sights);
  return [
    ...accountFactsOf(seen, submitted, origin),
    recordFact('account.observations', sights.length > 0 ? observed(sights) : absent, {
      ...{ ...origin, gatherer: 'observation', snapshots: pictures },
    }),
  ];
}

/** Looks at one account after its round, as a round does; what it shows is kept by the caller. */
export async function lookAtAccount(
  context: AskContext,
  { account, monitoredAt }: { readonly account: Account; readonly monitoredAt: Instant },
): Promise<{ facts: NewFact[]; index: (trx: unknown) => Promise<void> }> {
  const db = inspectionDb(context.deps.store);
  const own = (await sourcesOf(db, [account.id])).get(account.id) ?? [];
  const gathered = await askSources(context, own, {
    ...{ subject: account, monitoredAt, quotas: storedQuotas(db) },
  });
  const sights = (await observationsOf(db as never, [account.id])).get(account.id) ?? [];
  const submitted = await submittedView(db, own, monitoredAt);
  const facts = await factsShown(context, account, gathered, { sights, submitted });
  await gathered.intake.settle();
  return { facts, index: (trx) => gathered.intake.index(trx as never) };
}

/** Whose sources are asked, and who counts the calls. */
interface AskedSubject extends Pick<RoundSubject, 'subject' | 'monitoredAt'> {
  readonly quotas: QuotaCounter;
}

/** One after another: an account's sources often stand at the same address. */
async function askSources(
  context: AskContext,
  sources: readonly Source[],
  { subject, monitoredAt, quotas }: AskedSubject,
): Promise<Gathered> {
  const { deps, round } = context;
  const account = subject as Account;
  const intake = deps.archive.begin(round.id);
  const asked: AskedSource[] = [];
  const snapshots = new Map<number, string[]>();
  for (const source of sources.filter(isAsked)) {
    const outcome = await askSource(deps.sealing, {
      ...{ source, monitoredAt, now: context.now(), fetcher: context.outside, quotas },
      account: ownerOf(account.name, account.accountId),
      ...{ windowDays: STALE_WINDOW_DAYS, wantsInteraction: true },
      authorisations: deps.authorisations,
    });
    countFeed(outcome.view.state);
    snapshots.set(source.id, archive(intake, outcome.received));
    asked.push({ source, outcome, at: context.now() });
  }
  const remembered =
    round.clock === 'live' ? await rememberSeen(inspectionDb(deps.store), asked) : asked;
  return {
    intake,
    seen: remembered.map((each) => ({ ...each, snapshots: snapshots.get(each.source.id) ?? [] })),
  };
}

/** Keeps every response; returns the payloads that say something. */
function archive(intake: ArchiveIntake, received: readonly ReceivedResponse[]): string[] {
  const payloads = received.map((response) => intake.add(response));
  return payloads.filter((_, index) => received[index]!.body.byteLength > 0);
}
