import type { VisitErrorClass } from '../../domain/site-facts.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';

/** Failures that our own line could have caused. */
const NETWORK_CLASSES: ReadonlySet<VisitErrorClass> = new Set([
  'dns',
  'refused',
  'reset',
  'timeout',
]);
/** Asked only when a visit fails: if none of these answers either, our own line is down. Large sites of the central government. */
export const CONTROL_URLS = [
  'https://www.gov.cn/',
  'https://www.mof.gov.cn/',
  'https://www.stats.gov.cn/',
];
/** An answer of the controls is believed for this long. */
const BELIEVED_MS = 5_000;
const CONTROL_LIMIT_MS = 5_000;

/** Well-known addresses outside the supervised sites: when all of them fail as well, the fault is on our side (own network). */
export class ControlTargets {
  readonly #fetcher: Fetcher;
  readonly #urls: readonly string[];
  readonly #clock: () => number;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #checking: Promise<boolean> = Promise.resolve(false);

  /** Without `urls` nothing is ever our fault: a simulated province has no outside to compare with. */
  constructor(
    fetcher: Fetcher,
    urls: readonly string[],
    clock: () => number = () => performance.now(),
  ) {
    this.#fetcher = fetcher;
    this.#urls = urls;
    this.#clock = clock;
  }

  /** Whether a failure of this class is ours: every control target fails too. */
  async isOwnFault(errorClass: VisitErrorClass): Promise<boolean> {
    if (this.#urls.length === 0 || !NETWORK_CLASSES.has(errorClass)) return false;
    if (this.#clock() - this.#checkedAt > BELIEVED_MS) {
      this.#checkedAt = this.#clock();
      this.#checking = this.#allFail();
    }
    return this.#checking;
  }

  async #allFail(): Promise<boolean> {
    const answers = await Promise.all(
      this.#urls.map((url) =>
        this.#fetcher.fetch(url, { method: 'HEAD', fresh: true, timeoutMs: CONTROL_LIMIT_MS }),
      ),
    );
    return answers.every((answer) => answer.kind === 'error');
  }
}
