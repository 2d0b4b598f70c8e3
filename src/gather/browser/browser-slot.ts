import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, CDPSession } from 'playwright-core';
import { launchChromium } from '../../lib/node/chromium.ts';
import { WINDOW } from './browser-limits.ts';
import { RefusalWall } from './refusal-wall.ts';

/** Memory pages of Linux; /proc counts in them. */
const MEMORY_PAGE_BYTES = 4096;
/**
 * Nobody is there to answer a dialog or look at a window. A loop of dialogs that we would have to answer cannot be stopped by
 * the debugger; a loop of calls that do nothing can. Nor does anybody read the console: every line of it would come over to
 * us, and a page that writes without end would fill our own memory; errors are let through to be counted, up to a number.
 */
const NOBODY_THERE = `for (const [name, answer] of [['alert', undefined], ['confirm', false], ['prompt', null], ['print', undefined]])
  Object.defineProperty(window, name, { value: () => answer, writable: false, configurable: false });
for (const name of ['log', 'info', 'debug', 'warn', 'table', 'trace', 'dir', 'dirxml', 'group', 'groupCollapsed', 'count', 'timeLog', 'assert'])
  Object.defineProperty(console, name, { value: () => undefined, writable: false, configurable: false });
{
  let told = 0;
  const { error } = console;
  const value = () => void ((told += 1) <= 500 && error('error'));
  Object.defineProperty(console, 'error', { value, writable: false, configurable: false });
}`;
/** A browser that does not end in this time is killed. */
const CLOSE_MS = 5_000;

/**
 * One browser that holds one page at a time: a page that crashes it, hangs it or fills its memory harms no other page, and what
 * its processes use is that page's doing.
 */
export class BrowserSlot {
  readonly wall: RefusalWall;
  readonly version: string;
  /** Pages opened so far. */
  pages = 0;
  readonly #browser: Browser;
  readonly #session: CDPSession;
  #processes: readonly number[] = [];

  private constructor(browser: Browser, session: CDPSession, wall: RefusalWall) {
    this.#browser = browser;
    this.#session = session;
    this.wall = wall;
    this.version = `Chromium ${browser.version()}`;
  }

  /** Throws what Chromium says when it does not start. */
  static async open(executablePath: string): Promise<BrowserSlot> {
    const wall = await RefusalWall.open();
    try {
      const browser = await launchChromium(executablePath, {
        flags: [
          `--proxy-server=${wall.url}`,
          // Without this, loopback and link-local addresses would go past the proxy.
          '--proxy-bypass-list=<-loopback>',
          '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
          '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
          '--webrtc-ip-handling-policy=disable_non_proxied_udp',
          '--deny-permission-prompts',
          '--mute-audio',
        ],
        // Chromium's own refusal of windows that nobody clicked for.
        without: ['--disable-popup-blocking'],
      });
      const slot = new BrowserSlot(browser, await browser.newBrowserCDPSession(), wall);
      await slot.memoryBytes();
      return slot;
    } catch (error) {
      await wall.close();
      throw error;
    }
  }

  /** As last looked at. */
  get processes(): readonly number[] {
    return this.#processes;
  }

  get isAlive(): boolean {
    return this.#browser.isConnected();
  }

  /** A context without history, rights, downloads or service workers; its agent string is the fetcher's. */
  async newContext(userAgent: string): Promise<BrowserContext> {
    const context = await this.#browser.newContext({
      userAgent,
      viewport: WINDOW,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      acceptDownloads: false,
      serviceWorkers: 'block',
      permissions: [],
    });
    await context.addInitScript({ content: NOBODY_THERE });
    return context;
  }

  /** Bytes that its processes hold for themselves alone; 0 where /proc does not tell. */
  async memoryBytes(): Promise<number> {
    const { processInfo } = await this.#session.send('SystemInfo.getProcessInfo');
    this.#processes = processInfo.map(({ id }) => id);
    const sizes = await Promise.all(this.#processes.map(ownBytes));
    return sizes.reduce((sum, bytes) => sum + bytes, 0);
  }

  onGone(listener: () => void): () => void {
    this.#browser.on('disconnected', listener);
    return () => this.#browser.off('disconnected', listener);
  }

  /** Ends it at once: what hangs does not close. */
  async kill(): Promise<void> {
    for (const id of this.#processes) endProcess(id);
    await this.close();
  }

  async close(): Promise<void> {
    const killer = setTimeout(() => this.#processes.forEach(endProcess), CLOSE_MS);
    // A browser that is gone already says so by throwing: closed is closed.
    await this.#browser.close().catch(() => undefined);
    clearTimeout(killer);
    await this.wall.close();
  }
}

/** Resident and not shared: what processes share would count as often as there are processes (proc(5), statm). */
async function ownBytes(id: number): Promise<number> {
  const text = await readFile(`/proc/${id}/statm`, 'latin1').catch(() => '');
  const [, resident = 0, shared = 0] = text.split(' ').map(Number);
  return (resident - shared) * MEMORY_PAGE_BYTES;
}

function endProcess(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch (error) {
    // It went by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
