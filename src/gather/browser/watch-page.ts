import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import type { BrowserLimits } from './browser-limits.ts';
import { within } from './isolated-world.ts';
import type { PageGuard } from './page-guard.ts';

const LOOK_MS = 100;
const BEAT_MS = 300;
/** A stopped main thread answers at once; what does not, has to be ended from outside. */
const STOP_MS = 5_000;
const STOP_AGAIN_MS = 100;

/** Sees to it that a page under way comes to rest, or is brought to rest. */
export class PageWatch {
  /** The scripts were stopped by us. */
  isStopped = false;
  consoleErrors = 0;
  /** Web sockets that the page tried; the wall refused and counted them too. */
  webSockets = 0;
  readonly #page: Page;
  readonly #session: CDPSession;
  readonly #guard: PageGuard;
  readonly #limits: BrowserLimits;
  #isParsed = false;
  #dialogs = 0;
  #lines = 0;
  #onFlood: (() => void) | null = null;
  #beatSince: number | null = null;
  #answeredAt = performance.now();

  constructor(page: Page, session: CDPSession, guard: PageGuard, limits: BrowserLimits) {
    this.#page = page;
    this.#session = session;
    this.#guard = guard;
    this.#limits = limits;
  }

  /** Dialogs are dismissed, further windows closed, web sockets and errors counted. */
  listen(context: BrowserContext): void {
    const page = this.#page;
    page.on('domcontentloaded', () => {
      this.#isParsed = true;
    });
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.#guard.lastActiveAt = performance.now();
    });
    page.on('dialog', (dialog) => {
      this.#dialogs += 1;
      this.#guard.refuse('弹出的对话框');
      if (this.#dialogs === this.#limits.dialogs)
        this.#guard.hitLimits.add(`对话框超过 ${this.#limits.dialogs} 个`);
      dialog.dismiss().catch(() => undefined);
    });
    page.on('console', (message) => this.#told(message.type() === 'error'));
    page.on('pageerror', () => this.#told(true));
    page.on('websocket', () => {
      this.#guard.refuse('不接 WebSocket');
      this.webSockets += 1;
    });
    page.on('download', (download) => {
      this.#guard.refuse('不下载文件');
      download.cancel().catch(() => undefined);
    });
    context.on('page', (other) => {
      if (other === page) return;
      this.#guard.refuse('不开新窗口');
      other.close().catch(() => undefined);
    });
  }

  /** Resolves, with the reason, when the page tells more errors than we want to hear. */
  flooded(): Promise<string> {
    return new Promise((resolve) => {
      this.#onFlood = () => resolve(`控制台输出超过 ${this.#limits.consoleLines} 行，已关闭`);
    });
  }

  /**
   * Waits until the page is parsed and asks for nothing more; stops its scripts when they never rest. False when not even that
   * helped: nothing can be read of it.
   */
  async rest(): Promise<boolean> {
    const began = performance.now();
    this.#answeredAt = began;
    this.#guard.lastActiveAt = began;
    for (;;) {
      await sleep(LOOK_MS);
      const now = performance.now();
      this.#beat(now);
      if (this.#isQuiet(now)) return true;
      const why = this.#whyStop(now, began);
      if (why === null) continue;
      this.#guard.hitLimits.add(why);
      return this.stop();
    }
  }

  /** Ends what the page's scripts are doing and lets none begin. */
  async stop(): Promise<boolean> {
    this.isStopped = true;
    let isOff = false;
    const began = performance.now();
    this.#session.send('Emulation.setScriptExecutionDisabled', { value: true }).then(
      () => {
        isOff = true;
      },
      () => undefined,
    );
    // The order to let nothing begin waits in line behind what has begun, and behind timers that are due: each is ended in turn.
    while (!isOff && performance.now() - began < STOP_MS) {
      await within(STOP_AGAIN_MS, this.#session.send('Runtime.terminateExecution'));
      await sleep(STOP_AGAIN_MS);
    }
    const alive = await within(
      STOP_MS,
      this.#session.send('Runtime.evaluate', { expression: '1', returnByValue: true }),
    );
    return alive !== null;
  }

  #told(isError: boolean): void {
    if (isError) this.consoleErrors += 1;
    this.#lines += 1;
    if (this.#lines === this.#limits.consoleLines) this.#onFlood?.();
  }

  #whyStop(now: number, began: number): string | null {
    if (this.#guard.isFlooded) return '请求过多，脚本已停止';
    if (this.#dialogs >= this.#limits.dialogs) return '对话框不停弹出，脚本已停止';
    if (now - this.#answeredAt > this.#limits.hangMs && this.#beatSince !== null)
      return `脚本占住页面超过 ${Math.round(this.#limits.hangMs / 1000)} 秒，已停止`;
    if (now - began > this.#limits.loadMs)
      return `页面 ${Math.round(this.#limits.loadMs / 1000)} 秒没有静下来，脚本已停止`;
    return null;
  }

  #isQuiet(now: number): boolean {
    // Quiet and able to say so: a page held by a loop asks for nothing either.
    const isAwake = this.#answeredAt - this.#guard.lastActiveAt >= this.#limits.quietMs / 2;
    const enough = this.#isParsed ? this.#limits.quietMs : this.#limits.stillMs;
    return isAwake && this.#guard.underWay === 0 && now - this.#guard.lastActiveAt >= enough;
  }

  /** Asks the main thread for a sign of life, one question at a time. */
  #beat(now: number): void {
    if (this.#beatSince !== null || now - this.#answeredAt < BEAT_MS) return;
    this.#beatSince = now;
    const answered = (): void => {
      this.#beatSince = null;
      this.#answeredAt = performance.now();
    };
    this.#session
      .send('Runtime.evaluate', { expression: '1', returnByValue: true })
      .then(answered, answered);
  }
}
