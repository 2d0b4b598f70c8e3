import { sql } from 'kysely';
import { computeIndex, type IndexResult } from '../derive/communication/compute-index.ts';
import { type IndexPeriod, lastWhole } from '../derive/communication/index-periods.ts';
import { countsPersons, measurePosts, type Period } from '../derive/communication/measure-posts.ts';
import { type PublishingRhythm, publishingRhythm } from '../derive/rhythm/publishing-rhythm.ts';
import type { EvidenceLevel, PostCounts, SourceKind } from '../domain/account-sources.ts';
import { type Acting, assertMay, assertSees } from '../domain/acting.ts';
import { type CalendarDate, daysBetween, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { type AccountState, limitDaysOf, stateOf, type Today } from './account-state.ts';
import { type FollowerCount, followersOf, latestFollowers } from './follower-counts.ts';
import { type KeptFormula, listFormulas } from './index-formulas.ts';
import { type MatrixDb, type MatrixDeps, matrixDb } from './matrix-db.ts';

/** A source, and how long it shows what. */
export interface PublishingSource {
  readonly id: number;
  readonly kind: SourceKind;
  readonly level: EvidenceLevel;
  readonly state: string;
  readonly stateReason: string;
  readonly nextStep: string;
  readonly newestOn: CalendarDate | null;
  readonly newestTitle: string;
  readonly newestUrl: string;
  readonly completeFrom: CalendarDate | null;
  readonly completeTo: CalendarDate | null;
  readonly checkedAt: Instant | null;
}

/** Test questions of inspectors (发问测试), and after how many days they were answered. */
export interface Replies {
  readonly asked: number;
  readonly answered: number;
  readonly medianDays: number | null;
}

/** How one account publishes. */
export interface Publishing extends Today, PublishingRhythm {
  readonly state: AccountState;
  readonly sources: readonly PublishingSource[];
  readonly replies: Replies;
  readonly followers: FollowerCount | null;
}

interface Post extends PostCounts {
  readonly sourceId: number;
  readonly itemId: string;
  readonly title: string;
  readonly url: string;
  readonly publishedOn: CalendarDate;
  readonly original: boolean | null;
}

/** Posts of two years of a busy account; more are not looked at. */
const POSTS_MAX = 20_000;

/** Throws {@link UserError} `identity.forbidden`, `account.unknown` (also outside of somebody's scope). */
export async function readPublishing(
  { store }: MatrixDeps,
  acting: Acting,
  { accountId, at }: { readonly accountId: number; readonly at: Instant },
): Promise<Publishing> {
  const db = matrixDb(store.db);
  const now: Today = { today: shanghaiDate(at), limitDays: await limitDaysOf(db) };
  const { state } = await requireAccount(db, acting, accountId, now);
  const [sources, posts] = [await sourcesOf(db, accountId), await postsOf(db, accountId)];
  const shown = sources.map(({ id, completeFrom, completeTo }) => ({
    ...{ completeFrom, completeTo },
    posts: posts.filter(({ sourceId }) => sourceId === id).map(keyed),
  }));
  return {
    ...{ ...now, state, sources, replies: await repliesOf(db, accountId) },
    followers: await latestFollowers(db, accountId, now.today),
    ...publishingRhythm(shown, now.today),
  };
}

/** The same post on two sources has the same address, or the same title on the same day. */
const keyed = ({ url, title, publishedOn, original }: Post) => ({
  ...{ publishedOn, original },
  key: title === '' ? url : `${publishedOn} ${title}`,
});

/** Communication indices (参考) of an account over the last whole week, month or year. */
export interface AccountIndices {
  readonly period: Period;
  readonly source: { readonly kind: SourceKind; readonly level: EvidenceLevel } | null;
  /** The counts are of persons, not of times: the result is an approximation. */
  readonly isOfPersons: boolean;
  readonly items: readonly (KeptFormula & { readonly result: IndexResult })[];
}

/** Throws {@link UserError} `identity.forbidden`, `account.unknown`. */
export async function readIndices(
  { store }: MatrixDeps,
  acting: Acting,
  input: { readonly accountId: number; readonly period: IndexPeriod; readonly at: Instant },
): Promise<AccountIndices> {
  const db = matrixDb(store.db);
  const today = shanghaiDate(input.at);
  const { platform } = await requireAccount(db, acting, input.accountId, { today, limitDays: 1 });
  const period = lastWhole(input.period, today);
  const source = bestFor(await sourcesOf(db, input.accountId), period);
  const posts = source === null ? [] : await postsOf(db, input.accountId);
  const measured = measurePosts(
    source === null
      ? null
      : { ...source, posts: posts.filter(({ sourceId }) => sourceId === source.id) },
    period,
    await followersOf(db, input.accountId, period),
  );
  const formulas = (await listFormulas(db)).filter(({ formula }) =>
    formula.platforms.includes(platform),
  );
  return {
    ...{ period, source: source && { kind: source.kind, level: source.level } },
    isOfPersons: source !== null && countsPersons(source.kind),
    items: formulas.map((kept) => ({ ...kept, result: computeIndex(kept.formula, measured) })),
  };
}

/** The source that shows most of the period; of equals the first registered. */
function bestFor(sources: readonly PublishingSource[], { from, to }: Period) {
  const days = ({ completeFrom, completeTo }: PublishingSource): number =>
    completeFrom === null || completeTo === null
      ? -1
      : daysBetween(completeFrom > from ? completeFrom : from, completeTo < to ? completeTo : to);
  return sources.reduce<PublishingSource | null>(
    (best, each) => (best === null || days(each) > days(best) ? each : best),
    null,
  );
}

async function requireAccount(db: MatrixDb, acting: Acting, id: number, now: Today) {
  assertMay(acting, 'registry.read');
  const { rows } = await sql<{ unitId: number; platform: string; state: AccountState }>`
    select a.sponsor_id as "unitId", a.platform, ${stateOf(now)} as state
      from account a left join account_pulse p on p.account_id = a.id where a.id = ${id}`.execute(
    db,
  );
  const unknown = (): UserError => new UserError('account.unknown', '没有这个账号。');
  const [account] = rows;
  if (account === undefined) throw unknown();
  assertSees(acting, account.unitId, unknown);
  return account;
}

async function sourcesOf(db: MatrixDb, accountId: number): Promise<PublishingSource[]> {
  const { rows } = await sql<PublishingSource>`
    select id, kind, level, state, state_reason as "stateReason", next_step as "nextStep",
           newest_on as "newestOn", newest_title as "newestTitle", newest_url as "newestUrl",
           complete_from as "completeFrom", complete_to as "completeTo", checked_at as "checkedAt"
      from account_source where account_id = ${accountId} and removed_at is null
     order by position, id`.execute(db);
  return rows.map((row) => ({
    ...row,
    checkedAt: row.checkedAt === null ? null : new Date(row.checkedAt).toISOString(),
  }));
}

async function postsOf(db: MatrixDb, accountId: number): Promise<Post[]> {
  const { rows } = await sql<Post>`
    select source_id as "sourceId", item_id as "itemId", title, url, published_on as "publishedOn", original,
           reads::float8 as reads, likes::float8 as likes, recommends::float8 as recommends,
           comments::float8 as comments, shares::float8 as shares
      from account_post where account_id = ${accountId} and not deleted
     order by published_on desc limit ${POSTS_MAX}`.execute(db);
  return rows;
}

async function repliesOf(db: MatrixDb, accountId: number): Promise<Replies> {
  const { rows } = await sql<Replies>`
    select count(*)::int as asked, count(replied_at)::int as answered,
           round((percentile_cont(0.5) within group
             (order by extract(epoch from replied_at - tested_at)) filter (where replied_at is not null)
             / 86400)::numeric, 1)::float8 as "medianDays"
      from observation
       where account_id = ${accountId} and tested_at is not null and withdrawn_at is null`.execute(
    db,
  );
  return rows[0] ?? { asked: 0, answered: 0, medianDays: null };
}
