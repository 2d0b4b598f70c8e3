import { type Kysely, sql } from 'kysely';
import type { SourceView } from '../domain/account-sources.ts';
import { type Fact, observed } from '../domain/fact.ts';
import { rememberPosts } from '../domain/view-source.ts';
import type { Sealing } from '../identity/index.ts';
import { cutText } from '../lib/pure/cut-text.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { storableJson } from '../lib/pure/storable-json.ts';
import { credentialPlace, type SourceState } from '../registry/index.ts';
import type { Outcome } from './ask/connector.ts';
import { keepFollowers, type SeenFollowers } from './follower.repository.ts';
import { keepPosts, postsSince, type SeenPosts } from './post.repository.ts';
import type { Source } from './source.ts';
import { statusAfter } from './source-state.ts';

/** A source that was asked, and what it gave. */
export interface AskedSource {
  readonly source: Source;
  readonly outcome: Outcome;
  readonly at: Instant;
}

/** The outcomes beside what was seen before: what a source showed once and does not show any more was taken back. */
export async function rememberSeen<Tables>(
  db: Kysely<Tables>,
  asked: readonly AskedSource[],
): Promise<AskedSource[]> {
  const complete = asked.flatMap(({ source, outcome: { view } }) =>
    view.state === 'observed' && view.value.completeFrom !== null
      ? [{ id: source.id, from: view.value.completeFrom }]
      : [],
  );
  const [first] = complete.map(({ from }) => from).sort();
  if (first === undefined) return [...asked];
  const seen = await postsSince(
    db,
    complete.map(({ id }) => id),
    first,
  );
  return asked.map((each) => {
    const posts = seen.get(each.source.id);
    const { view } = each.outcome;
    if (posts === undefined || view.state !== 'observed') return each;
    return {
      ...each,
      outcome: { ...each.outcome, view: observed(rememberPosts(view.value, posts)) },
    };
  });
}

const REASON_MAX = 500;

/** Keeps what sources gave: how each stands, its posts, and a credential that was renewed on the way. Returns how each stands. */
export async function keepOutcomes<Tables>(
  db: Kysely<Tables>,
  sealing: Sealing,
  asked: readonly AskedSource[],
): Promise<SourceState[]> {
  if (asked.length === 0) return [];
  const rows = asked.map((each) => rowOf(sealing, each));
  // Somebody may have changed the source meanwhile: what was told by the old one is not told by the new.
  await sql`
    update account_source s set
      state = k.state, state_reason = k.reason, next_step = k."nextStep", failures = k.failures, park_until = k."parkUntil",
      checked_at = k.at, ok_at = case when k.state = 'ok' then k.at else s.ok_at end,
      credential = coalesce(k.renewed, s.credential),
      capabilities = coalesce(k.capabilities, s.capabilities),
      newest_on = coalesce(k."newestOn", s.newest_on),
      newest_title = case when k."newestOn" is null then s.newest_title else k."newestTitle" end,
      newest_url = case when k."newestOn" is null then s.newest_url else k."newestUrl" end,
      seen_name = coalesce(k."shownName", s.seen_name),
      seen_name_at = case when k."shownName" is null then s.seen_name_at else k.at end,
      complete_from = case when k."completeTo" is null then s.complete_from
                           when k."completeFrom" <= s.complete_to + 1 then least(s.complete_from, k."completeFrom")
                           else k."completeFrom" end,
      complete_to = case when k."completeTo" is null then s.complete_to
                         else greatest(s.complete_to, k."completeTo") end
      from jsonb_to_recordset(${storableJson(rows)}::jsonb) as k(
        id integer, state text, reason text, "nextStep" text, failures integer, "parkUntil" timestamptz, at timestamptz,
        renewed text, capabilities jsonb, "newestOn" date, "newestTitle" text, "newestUrl" text, "completeFrom" date,
        "completeTo" date, kind text, address text, identity text,
        "shownName" text)
     where s.id = k.id and s.removed_at is null and s.kind = k.kind and s.address = k.address and s.identity = k.identity`.execute(
    db,
  );
  await keepPosts(db, seenPosts(asked));
  await keepFollowers(db, seenFollowers(asked));
  return rows.map(({ state }) => state);
}

const seenFollowers = (asked: readonly AskedSource[]): SeenFollowers[] =>
  asked.flatMap(({ source: { accountId, kind }, outcome }) =>
    (outcome.followers ?? []).map((each) => ({ accountId, kind, ...each })),
  );

const seenPosts = (asked: readonly AskedSource[]): SeenPosts[] =>
  asked.map(({ source, outcome: { view }, at }) => ({
    ...{ sourceId: source.id, accountId: source.accountId, at },
    posts: view.state === 'observed' ? view.value.posts : [],
  }));

/**
 * Keeps what a look at the past showed (补采): its posts, and, of a source that never showed everything, the days that it did. How
 * the sources stand now, and what was taken back since, it does not tell.
 */
export async function keepPast<Tables>(
  db: Kysely<Tables>,
  asked: readonly AskedSource[],
): Promise<void> {
  await keepPosts(db, seenPosts(asked));
  for (const { source, outcome } of asked) {
    const { view } = outcome;
    if (view.state !== 'observed' || view.value.completeTo === null) continue;
    const { completeFrom, completeTo } = view.value;
    await sql`update account_source set complete_from = ${completeFrom}::date, complete_to = ${completeTo}::date
               where id = ${source.id} and complete_to is null`.execute(db);
  }
}

function rowOf(sealing: Sealing, { source, outcome, at }: AskedSource) {
  const { view, standing, renewed, capabilities } = outcome;
  const status = statusAfter(source, standing, reasonOf(view), at);
  const { id, kind, address, identity, accountId } = source;
  const shown = view.state === 'observed' ? view.value : null;
  return {
    ...{ id, kind, address, identity, at, capabilities },
    ...{ ...status, reason: cutText(status.reason, REASON_MAX) },
    renewed: renewed && sealing.seal(credentialPlace(accountId), renewed),
    newestOn: shown?.newest?.publishedOn ?? null,
    ...{ newestTitle: shown?.newest?.title ?? '', newestUrl: shown?.newest?.url ?? '' },
    shownName: outcome.shownName || null,
    ...{ completeFrom: shown?.completeFrom ?? null, completeTo: shown?.completeTo ?? null },
  };
}

const reasonOf = (view: Fact<SourceView>): string =>
  view.state === 'unobserved' ? view.reason : '';
