import { join, resolve } from 'node:path';
import {
  type AssessmentDeps,
  readForms,
  readScheme,
  type YearlyDeps,
} from '../assessment/index.ts';
import type { CountOwn } from '../bulletin/index.ts';
import type { CrawlerIdentity } from '../courtesy/index.ts';
import type { EvidenceDeps } from '../evidence/index.ts';
import type { FindErrorDeps } from '../finderror/index.ts';
import {
  type AuditDeps,
  type IdentityDeps,
  IdentityProvider,
  Keys,
  openAuditTrail,
  sealingOf,
} from '../identity/index.ts';
import { type InspectionDeps, lookAgain, ProgressHub } from '../inspection/index.ts';
import type { ClockTime } from '../jobs/clock/clock-times.ts';
import { LazyQueue } from '../jobs/lazy-queue.ts';
import { createFetcher } from '../lib/node/http/create-fetcher.ts';
import { loopbackRules } from '../lib/node/http/resolve-rule.ts';
import type { LifecyclePolicy } from '../lifecycle/index.ts';
import type { MatrixPolicy } from '../matrix/index.ts';
import type { NotifyDeps } from '../notify/index.ts';
import { type RectificationDeps, readPolicy } from '../rectification/index.ts';
import type { RegistryPolicy } from '../registry/index.ts';
import { loadRuleset, type RulesetDeps } from '../rulesets/index.ts';
import { sealPlain } from '../sources/index.ts';
import { Archive } from '../store/archive/archive.ts';
import { S3Segments } from '../store/archive/s3-segments.ts';
import { LocalSegments, type SegmentStore } from '../store/archive/segment-store.ts';
import type { DatabaseSettings } from '../store/database-settings.ts';
import { openEmbeddedStore } from '../store/open-embedded-store.ts';
import { openPostgresStore } from '../store/open-postgres-store.ts';
import type { Store } from '../store/store.ts';
import { openOutside } from '../survey/index.ts';
import { keepAuthorisations, type WechatDeps } from '../wechat/index.ts';
import { type Config, PACKAGE_ROOT } from './config.ts';
import { countOwnOf } from './count-own.ts';

/** Everything that commands and routes may ask for; each feature declares the part it needs. */
export interface AppDeps extends InspectionDeps, EvidenceDeps, RulesetDeps, AuditDeps {
  readonly identity: IdentityDeps;
  /** The office's own sign-in; null = only passwords. */
  readonly oidc: IdentityProvider | null;
  readonly crawler: CrawlerIdentity;
  readonly lifecycle: LifecyclePolicy;
  readonly wechat: WechatDeps['wechat'];
  readonly matrix: MatrixPolicy;
  readonly rectification: RectificationDeps['rectification'];
  readonly findError: FindErrorDeps['findError'];
  readonly assessment: AssessmentDeps['assessment'];
  readonly yearlyForms: YearlyDeps['yearlyForms'];
  readonly look: RectificationDeps['look'];
  readonly sweepTime: ClockTime | null;
  readonly notify: NotifyDeps['notify'];
  readonly registry: RegistryPolicy;
  readonly dataDir: string;
  readonly chromiumPath: string | undefined;
  readonly evidenceDir: string;
  readonly bulletinsDir: string;
  readonly templateDirs: readonly string[];
  readonly countOwn: CountOwn;
  close(): Promise<void>;
}

/** Where one process keeps its data. */
export interface Place {
  /** Local folder: the embedded database, its lock, the sample. */
  readonly dataDir: string;
  /** The PostgreSQL used instead of the embedded database, or null. */
  readonly database: DatabaseSettings | null;
  readonly evidenceDir: string;
}

/** The place that the settings mean; a folder named on the command line wins over DATABASE_URL. */
export function placeOf(config: Config, named: string | undefined, cwd: string): Place {
  const dataDir = resolve(cwd, named ?? config.dataDir);
  return {
    dataDir,
    database: named === undefined ? config.database : null,
    evidenceDir: config.evidenceDir ?? join(dataDir, 'evidence'),
  };
}

/** The office's own rules, read first: a wrong file is said before anything is opened. */
const readRules = async (
  config: Config,
): Promise<Pick<AppDeps, 'rectification' | 'assessment' | 'yearlyForms'>> => ({
  rectification: await readPolicy(config.rectificationFile),
  assessment: await readScheme(config.assessmentFile),
  yearlyForms: await readForms(join(PACKAGE_ROOT, 'assessments')),
});

