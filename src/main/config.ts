import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { ABOUT_PATH, type CrawlerIdentity } from '../courtesy/index.ts';
import { isIssuerSafe, type OidcSettings, type SignInPolicy } from '../identity/index.ts';
import type { ClockTime } from '../jobs/clock/clock-times.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Secret } from '../lib/pure/secret.ts';
import type { LifecyclePolicy } from '../lifecycle/index.ts';
import type { MatrixPolicy } from '../matrix/index.ts';
import type { RegistryPolicy } from '../registry/index.ts';
import type { S3Options } from '../store/archive/s3-segments.ts';
import { type DatabaseSettings, databaseSettings } from '../store/database-settings.ts';
import type { WechatPlatform } from '../wechat/index.ts';
import { nearestSetting } from './nearest-setting.ts';
import {
  defaultWords,
  type LOG_LEVELS,
  type RENDER_MODES,
  SETTING_NAMES,
  SETTINGS,
  type SettingName,
  wordsOf,
} from './settings.ts';

/** The checkout's root: where `rulesets/` and the default data folder live. */
export const PACKAGE_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** This deployment's settings, read once at start. Ports are TCP ports on 127.0.0.1. */
export interface Config {
  readonly dataDir: string;
  /** Null = the embedded database of the data folder. */
  readonly database: DatabaseSettings | null;
  /** Where the fetched bytes are kept; null = `evidence/` in the data folder. */
  readonly evidenceDir: string | null;
  readonly port: number;
  /** Origin that a reverse proxy serves us under; null = loopback only. */
  readonly publicOrigin: string | null;
  readonly secretKey: Secret | null;
  readonly signIn: SignInPolicy;
  /** Null = only passwords. */
  readonly oidc: OidcSettings | null;
  readonly wechat: WechatPlatform | null;
  readonly userAgent: string;
  /** List of the items that every site has to reprint; null = none. */
  readonly designatedFile: string | null;
  /** Who we are to the sites that we visit. */
  readonly crawler: CrawlerIdentity;
  readonly chromiumPath: string | undefined;
  readonly render: (typeof RENDER_MODES)[number];
  /** How long cases and confirmations may take. */
  readonly lifecycle: LifecyclePolicy;
  /** How long units have to mend what was found, and when they are reminded: a file. */
  readonly rectificationFile: string;
  readonly assessmentFile: string;
  /** When operators are told of silent accounts. */
  readonly matrix: MatrixPolicy;
  /** Messages that the public form of find-error takes a day; 0 = it is closed. */
  readonly findErrorFormPerDay: number;
  /** Days that name and contact of whoever wrote are kept after the answer. */
  readonly findErrorKeepDays: number;
  /** When accounts are swept every day; null = only when somebody asks for it. */
  readonly sweepTime: ClockTime | null;
  /** When an import needs a second person, how long comparisons are kept. */
  readonly registry: RegistryPolicy;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Whether somebody asked for that level. */
  readonly isLogLevelGiven: boolean;
  readonly evidence: {
    /** Whole rounds and days for which everything is kept; null = for ever. */
    readonly keepRounds: number | null;
    readonly keepDays: number | null;
    /** Bytes of the archive at the most; null = no limit. */
    readonly maxBytes: number | null;
    /** Null = segments stay in the data folder. */
    readonly s3: S3Options | null;
  };
  readonly audit: {
    /** Null = the data folder's own key. */
    readonly key: Secret | null;
    /** Null = for ever. */
    readonly keepDays: number | null;
  };
}

/** A wrong value may be long; this much of it is enough to find it. */
const VALUE_SHOWN = 60;

