import { normalName } from '../../derive/accounts/account-names.ts';
import { type AccountKey, keyText } from '../../domain/discovered-account.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { storableJson } from '../../lib/pure/storable-json.ts';
import type { JudgedCandidate } from '../discovered-line.ts';
import type { DiscoveryDb, DiscoveryTables } from './discovery-db.ts';

/** What one look at a site found. */
export interface LookFound {
  readonly siteId: number;
  readonly unitId: number;
  readonly at: Instant;
  readonly listed: readonly JudgedCandidate[];
  /** SHA-256 (hex) of archived pages by address; other pages were not kept. */
  readonly pageSnapshots: ReadonlyMap<string, string>;
  /** SHA-256 (hex) of the pictures that were kept. */
  readonly pictureSnapshots: ReadonlySet<string>;
}

export interface KeptCandidates {
  readonly added: number;
  readonly seenAgain: number;
  /** Dismissed before, and different now. */
  readonly reopened: number;
}

/**
 * Puts a look's candidates into the queue, inside the caller's transaction. Registered ones are not queued; what is queued and has been
 * registered since is marked. A dismissed one stays dismissed unless its id, name or match changed; a decision is never undone otherwise.
 */
export async function keepCandidates(db: DiscoveryDb, look: LookFound): Promise<KeptCandidates> {
  const counts = { added: 0, seenAgain: 0, reopened: 0 };
  for (const judged of look.listed) {
    const known = await findKnown(db, identitiesOf(judged, look.siteId));
    if (known === undefined) {
      if (isSettled(judged)) continue;
      await keepSightings(db, await insert(db, judged, look), judged, look);
      counts.added += 1;
      continue;
    }
    if (await update(db, known, judged, look)) counts.reopened += 1;
    else counts.seenAgain += 1;
    await keepSightings(db, known.id, judged, look);
  }
  return counts;
}

/** Registered: by its id, or by its name where the page says nothing but the name. */
const isSettled = ({ candidate, answer: { match, account } }: JudgedCandidate): boolean =>
  match === 'matched' ||
  (account !== null &&
    candidate.key.idKind === 'name' &&
    normalName(account.name) === normalName(candidate.key.id));

/** Of an account that only has a name, with the site that shows it: two bodies may use one name. */
const identityOf = (key: AccountKey, siteId: number): string =>
  key.idKind === 'name' ? `${keyText(key)}@${siteId}` : keyText(key);

const identitiesOf = ({ candidate: { key, otherKeys } }: JudgedCandidate, siteId: number) =>
  [key, ...otherKeys].map((each) => identityOf(each, siteId));

type Known = Pick<
  DiscoveryTables['discovered_account'],
  'identity' | 'name' | 'state' | 'dismissed_as' | 'match'
> & { readonly id: number };

const findKnown = (db: DiscoveryDb, identities: readonly string[]): Promise<Known | undefined> =>
  db
    .selectFrom('discovered_account')
    .select(['id', 'identity', 'name', 'state', 'dismissed_as', 'match'])
    .where('identity', 'in', identities)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();

/** What a dismissal was about: when one of these changes, somebody must look again. */
export const dismissalOf = (identity: string, name: string | null, match: string): string =>
  [identity, normalName(name ?? ''), match].join('\n');

async function insert(db: DiscoveryDb, judged: JudgedCandidate, look: LookFound): Promise<number> {
  const { candidate, answer, score, reasons } = judged;
  const { key, name } = candidate;
  const { id } = await db
    .insertInto('discovered_account')
    .values({
      ...{ identity: identityOf(key, look.siteId), platform: key.platform, id_kind: key.idKind },
      ...{ account_key: key.id, name, site_id: look.siteId, unit_id: look.unitId },
      ...{ match: answer.match, registered_id: answer.account?.id ?? null, score },
      ...{ reasons: storableJson(reasons), state: 'open', reason: null, decided_by: null },
      ...{ decided_by_id: null, decided_at: null, case_id: null, dismissed_as: null },
      ...{ first_seen_at: look.at, last_seen_at: look.at },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Whether a dismissed one came back. */
async function update(
  db: DiscoveryDb,
  known: Known,
  { candidate, answer, score, reasons }: JudgedCandidate,
  look: LookFound,
): Promise<boolean> {
  const name = candidate.name ?? known.name;
  const isBack =
    known.state === 'dismissed' &&
    answer.match !== 'matched' &&
    known.dismissed_as !== dismissalOf(known.identity, name, answer.match);
  await db
    .updateTable('discovered_account')
    .set({
      ...{ name, match: answer.match, registered_id: answer.account?.id ?? null, score },
      ...{ reasons: storableJson(reasons), last_seen_at: look.at },
      ...(isBack
        ? { state: 'open' as const, reason: '不予纳入之后名称或比对结果有变化，重新列出' }
        : {}),
    })
    .where('id', '=', known.id)
    .execute();
  return isBack;
}

async function keepSightings(
  db: DiscoveryDb,
  id: number,
  { candidate }: JudgedCandidate,
  { at, pageSnapshots, pictureSnapshots }: LookFound,
): Promise<void> {
  for (const seen of candidate.sightings) {
    const picture = seen.snapshot !== null && pictureSnapshots.has(seen.snapshot);
    const row = {
      ...{ place: seen.place, words: seen.words, name: seen.name, address: seen.address },
      ...{ picture: seen.picture, picture_snapshot: picture ? seen.snapshot : null },
      ...{ page_snapshot: pageSnapshots.get(seen.foundOn) ?? null, last_seen_at: at },
    };
    await db
      .insertInto('discovered_sighting')
      .values({
        ...{ discovered_id: id, page_url: seen.foundOn, via: seen.via, first_seen_at: at },
        ...row,
      })
      .onConflict((conflict) =>
        conflict.columns(['discovered_id', 'page_url', 'via']).doUpdateSet(row),
      )
      .execute();
  }
}