/**
 * Opens a place. Throws UserError `store.locked` while another process holds its embedded database, and what
 * `openPostgresStore` throws; a PostgreSQL may be open in several processes.
 */
export async function openApp(config: Config, place: Place): Promise<AppDeps> {
  const rules = await readRules(config);
  const store =
    place.database === null
      ? await openEmbeddedStore(place.dataDir)
      : await openPostgresStore(place.database);
  const audit = await openAuditTrail({ store, dataDir: place.dataDir, ...config.audit }).catch(
    async (error: unknown) => {
      await store.close();
      throw error;
    },
  );
  // Evidence is written in the midst of a round: like the round it outlives a restart of the database.
  const patient = store.patient({ signal: new AbortController().signal });
  const archive = await Archive.open({
    store: patient,
    segments: segmentsOf(config, place.evidenceDir),
    now: () => new Date().toISOString(),
    maxBytes: config.evidence.maxBytes,
  });
  const keys = await Keys.open(
    join(place.dataDir, 'secret.key'),
    config.secretKey?.reveal() ?? null,
  );
  const sealing = sealingOf(keys);
  await sealPlain(store, sealing);
  const jobs = new LazyQueue(store);
  const wechat = wechatOf(config);
  const rulesetsDir = join(PACKAGE_ROOT, 'rulesets');
  const deps: Omit<AppDeps, 'look'> = {
    store,
    identity: { store, keys, policy: config.signIn, now: () => new Date() },
    sealing,
    oidc: config.oidc === null ? null : new IdentityProvider(config.oidc),
    jobs,
    archive,
    audit,
    lifecycle: config.lifecycle,
    wechat,
    // Asked in the midst of rounds and sweeps, which outlive a restart of the database.
    authorisations: keepAuthorisations({ store: patient, sealing, wechat }),
    matrix: config.matrix,
    ...rules,
    findError: findErrorOf(config, keys),
    sweepTime: config.sweepTime,
    notify: notifyOf(config),
    registry: config.registry,
    dataDir: place.dataDir,
    retention: config.evidence,
    evidenceDir: place.evidenceDir,
    ...bulletinParts(store, place.dataDir),
    progress: new ProgressHub(),
    userAgent: config.userAgent,
    designatedFile: config.designatedFile,
    crawler: config.crawler,
    chromiumPath: config.chromiumPath,
    ...(config.render === 'off'
      ? {}
      : { render: { looks: config.render === 'looks', chromiumPath: config.chromiumPath } }),
    rulesetsDir,
    loadRuleset: (reference) => loadRuleset({ store, rulesetsDir }, reference),
    close: async () => {
      await jobs.close();
      await audit.anchor();
      await archive.close().finally(() => store.close());
    },
  };
  return { ...deps, look: lookAgain(deps) };
}

const bulletinParts = (store: Store, dataDir: string) => ({
  bulletinsDir: join(dataDir, 'bulletins'),
  templateDirs: [join(PACKAGE_ROOT, 'templates'), join(dataDir, 'templates')],
  countOwn: countOwnOf(store),
});

const findErrorOf = (config: Config, keys: Keys): FindErrorDeps['findError'] => ({
  formPerDay: config.findErrorFormPerDay,
  keepDays: config.findErrorKeepDays,
  writerKey: () => keys.derive('finderror'),
});

/** The platform has one address for all our calls: it is not visited as sites are, and no resolve rule changes where it is. */
const wechatOf = ({ wechat, publicOrigin, userAgent }: Config): WechatDeps['wechat'] => ({
  platform: wechat,
  publicOrigin,
  openFetcher: () =>
    openOutside({
      userAgent,
      resolve: wechat === null ? [] : loopbackRules(wechat.baseUrl),
      now: () => new Date().toISOString(),
      sharedPace: null,
    }),
  now: Date.now,
});

/** Channels have one address each, which the owner of the installation wrote: no pace and no resolve rule, but the guard. */
const notifyOf = ({ publicOrigin, userAgent }: Config): NotifyDeps['notify'] => ({
  publicOrigin,
  openFetcher: (inner) =>
    createFetcher({
      ...{ userAgent, resolve: [], allowAddresses: inner, pacePerAddressMs: 0 },
      now: () => new Date().toISOString(),
    }),
});

function segmentsOf({ evidence: { s3 } }: Config, folder: string): SegmentStore {
  return s3 === null ? new LocalSegments(folder) : new S3Segments(folder, s3);
}