/** Reads the environment; throws {@link UserError} `config.invalid` naming every setting that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = givenIn(environment);
  const parsed = SETTINGS.safeParse(given);
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map((issue) => issue.path[0] as SettingName));
    throw new UserError('config.invalid', '环境变量设置有误，改正后再启动。', {
      details: [...wrong].map((name) => refusal(name, given[name] ?? '')),
    });
  }
  const env = parsed.data;
  const crawler = crawlerOf(env);
  return {
    dataDir: resolve(env.XUNJIAN_DATA ?? join(PACKAGE_ROOT, 'data')),
    database: databaseOf(env),
    evidenceDir: env.XUNJIAN_EVIDENCE_DIR ? resolve(env.XUNJIAN_EVIDENCE_DIR) : null,
    port: env.XUNJIAN_PORT,
    publicOrigin:
      env.XUNJIAN_PUBLIC_URL === undefined ? null : new URL(env.XUNJIAN_PUBLIC_URL).origin,
    secretKey: env.XUNJIAN_SECRET_KEY ?? null,
    signIn: {
      passwordMin: env.XUNJIAN_PASSWORD_MIN,
      passwordsRemembered: env.XUNJIAN_PASSWORDS_REMEMBERED,
      failuresMax: env.XUNJIAN_SIGN_IN_FAILURES,
      lockMinutes: env.XUNJIAN_LOCK_MINUTES,
      idleMinutes: env.XUNJIAN_SESSION_IDLE_MINUTES,
      sessionHours: env.XUNJIAN_SESSION_HOURS,
    },
    oidc: oidcOf(env),
    wechat: wechatOf(env),
    userAgent: crawler.userAgent,
    designatedFile:
      env.XUNJIAN_DESIGNATED_ITEMS === undefined ? null : resolve(env.XUNJIAN_DESIGNATED_ITEMS),
    crawler,
    chromiumPath: env.CHROMIUM_PATH,
    lifecycle: lifecycleOf(env),
    rectificationFile: resolve(
      env.XUNJIAN_RECTIFICATION_POLICY ?? join(PACKAGE_ROOT, 'policies', 'rectification.json'),
    ),
    assessmentFile: resolve(
      env.XUNJIAN_ASSESSMENT_SCHEME ?? join(PACKAGE_ROOT, 'assessments', 'national-2019.json'),
    ),
    matrix: { leadDays: env.XUNJIAN_ALERT_LEAD_DAYS },
    findErrorFormPerDay: env.XUNJIAN_FIND_ERROR_FORM_PER_DAY,
    findErrorKeepDays: env.XUNJIAN_FIND_ERROR_KEEP_DAYS,
    sweepTime: sweepTimeOf(env),
    registry: {
      diffDays: env.XUNJIAN_REGISTER_DIFF_DAYS,
      reviewChanges: env.XUNJIAN_IMPORT_REVIEW_CHANGES,
      reviewRemovals: env.XUNJIAN_IMPORT_REVIEW_REMOVALS,
    },
    render: env.XUNJIAN_RENDER,
    logLevel: env.XUNJIAN_LOG_LEVEL,
    isLogLevelGiven: given.XUNJIAN_LOG_LEVEL !== undefined,
    evidence: {
      keepRounds: env.XUNJIAN_EVIDENCE_KEEP_ROUNDS ?? null,
      keepDays: env.XUNJIAN_EVIDENCE_KEEP_DAYS ?? null,
      maxBytes: env.XUNJIAN_EVIDENCE_MAX_BYTES ?? null,
      s3: s3Of(env),
    },
    audit: {
      key: env.XUNJIAN_AUDIT_KEY ?? null,
      keepDays: env.XUNJIAN_AUDIT_KEEP_DAYS ?? null,
    },
  };
}

type Settings = z.output<typeof SETTINGS>;

/** Nobody answers there (RFC 2606): what stands in the user agent until the office has set an address. */
const NO_CONTACT_URL = 'https://example.invalid/xunjian-contact';

function crawlerOf(env: Settings): CrawlerIdentity {
  const own =
    env.XUNJIAN_PUBLIC_URL === undefined
      ? NO_CONTACT_URL
      : `${new URL(env.XUNJIAN_PUBLIC_URL).origin}${ABOUT_PATH}`;
  const contactUrl = env.XUNJIAN_CONTACT_URL ?? own;
  return {
    operator: env.XUNJIAN_OPERATOR ?? null,
    contact: env.XUNJIAN_CONTACT ?? null,
    addresses: env.XUNJIAN_CRAWL_ADDRESSES,
    contactUrl,
    userAgent: env.XUNJIAN_USER_AGENT ?? `Mozilla/5.0 (compatible; Xunjian/0.1; +${contactUrl})`,
  };
}

function sweepTimeOf(env: Settings): ClockTime | null {
  if (env.XUNJIAN_SWEEP_AT === 'off') return null;
  const [hours, minutes] = env.XUNJIAN_SWEEP_AT.split(':').map(Number) as [number, number];
  return { minuteOfDay: hours * 60 + minutes, windowMinutes: env.XUNJIAN_SWEEP_WINDOW_MINUTES };
}

