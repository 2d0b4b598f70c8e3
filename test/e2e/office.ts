import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { ensureConsole } from '../../scripts/build-console.mjs';
import type { Role } from '../../src/domain/actor.ts';
import { addUser, makeLink } from '../../src/identity/index.ts';
import { findChromium, launchChromium } from '../../src/lib/node/chromium.ts';
import { type AppDeps, openApp, placeOf } from '../../src/main/app-deps.ts';
import { readConfig } from '../../src/main/config.ts';
import { type RunningServer, startServer } from '../../src/main/serve.ts';
import { listUnits } from '../../src/registry/index.ts';
import { ROOT } from '../../tools/source-files.ts';
import { type Fill, twoCities } from './fill.ts';
import { Person } from './person.ts';

export const WIDE = { width: 1366, height: 768 };
export const NARROW = { width: 390, height: 844 };

/** The browser's own fields (dates) speak its language, as the users' browsers do. */
const CHINESE = { flags: ['--lang=zh-CN'] };

/** Who enters, where from, and what he is called; the unit is one of the register by name, null = none. */
export interface Entrant {
  readonly role: Role;
  readonly unit?: string | null;
  readonly name?: string;
}

/** A province's office: the real server with the built console on a database of its own, and a real browser. */
export class Office {
  readonly deps: AppDeps;
  readonly folder: string;
  readonly #server: RunningServer;
  readonly #browser: Browser;
  #entered = 0;

  private constructor(parts: {
    deps: AppDeps;
    server: RunningServer;
    browser: Browser;
    folder: string;
  }) {
    this.deps = parts.deps;
    this.folder = parts.folder;
    this.#server = parts.server;
    this.#browser = parts.browser;
  }

  /** `settings`: environment variables beside the defaults; `resolve`: where hosts of sources are found. Throws when there is no Chromium: what a browser must show is not skipped. */
  static async open(
    fill: Fill = twoCities,
    settings: Readonly<Record<string, string>> = {},
    resolve: readonly string[] = [],
  ): Promise<Office> {
    await ensureConsole(ROOT);
    const chromium = findChromium(process.env.CHROMIUM_PATH);
    if (chromium === null)
      throw new Error('没有 Chromium：请安装 chromium，或用 CHROMIUM_PATH 指明它的位置。');
    const folder = await mkdtemp(join(tmpdir(), '巡鉴 浏览器-'));
    const config = readConfig({ ...settings, XUNJIAN_DATA: folder, CHROMIUM_PATH: chromium });
    const deps = await openApp(config, placeOf(config, folder, folder));
    await fill(deps, folder);
    const server = await startServer(deps, folder, { port: 0, resolve });
    return new Office({ deps, server, folder, browser: await launchChromium(chromium, CHINESE) });
  }

  get url(): string {
    return this.#server.url;
  }

  /** A browser window of nobody yet. */
  async window(login = '', size = WIDE): Promise<Person> {
    const context = await this.#browser.newContext({
      viewport: size,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      acceptDownloads: true,
    });
    return new Person(this.url, context, await context.newPage(), login);
  }

  /** A browser window of a new user, let in by a link as the machine's owner makes it. */
  async enter({ role, unit = null, name = role }: Entrant, size = WIDE): Promise<Person> {
    const units = await listUnits(this.deps.store.db);
    const unitId = unit === null ? null : (units.find((each) => each.name === unit)?.id ?? null);
    if (unit !== null && unitId === null) throw new Error(`名录里没有“${unit}”。`);
    this.#entered += 1;
    const login = `${role.toLowerCase()}${this.#entered}`;
    const { identity } = this.deps;
    const user = await addUser(identity, '测试', { login, name, unitId, roles: [role] });
    const secret = await makeLink(identity, 'sign-in', user.id);
    const person = await this.window(login, size);
    await person.page.goto(`${this.url}api/v1/session/link?token=${secret}`);
    await person.page.getByRole('heading', { level: 1 }).waitFor();
    return person;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
    await this.deps.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
