import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { generateSync } from 'otplib';
import type { Role } from '../../src/domain/actor.ts';
import { createServer, type HttpServer } from '../../src/http/create-server.ts';
import { identifyBy, makeLink } from '../../src/identity/index.ts';
import { RoundRunner } from '../../src/inspection/index.ts';
import { type AppDeps, openApp, placeOf } from '../../src/main/app-deps.ts';
import { readConfig } from '../../src/main/config.ts';
import { registerRoutes } from '../../src/main/serve.ts';
import { listUnits } from '../../src/registry/index.ts';
import { SweepRunner } from '../../src/sources/index.ts';
import { signedIn, type TestBrowser } from '../../src/testing/signed-in.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../src/testing/temporary-store.ts';
import { type Fill, inspectedProvince } from '../e2e/fill.ts';
import type { Method } from './operations.ts';

/** An installation is a third-party platform of WeChat unless a test says otherwise; nobody is asked. */
const WECHAT_SETTINGS = {
  ...{ XUNJIAN_PUBLIC_URL: 'https://xunjian.test', XUNJIAN_WECHAT_APPID: 'wx1' },
  ...{ XUNJIAN_WECHAT_SECRET: 's', XUNJIAN_WECHAT_TOKEN: 't' },
  XUNJIAN_WECHAT_ENCODING_KEY: 'k'.repeat(43),
} as const;

/** A whole installation over HTTP without a network: every route, real users, a round gathered from the small web. */
export class Installation {
  readonly deps: AppDeps;
  readonly app: HttpServer;
  readonly runner: RoundRunner;
  readonly sweeps: SweepRunner;
  readonly folder: string;
  readonly #database: TemporaryDatabase;

  private constructor(parts: {
    deps: AppDeps;
    app: HttpServer;
    runner: RoundRunner;
    sweeps: SweepRunner;
    folder: string;
    database: TemporaryDatabase;
  }) {
    this.deps = parts.deps;
    this.app = parts.app;
    this.runner = parts.runner;
    this.sweeps = parts.sweeps;
    this.folder = parts.folder;
    this.#database = parts.database;
  }

  /** On the database of the running project; `settings` are environment variables. */
  static async open({
    fill = inspectedProvince,
    settings = {},
  }: {
    readonly fill?: Fill;
    readonly settings?: Readonly<Record<string, string>>;
  } = {}): Promise<Installation> {
    const folder = await mkdtemp(join(tmpdir(), '巡鉴 接口-'));
    const database = await temporaryDatabase();
    const config = readConfig({
      ...{ ...WECHAT_SETTINGS, XUNJIAN_DATA: folder, XUNJIAN_FIND_ERROR_FORM_PER_DAY: '50' },
      ...settings,
      ...(database.url === null ? {} : { DATABASE_URL: database.url }),
    });
    const deps = await openApp(config, placeOf(config, undefined, folder));
    await fill(deps, folder);
    const app = await createServer(identifyBy(deps.identity));
    const runner = new RoundRunner(deps);
    const sweeps = new SweepRunner(deps);
    registerRoutes(app, deps, { rounds: runner, sweeps });
    await app.ready();
    return new Installation({ deps, app, runner, sweeps, folder, database });
  }

  /** A new user of a role and unit (by name; null = none), signed in; administrators with their second factor. */
  async enter(role: Role, unit: string | null): Promise<TestBrowser> {
    const { identity, store } = this.deps;
    const units = await listUnits(store.db);
    const unitId = unit === null ? null : (units.find(({ name }) => name === unit)?.id ?? null);
    if (unit !== null && unitId === null) throw new Error(`名录里没有“${unit}”。`);
    const person = await signedIn(this.app, identity, [role], unitId);
    if (['systemAdmin', 'securityAdmin', 'auditor'].includes(role)) await secure(person);
    return person;
  }

  /** A one-time link of a kind, as the terminal prints it. */
  link(purpose: 'setup' | 'password', userId: number | null): Promise<string> {
    return makeLink(this.deps.identity, purpose, userId);
  }

  async close(): Promise<void> {
    await Promise.all([this.runner.stop(), this.sweeps.stop()]);
    await this.app.close();
    await this.deps.close();
    await this.#database.remove();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function secure(person: TestBrowser): Promise<void> {
  const offered = await person.call('POST', '/api/v1/session/totp');
  const { secret } = offered.body as { secret: string };
  const code = generateSync({ secret });
  await person.call('POST', '/api/v1/session/totp/confirm', { code });
}

/** What an answer says, also inside of a workbook or an archive. */
export interface Said {
  readonly status: number;
  readonly words: string;
}

const ZIP = 'PK';

/** Asks as somebody; `payload` goes as JSON. */
export async function ask(
  person: TestBrowser,
  method: Method,
  url: string,
  payload?: object,
): Promise<Said> {
  const { status, text, bytes } = await person.call(method, url, payload);
  return { status, words: text.startsWith(ZIP) ? wordsOfArchive(bytes) : text };
}

function wordsOfArchive(bytes: Uint8Array): string {
  return Object.entries(unzipSync(bytes))
    .map(([name, content]) => `${name}\n${strFromU8(content)}`)
    .join('\n');
}

/** One file as a form sends it: what is sent, and its headers. */
export function asForm(
  name: string,
  file: string | Uint8Array,
): readonly [Buffer, Record<string, string>] {
  const edge = 'xunjian-edge';
  const head = `--${edge}\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n`;
  const payload = Buffer.concat([
    ...[Buffer.from(head), Buffer.from(file), Buffer.from(`\r\n--${edge}--\r\n`)],
  ]);
  return [payload, { 'content-type': `multipart/form-data; boundary=${edge}` }];
}
