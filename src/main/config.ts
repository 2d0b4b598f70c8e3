import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { UserError } from '../lib/pure/errors.ts';
import { Secret } from '../lib/pure/secret.ts';
import type { S3Options } from '../store/archive/s3-segments.ts';
import {
  DATABASE_DEFAULTS,
  type DatabaseSettings,
  databaseSettings,
} from '../store/database-settings.ts';

/** The checkout's root: where `rulesets/` and the default data folder live. */
export const PACKAGE_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const UNITS = { '': 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 } as const;

/** `500GB`, `2TB` or bare bytes; powers of ten, as disks are sold. */
const Bytes = z
  .string()
  .regex(/^\d+(\.\d+)? ?([KMGT]B)?$/i, '请写成 500GB、2TB 或字节数')
  .transform((text) => {
    const unit = /[KMGT]B$/i.exec(text)?.[0].toUpperCase() ?? '';
    return Math.floor(Number.parseFloat(text) * UNITS[unit as keyof typeof UNITS]);
  });

const Environment = z.object({
  XUNJIAN_DATA: z.string().min(1).optional(),
  XUNJIAN_PORT: z.coerce.number().int().min(0).max(65_535).default(8620),
  XUNJIAN_USER_AGENT: z.string().min(1).optional(),
  XUNJIAN_CONTACT_URL: z.url().default('https://example.invalid/xunjian-contact'),
  DATABASE_URL: z.string().optional(),
  XUNJIAN_DATABASE_POOL: z.coerce
    .number()
    .int()
    .min(2)
    .max(500)
    .default(DATABASE_DEFAULTS.poolSize),
  XUNJIAN_DATABASE_CONNECT_SECONDS: z.coerce
    .number()
    .min(1)
    .max(300)
    .default(DATABASE_DEFAULTS.connectSeconds),
  XUNJIAN_DATABASE_STATEMENT_SECONDS: z.coerce
    .number()
    .min(0)
    .max(86_400)
    .default(DATABASE_DEFAULTS.statementSeconds),
  XUNJIAN_DATABASE_RETRY_SECONDS: z.coerce
    .number()
    .min(0)
    .max(86_400)
    .default(DATABASE_DEFAULTS.retrySeconds),
  XUNJIAN_EVIDENCE_DIR: z.string().min(1).optional(),
  CHROMIUM_PATH: z.string().optional(),
  XUNJIAN_EVIDENCE_KEEP_ROUNDS: z.coerce.number().int().min(1).optional(),
  XUNJIAN_EVIDENCE_KEEP_DAYS: z.coerce.number().int().min(1).optional(),
  XUNJIAN_EVIDENCE_MAX_BYTES: Bytes.optional(),
  XUNJIAN_EVIDENCE_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  XUNJIAN_EVIDENCE_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
    .optional(),
  XUNJIAN_EVIDENCE_S3_REGION: z.string().min(1).default('us-east-1'),
  XUNJIAN_EVIDENCE_S3_PREFIX: z
    .string()
    .regex(/^((?!\.+\/)[\w.-]+\/)*$/, '请写成 xunjian/ 这样，以 / 结尾')
    .default(''),
  XUNJIAN_EVIDENCE_S3_ACCESS_KEY: z.string().min(1).optional(),
  XUNJIAN_EVIDENCE_S3_SECRET_KEY: z.string().min(1).optional(),
});

/** This deployment's settings, read once at start. Ports are TCP ports on 127.0.0.1. */
export interface Config {
  readonly dataDir: string;
  /** Null = the embedded database of the data folder. */
  readonly database: DatabaseSettings | null;
  /** Where the fetched bytes are kept; null = `evidence/` in the data folder. */
  readonly evidenceDir: string | null;
  readonly port: number;
  readonly userAgent: string;
  readonly chromiumPath: string | undefined;
  readonly evidence: {
    /** Whole rounds and days for which everything is kept; null = for ever. */
    readonly keepRounds: number | null;
    readonly keepDays: number | null;
    /** Bytes of the archive at the most; null = no limit. */
    readonly maxBytes: number | null;
    /** Null = segments stay in the data folder. */
    readonly s3: S3Options | null;
  };
}

/** Reads the environment; throws {@link UserError} `config.invalid` naming every setting that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const details = parsed.error.issues.map((issue) => `${issue.path.join('.')}：${issue.message}`);
    throw new UserError('config.invalid', '环境变量设置有误。', { details });
  }
  const env = parsed.data;
  return {
    dataDir: resolve(env.XUNJIAN_DATA ?? join(PACKAGE_ROOT, 'data')),
    database: env.DATABASE_URL ? readDatabase(env.DATABASE_URL, env) : null,
    evidenceDir: env.XUNJIAN_EVIDENCE_DIR ? resolve(env.XUNJIAN_EVIDENCE_DIR) : null,
    port: env.XUNJIAN_PORT,
    userAgent:
      env.XUNJIAN_USER_AGENT ??
      `Mozilla/5.0 (compatible; Xunjian/0.1; +${env.XUNJIAN_CONTACT_URL})`,
    chromiumPath: env.CHROMIUM_PATH,
    evidence: {
      keepRounds: env.XUNJIAN_EVIDENCE_KEEP_ROUNDS ?? null,
      keepDays: env.XUNJIAN_EVIDENCE_KEEP_DAYS ?? null,
      maxBytes: env.XUNJIAN_EVIDENCE_MAX_BYTES ?? null,
      s3: s3Of(env),
    },
  };
}

/** All four of endpoint, bucket and keys, or none. */
function s3Of(env: z.infer<typeof Environment>): S3Options | null {
  const given = {
    XUNJIAN_EVIDENCE_S3_ENDPOINT: env.XUNJIAN_EVIDENCE_S3_ENDPOINT,
    XUNJIAN_EVIDENCE_S3_BUCKET: env.XUNJIAN_EVIDENCE_S3_BUCKET,
    XUNJIAN_EVIDENCE_S3_ACCESS_KEY: env.XUNJIAN_EVIDENCE_S3_ACCESS_KEY,
    XUNJIAN_EVIDENCE_S3_SECRET_KEY: env.XUNJIAN_EVIDENCE_S3_SECRET_KEY,
  };
  const missing = Object.entries(given).filter(([, value]) => value === undefined);
  if (missing.length === Object.keys(given).length) return null;
  if (missing.length > 0)
    throw new UserError('config.invalid', '证据库（S3）的设置不全。', {
      details: missing.map(([name]) => `${name}：没有设`),
    });
  return {
    endpoint: given.XUNJIAN_EVIDENCE_S3_ENDPOINT ?? '',
    bucket: given.XUNJIAN_EVIDENCE_S3_BUCKET ?? '',
    accessKey: given.XUNJIAN_EVIDENCE_S3_ACCESS_KEY ?? '',
    secretKey: new Secret(given.XUNJIAN_EVIDENCE_S3_SECRET_KEY ?? ''),
    region: env.XUNJIAN_EVIDENCE_S3_REGION,
    prefix: env.XUNJIAN_EVIDENCE_S3_PREFIX,
  };
}

/** `url` with this environment's limits; throws {@link UserError} `store.url`. */
function readDatabase(url: string, env: z.infer<typeof Environment>): DatabaseSettings {
  return databaseSettings(url, {
    poolSize: env.XUNJIAN_DATABASE_POOL,
    connectSeconds: env.XUNJIAN_DATABASE_CONNECT_SECONDS,
    statementSeconds: env.XUNJIAN_DATABASE_STATEMENT_SECONDS,
    retrySeconds: env.XUNJIAN_DATABASE_RETRY_SECONDS,
  });
}