function lifecycleOf(env: Settings): LifecyclePolicy {
  return {
    reviewWorkdays: env.XUNJIAN_CASE_REVIEW_WORKDAYS,
    approveWorkdays: env.XUNJIAN_CASE_APPROVE_WORKDAYS,
    announceDays: env.XUNJIAN_CLOSING_ANNOUNCE_DAYS,
    dueDay: env.XUNJIAN_UPKEEP_DUE_DAY,
    chaseDaysBefore: env.XUNJIAN_UPKEEP_CHASE_BEFORE,
    chaseEveryDays: env.XUNJIAN_UPKEEP_CHASE_EVERY,
  };
}

/** The database with this environment's limits; throws {@link UserError} `store.url`. */
function databaseOf(env: Settings): DatabaseSettings | null {
  if (env.DATABASE_URL === undefined) return null;
  return databaseSettings(env.DATABASE_URL.reveal(), {
    poolSize: env.XUNJIAN_DATABASE_POOL,
    connectSeconds: env.XUNJIAN_DATABASE_CONNECT_SECONDS,
    statementSeconds: env.XUNJIAN_DATABASE_STATEMENT_SECONDS,
    retrySeconds: env.XUNJIAN_DATABASE_RETRY_SECONDS,
  });
}

/** All four of endpoint, bucket and keys, or none; throws {@link UserError} `config.invalid` for some of them. */
function s3Of(env: Settings): S3Options | null {
  const {
    XUNJIAN_EVIDENCE_S3_ENDPOINT: endpoint,
    XUNJIAN_EVIDENCE_S3_BUCKET: bucket,
    XUNJIAN_EVIDENCE_S3_ACCESS_KEY: accessKey,
    XUNJIAN_EVIDENCE_S3_SECRET_KEY: secretKey,
  } = env;
  if (endpoint && bucket && accessKey && secretKey) {
    const { XUNJIAN_EVIDENCE_S3_REGION: region, XUNJIAN_EVIDENCE_S3_PREFIX: prefix } = env;
    return { endpoint, bucket, accessKey: accessKey.reveal(), secretKey, region, prefix };
  }
  const missing = Object.entries({
    XUNJIAN_EVIDENCE_S3_ENDPOINT: endpoint,
    XUNJIAN_EVIDENCE_S3_BUCKET: bucket,
    XUNJIAN_EVIDENCE_S3_ACCESS_KEY: accessKey,
    XUNJIAN_EVIDENCE_S3_SECRET_KEY: secretKey,
  }).filter(([, value]) => value === undefined);
  if (missing.length === 4) return null;
  throw new UserError('config.invalid', '证据库（S3）的设置不全。', {
    details: missing.map(([name]) => `${name}：没有设`),
  });
}

/** Issuer, client and its secret together, or none of them; throws {@link UserError} `config.invalid` for some of them. */
function oidcOf(env: Settings): OidcSettings | null {
  const {
    XUNJIAN_OIDC_ISSUER: issuer,
    XUNJIAN_OIDC_CLIENT_ID: clientId,
    XUNJIAN_OIDC_CLIENT_SECRET: clientSecret,
  } = env;
  if (issuer && clientId && clientSecret) {
    if (!isIssuerSafe(issuer))
      throw new UserError('config.invalid', '统一身份登录（OIDC）的发行者地址不能用。', {
        details: [
          'XUNJIAN_OIDC_ISSUER：要用 https://（只有本机地址可以用 http://），不带 ? 和 # 后面的部分，' +
            '也不带 /.well-known/openid-configuration。',
        ],
      });
    const { XUNJIAN_OIDC_NAME: name, XUNJIAN_OIDC_CLAIM: claim, XUNJIAN_OIDC_SCOPE: scope } = env;
    return { issuer, clientId, clientSecret, name, claim, scope };
  }
  const missing = Object.entries({
    XUNJIAN_OIDC_ISSUER: issuer,
    XUNJIAN_OIDC_CLIENT_ID: clientId,
    XUNJIAN_OIDC_CLIENT_SECRET: clientSecret,
  }).filter(([, value]) => value === undefined);
  if (missing.length === 3) return null;
  throw new UserError('config.invalid', '统一身份登录（OIDC）的设置不全。', {
    details: missing.map(([name]) => `${name}：没有设；三项都设才开启，都不设就只用密码登录。`),
  });
}

