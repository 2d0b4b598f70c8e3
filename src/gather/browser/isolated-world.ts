import type { CDPSession } from 'playwright-core';

/**
 * Our own scripts in a page: they see its document and styles, but run in a world of their own, where nothing that the page's
 * scripts have overridden is seen. Each call has a limit inside the browser (`timeout`) and outside of it.
 */
export class IsolatedWorld {
  readonly #session: CDPSession;

  constructor(session: CDPSession) {
    this.#session = session;
  }

  /** The expression's value (plain data), or null when it threw, the page went on, or the time was over. */
  async run<T>(expression: string, limitMs: number): Promise<T | null> {
    return within(limitMs, this.#evaluate<T>(expression, limitMs));
  }

  async #evaluate<T>(expression: string, limitMs: number): Promise<T | null> {
    const { frameTree } = await this.#session.send('Page.getFrameTree');
    const { executionContextId } = await this.#session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
      worldName: 'xunjian',
    });
    const { result, exceptionDetails } = await this.#session.send('Runtime.evaluate', {
      expression,
      contextId: executionContextId,
      returnByValue: true,
      awaitPromise: true,
      timeout: limitMs,
    });
    return exceptionDetails ? null : ((result.value ?? null) as T | null);
  }
}

/** The result, or null when it does not come in time or at all (the page is gone, its main thread hangs). */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), limitMs);
  });
  try {
    return await Promise.race([work.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
