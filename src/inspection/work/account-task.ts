import { z } from 'zod';
import type { Observation } from '../../domain/account-facts.ts';
import type { SourceView } from '../../domain/account-sources.ts';
import { absent, type Fact, observed } from '../../domain/fact.ts';
import type { Account } from '../../domain/subject.ts';
import { forEachParallel } from '../../lib/node/for-each-parallel.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';
import {
  type AskedSource,
  askSource,
  isAsked,
  keepOutcomes,
  ownerOf,
  rememberSeen,
  type Source,
  sourcesOf,
  submittedView,
} from '../../sources/index.ts';
import type { ArchiveIntake } from '../../store/archive/archive.ts';
import { insertFacts } from '../fact.repository.ts';
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
  await forEachParallel(waiting, ACCOUNTS, signal, async (each) => {
    const account = each.subject as Account;
    const own = sources.get(account.id) ?? [];
    const gathered = await askSources(context, own, each);
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
  const origin = { subjectId: account.id, gatheredAt: context.now() };
  const pictures = await archivePictures(inspectionDb(deps.store), intake, account.id, sights);
  const facts = accountFactsOf(seen, submitted, origin);
  const all = [...facts, ...(await checkTitles(context, account.id, facts))];
  await intake.settle();
  await inTransaction(deps.store, async (trx) => {
    if ((await lockStage(trx, round.id, account)) !== 'planned') return;
    await intake.index(trx);
    const owner = { roundId: round.id, kind: 'account', subjectId: account.id } as const;
    // What was taken back while we asked the sources is not taken in.
    const standing = await standingOnly(trx, account.id, sights);
    await insertFacts(trx, owner, [
      ...all,
      recordFact('account.observations', standing.length > 0 ? observed(standing) : absent, {
        ...{ ...origin, gatherer: 'observation', snapshots: pictures },
      }),
    ]);
    // What a made-up round sees is of the past: it says nothing of how the sources stand now.
    if (round.clock === 'live') await keepOutcomes(trx, deps.sealing, seen);
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

/** One after another: an account's sources often stand at the same address. */
async function askSources(
  context: RoundContext,
  sources: readonly Source[],
  { subject, monitoredAt }: RoundSubject,
): Promise<Gathered> {
  const { deps, round } = context;
  const account = subject as Account;
  const intake = deps.archive.begin(round.id);
  const asked: AskedSource[] = [];
  const snapshots = new Map<number, string[]>();
  for (const source of sources.filter(isAsked)) {
    const outcome = await askSource(deps.sealing, {
      ...{ source, monitoredAt, now: context.now(), fetcher: context.outside },
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
