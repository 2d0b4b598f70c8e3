import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { ensureConsole } from '../../scripts/build-console.mjs';
import type { Role } from '../../src/domain/actor.ts';
import { addUser, makeLink } from '../../src/identity/index.ts';
import { findChromium, launchChromium } from '../../src/lib/node/chromium.ts';
import { type AppDeps, openApp, placeOf } from '../../src/main/app-deps.ts';
import { readConfig } from '../../src/main/config.ts';
import { type RunningServer, startServer } from '../../src/main/serve.ts';
import { listUnits } from '../../src/registry/index.ts';
import { registerTwoCities, reviewingRound } from '../../src/testing/rounds/reviewing-round.ts';
import { ROOT } from '../../tools/source-files.ts';

export const PERIOD = '2020Q3';
export const WIDE = { width: 1366, height: 768 };
export const NARROW = { width: 390, height: 844 };

/** A small province's office: the real server with the built console, a round under review, and a real browser. */
export class Office {
  readonly deps: AppDeps;
  readonly #server: RunningServer;
  readonly #browser: Browser;
  readonly #folder: string;

  private constructor(parts: {
    deps: AppDeps;
    server: RunningServer;
    browser: Browser;
    folder: string;
  }) {
    this.deps = parts.deps;
    this.#server = parts.server;
    this.#browser = parts.browser;
    this.#folder = parts.folder;
  }

  /** Throws when there is no Chromium: what a browser must show is not skipped. */
  static async open(): Promise<Office> {
    await ensureConsole(ROOT);
    const chromium = findChromium(process.env.CHROMIUM_PATH);
    if (chromium === null)
      throw new Error('没有 Chromium：请安装 chromium，或用 CHROMIUM_PATH 指明它的位置。');
    const folder = await mkdtemp(join(tmpdir(), '巡鉴 浏览器-'));
    const config = readConfig({ XUNJIAN_DATA: folder });
    const deps = await openApp(config, placeOf(config, folder, folder));
    await registerTwoCities(deps.store);
    await reviewingRound(deps.store, PERIOD);
    const server = await startServer(deps, folder, { port: 0 });
    return new Office({ deps, server, folder, browser: await launchChromium(chromium) });
  }

  get url(): string {
    return this.#server.url;
  }

  /** A browser window of a new user, let in by a link as the machine's owner makes it. */
  async enter(role: Role, unit: string | null = null): Promise<Person> {
    const units = await listUnits(this.deps.store.db);
    const unitId = unit === null ? null : (units.find(({ name }) => name === unit)?.id ?? null);
    const login = `${role}.${Math.random().toString(36).slice(2, 8)}`;
    const { identity } = this.deps;
    const user = await addUser(identity, '测试', { login, name: role, unitId, roles: [role] });
    const secret = await makeLink(identity, 'sign-in', user.id);
    const context = await this.#browser.newContext({
      viewport: WIDE,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    });
    const page = await context.newPage();
    const person = new Person(this.url, context, page, login);
    await page.goto(`${this.url}api/v1/session/link?token=${secret}`);
    await page.getByRole('navigation').first().waitFor();
    return person;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
    await this.deps.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Somebody at a browser; what goes wrong in his pages is kept. */
export class Person {
  readonly login: string;
  readonly page: Page;
  readonly problems: string[] = [];
  readonly #url: string;
  readonly #context: BrowserContext;

  constructor(url: string, context: BrowserContext, page: Page, login: string) {
    this.#url = url;
    this.#context = context;
    this.page = page;
    this.login = login;
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
  }

  /** Opens an address of the console and waits until its heading stands and nothing loads. */
  async visit(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.#url).href);
    await this.page.getByRole('heading', { level: 1 }).first().waitFor();
    await this.page.waitForLoadState('networkidle');
  }

  /** Serious and critical violations that axe finds on the page as it stands. */
  async axe(): Promise<string[]> {
    // The policy forbids scripts of others in the page; the debugger's door is not the page's.
    await this.page.evaluate(await readFile(AXE, 'utf8'));
    const found = await this.page.evaluate(async () => {
      // @ts-expect-error: axe is the script just run
      const { violations } = await globalThis.axe.run(document);
      return violations as { id: string; impact: string; nodes: { html: string }[] }[];
    });
    return found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
  }

  text(): Promise<string> {
    return this.page.locator('body').innerText();
  }

  async leave(): Promise<void> {
    await this.#context.close();
  }
}
