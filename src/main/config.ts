import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { UserError } from '../lib/pure/errors.ts';
import {
  DATABASE_DEFAULTS,
  type DatabaseSettings,
  databaseSettings,
} from '../store/database-settings.ts';

/** The checkout's root: where `rulesets/` and the default data folder live. */
export const PACKAGE_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

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
