import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../lib/pure/errors.ts';
import {
  defaultWords,
  type LOG_LEVELS,
  nearestSetting,
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
  readonly port: number;
  readonly userAgent: string;
  readonly chromiumPath: string | undefined;
  readonly logLevel: (typeof LOG_LEVELS)[number];
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
  return {
    dataDir: resolve(env.XUNJIAN_DATA ?? join(PACKAGE_ROOT, 'data')),
    port: env.XUNJIAN_PORT,
    userAgent:
      env.XUNJIAN_USER_AGENT ??
      `Mozilla/5.0 (compatible; Xunjian/0.1; +${env.XUNJIAN_CONTACT_URL})`,
    chromiumPath: env.CHROMIUM_PATH,
    logLevel: env.XUNJIAN_LOG_LEVEL,
  };
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
  environment: NodeJS.ProcessEnv = process.env,
  dataOption?: string,
): EffectiveSetting[] {
  const config = readConfig(environment);
  const given = givenIn(environment);
  const computed: Partial<Record<SettingName, string>> = {
    XUNJIAN_DATA: dataOption ?? config.dataDir,
    XUNJIAN_USER_AGENT: config.userAgent,
  };
  return SETTING_NAMES.map((name) => {
    const { meaning, secret } = wordsOf(name);
    const value = given[name];
    const shown = value !== undefined && secret ? withoutSecrets(value) : value;
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

/** A connection address without user, password and parameters; what is no address is shown as a whole secret. */
function withoutSecrets(value: string): string {
  const url = URL.parse(value);
  return url === null ? '[secret]' : `${url.protocol}//[secret]@${url.host}${url.pathname}`;
}
