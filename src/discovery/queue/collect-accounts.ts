import { nameOfWords } from '../../derive/accounts/account-names.ts';
import { accountOfAddress } from '../../derive/accounts/account-of-address.ts';
import { HOST_RULES } from '../../derive/accounts/host-rules.ts';
import { readPageAccounts } from '../../derive/accounts/page-accounts.ts';
import { RegisterIndex } from '../../derive/accounts/register-index.ts';
import { siteIdentity } from '../../derive/accounts/site-identity.ts';
import type { AccountSighting } from '../../domain/discovered-account.ts';
import type { Site } from '../../domain/subject.ts';
import { CodePool } from '../../gather/pictures/code-pool.ts';
import { recordAudit } from '../../identity/index.ts';
import { type HomePage, newestHomePages } from '../../inspection/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { storableJson } from '../../lib/pure/storable-json.ts';
import { listSites } from '../../registry/index.ts';
import type { Archive } from '../../store/archive/archive.ts';
import type { Store } from '../../store/store.ts';
import { newestSurveys, openOutside, surveyedLinksTo } from '../../survey/index.ts';
import { judgeSightings } from '../discovered-line.ts';
import { completeSightings, type LookIo } from '../look/complete-sightings.ts';
import { LOOK_BUDGET } from '../look/look-budget.ts';
import { registeredAccounts } from '../registered-accounts.ts';
import { discoveryDb } from './discovery-db.ts';
import { type KeptCandidates, keepCandidates } from './keep-candidates.ts';

export interface CollectDeps {
  readonly store: Store;
  readonly archive: Archive;
  readonly userAgent: string;
}

export interface CollectInput {
  readonly actor: string;
  readonly now: () => Instant;
  readonly signal: AbortSignal;
  /** Sites looked at in this run at the most; what is left is done by the next. */
  readonly sites?: number;
}

export interface Collected extends KeptCandidates {
  readonly sites: number;
  /** Sites whose home page is no longer in the archive. */
  readonly gone: number;
}

const SITES_MAX = 2_000;

/**
 * Looks for accounts on the home pages that rounds gathered, and in the links of whole-site surveys, each once; what is found goes into
 * the queue. Pages come from the archive; pictures, short links and articles are asked for as `accounts discover` does. Safe to run
 * again and beside others: a site is done in one transaction, with an audit row.
 */
export async function collectAccounts(deps: CollectDeps, input: CollectInput): Promise<Collected> {
  const waiting = (await waitingSites(deps)).slice(0, input.sites ?? SITES_MAX);
  const total = { sites: 0, gone: 0, added: 0, seenAgain: 0, reopened: 0 };
  if (waiting.length === 0) return total;
  const register = new RegisterIndex(await registeredAccounts(deps.store));
  await using codes = new CodePool();
  for (const site of waiting) {
    input.signal.throwIfAborted();
    const kept = await lookAtWaiting(deps, input, site, { register, codes });
    total.sites += 1;
    if (kept === null) total.gone += 1;
    else for (const name of ['added', 'seenAgain', 'reopened'] as const) total[name] += kept[name];
  }
  return total;
}

interface WaitingSite {
  readonly site: Site;
  readonly home: HomePage;
  /** The survey whose links are read too; null = the site was not walked whole. */
  readonly surveyId: number | null;
  /** What the look is of: never taken twice. */
  readonly source: string;
}

async function waitingSites({ store }: CollectDeps): Promise<WaitingSite[]> {
  const sites = new Map((await listSites(store.db)).map((site) => [site.id, site]));
  const surveys = new Map((await newestSurveys(store.db)).map((each) => [each.siteId, each]));
  const looks = await discoveryDb(store.db)
    .selectFrom('discovery_look')
    .select(['source', 'site_id'])
    .execute();
  const done = new Set(looks.map(({ source, site_id }) => `${site_id} ${source}`));
  return (await newestHomePages(store.db)).flatMap((home) => {
    const site = sites.get(home.siteId);
    const surveyId = surveys.get(home.siteId)?.surveyId ?? null;
    const source = `${home.roundId}:${home.snapshot}${surveyId === null ? '' : `:${surveyId}`}`;
    return site === undefined || done.has(`${site.id} ${source}`)
      ? []
      : [{ site, home, surveyId, source }];
  });
}