/** The four of the third-party platform together, or none; throws {@link UserError} `config.invalid` for some of them. */
function wechatOf(env: Settings): WechatPlatform | null {
  const {
    XUNJIAN_WECHAT_APPID: appId,
    XUNJIAN_WECHAT_SECRET: appSecret,
    XUNJIAN_WECHAT_TOKEN: token,
    XUNJIAN_WECHAT_ENCODING_KEY: encodingKeys,
  } = env;
  if (appId && appSecret && token && encodingKeys)
    return { appId, appSecret, token, encodingKeys, baseUrl: env.XUNJIAN_WECHAT_API };
  const missing = Object.entries({
    XUNJIAN_WECHAT_APPID: appId,
    XUNJIAN_WECHAT_SECRET: appSecret,
    XUNJIAN_WECHAT_TOKEN: token,
    XUNJIAN_WECHAT_ENCODING_KEY: encodingKeys,
  }).filter(([, value]) => value === undefined);
  if (missing.length === 4) return null;
  throw new UserError('config.invalid', '微信第三方平台的设置不全。', {
    details: missing.map(([name]) => `${name}：没有设；四项都设才开启。`),
  });
}

/** A variable set to nothing counts as not set: that is how environment files switch one off. */
function givenIn(environment: NodeJS.ProcessEnv): Partial<Record<SettingName, string>> {
  return Object.fromEntries(
    SETTING_NAMES.flatMap((name) => {
      const value = environment[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
}

function refusal(name: SettingName, value: string): string {
  const { allowed, secret } = wordsOf(name);
  const shown = secret ? '[secret]' : `“${value.slice(0, VALUE_SHOWN)}”`;
  return `${name}：${shown} 不能用；应为：${allowed}。`;
}

/** Misspelt names that are worth a line each; the rest is counted. */
const WARNINGS_MAX = 20;

/** One Chinese line for every XUNJIAN_ variable that nothing reads, with the name that was probably meant. */
export function unknownSettings(environment: NodeJS.ProcessEnv = process.env): string[] {
  const unknown = Object.keys(environment)
    .filter((name) => name.startsWith('XUNJIAN_') && !(name in SETTINGS.shape))
    .sort();
  const warnings = unknown.slice(0, WARNINGS_MAX).map((name) => {
    const nearest = nearestSetting(name.slice(0, VALUE_SHOWN));
    const hint = nearest === null ? '' : `；是不是 ${nearest}？`;
    return `没有 ${name.slice(0, VALUE_SHOWN)} 这个设置，没有用它${hint || '。'}`;
  });
  const more = unknown.length - warnings.length;
  return more > 0 ? [...warnings, `另有 ${more} 个 XUNJIAN_ 变量也没有用。`] : warnings;
}

/** One line of the effective configuration. */
export interface EffectiveSetting {
  readonly name: SettingName;
  readonly value: string;
  readonly origin: 'default' | 'environment' | 'option';
  readonly meaning: string;
}

/** What is really used and where each value comes from, without secrets. `dataOption` = `--data` as resolved, if given. */
export function effectiveSettings(
  dataOption: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): EffectiveSetting[] {
  const config = readConfig(environment);
  const given = givenIn(environment);
  const computed: Partial<Record<SettingName, string>> = {
    XUNJIAN_DATA: dataOption ?? config.dataDir,
    XUNJIAN_USER_AGENT: config.userAgent,
    XUNJIAN_CONTACT_URL: config.crawler.contactUrl,
  };
  return SETTING_NAMES.map((name) => {
    const { meaning, secret } = wordsOf(name);
    const value = given[name];
    const shown = value !== undefined && secret ? hidden(name, value) : value;
    return {
      name,
      value: computed[name] ?? shown ?? defaultWords(name),
      origin:
        name === 'XUNJIAN_DATA' && dataOption !== undefined
          ? 'option'
          : value === undefined
            ? 'default'
            : 'environment',
      meaning,
    };
  });
}

/** A connection address without user, password and parameters; any other secret not at all, though it look like an address. */
function hidden(name: SettingName, value: string): string {
  const url = name === 'DATABASE_URL' ? URL.parse(value) : null;
  return url === null ? '[secret]' : `${url.protocol}//[secret]@${url.host}${url.pathname}`;
}