async function lookAtWaiting(
  deps: CollectDeps,
  { actor, now, signal }: CollectInput,
  { site, home, surveyId, source }: WaitingSite,
  tools: { readonly register: RegisterIndex; readonly codes: CodePool },
): Promise<KeptCandidates | null> {
  const { store, archive, userAgent } = deps;
  const bytes = await archive.get(home.snapshot);
  const fetcher = openOutside({ userAgent, resolve: home.resolveRules, now, sharedPace: null });
  const intake = archive.begin(home.roundId);
  const pictureSnapshots = new Set<string>();
  const io: LookIo = {
    ...{ fetcher, codes: tools.codes, signal },
    keep: (responses) => {
      for (const response of responses) pictureSnapshots.add(intake.add(response));
    },
  };
  try {
    const pages = bytes === null ? [] : [readHome(home, bytes)];
    const links = surveyId === null ? [] : await surveyLinks(deps, surveyId);
    const found = await completeSightings(
      io,
      [...pages, { sightings: links, pictures: [], toldApart: [] }],
      LOOK_BUDGET,
    );
    const identity = siteIdentity(new URL(home.url).hostname, [site.name, site.sponsorName]);
    const { listed } = judgeSightings(found.sightings, identity, tools.register);
    await intake.settle();
    return await store.transaction(async (trx) => {
      await intake.index(trx);
      const db = discoveryDb(trx);
      const kept = await keepCandidates(db, {
        ...{ siteId: site.id, unitId: site.sponsorId, at: now(), listed, pictureSnapshots },
        pageSnapshots: new Map([[home.url, home.snapshot]]),
      });
      const notes = bytes === null ? ['首页的原件已不在证据库'] : found.hitLimits;
      await db
        .insertInto('discovery_look')
        .values({
          ...{ source, site_id: site.id, looked_at: now(), pages: pages.length },
          ...{ found: listed.length, notes: storableJson(notes) },
        })
        .onConflict((conflict) => conflict.columns(['source', 'site_id']).doNothing())
        .execute();
      await recordAudit(trx, {
        ...{ actor, action: 'discovery.collect', subject: `site:${site.id}` },
        detail: { ...kept, notes: notes.length },
      });
      return bytes === null && links.length === 0 ? null : kept;
    });
  } finally {
    await fetcher.close();
  }
}

const readHome = ({ url, contentType, snapshot, fetchedAt }: HomePage, bytes: Uint8Array) =>
  readPageAccounts({ bytes, contentType, url, today: shanghaiDate(fetchedAt), snapshot });

/** Addresses of accounts by their hosts, and of packages. */
const PATTERNS = [
  ...[...HOST_RULES.keys()].flatMap((host) => [`http%://${host}/%`, `http%://www.${host}/%`]),
  ...['http%.apk', 'http%.ipa'],
];

/** Where on its page a surveyed link stands is not known: it counts as in an article, so only a name of the site's own lists it. */
async function surveyLinks({ store }: CollectDeps, surveyId: number): Promise<AccountSighting[]> {
  const links = await surveyedLinksTo(store.db, surveyId, PATTERNS);
  return links.flatMap(({ url, text, from }) => {
    const reading = accountOfAddress(url);
    if (reading?.kind !== 'account') return [];
    const name = reading.via === 'article' ? null : nameOfWords(text);
    return [
      {
        ...{ key: reading.key, name, via: reading.via, foundOn: from, place: 'article' as const },
        ...{ words: text.slice(0, 120), address: url, picture: null, snapshot: null },
      },
    ];
  });
}
