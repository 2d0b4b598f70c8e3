import { readFile } from 'node:fs/promises';
import axe from 'axe-core';
import type { BrowserContext, Page, Request } from 'playwright-core';

/** Quiet for this long, a page has what it asked for and has not begun to ask for more. */
const LOOK_MS = 50;
const QUIET_LOOKS = 3;
/** Whether something says that it loads, or moves and will come to rest: what moves is easily missed by a click. */
const IS_BUSY = `document.querySelector('.loading, [aria-busy="true"]') !== null || document.getAnimations().some(
  (each) => each.playState === 'running' && each.effect.getTiming().iterations !== Infinity)`;
/** Axe gives what these find moderate or minor, by its own table: they would be left out of the answer, and `region` looks at every element. */
const NEVER_SERIOUS = [
  ...['region', 'heading-order', 'landmark-one-main', 'landmark-unique', 'page-has-heading-one'],
  ...['aria-allowed-role', 'empty-heading', 'empty-table-header', 'image-redundant-alt'],
];
const AXE_OPTIONS: axe.RunOptions = {
  resultTypes: ['violations'],
  // What is said is the element's markup, not the way to it.
  selectors: false,
  rules: Object.fromEntries(NEVER_SERIOUS.map((id) => [id, { enabled: false }])),
};
/** Headings of what cannot be shown. */
const REFUSAL = /^(没有找到|没有读到内容|没有这个页面|不能查看这个页面|页面出错|程序已更新)$/;

/** Somebody at a browser; what goes wrong in his pages is kept. */
export class Person {
  readonly login: string;
  readonly page: Page;
  /** Scripts that failed, and errors that the browser's console told. */
  readonly problems: string[] = [];
  readonly #url: string;
  readonly #context: BrowserContext;
  readonly #underWay = new Set<Request>();

  constructor(url: string, context: BrowserContext, page: Page, login: string) {
    this.#url = url;
    this.#context = context;
    this.page = page;
    this.login = login;
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('console', (message) => {
      // Pages of others, through which one signs in, may want a font or an icon that is not there.
      const source = new URL(message.location().url || url, url);
      const isOurs = source.origin === new URL(url).origin;
      if (message.type() === 'error' && isOurs) {
        this.problems.push(`${message.text()} (${source.pathname})`);
      }
    });
    page.on('request', (request) => {
      // The stream of a running round never ends.
      if (!request.url().endsWith('/progress')) this.#underWay.add(request);
    });
    page.on('requestfinished', (request) => this.#underWay.delete(request));
    page.on('requestfailed', (request) => this.#underWay.delete(request));
  }

  /** Opens an address of the console, waits until its heading stands and nothing loads, and presses what is to be opened. */
  async visit(path: string, press?: RegExp): Promise<void> {
    await this.page.goto(new URL(path, this.#url).href);
    await this.page.getByRole('heading', { level: 1 }).first().waitFor();
    await this.settled();
    if (press === undefined) return;
    await this.page.getByRole('button', { name: press }).first().click();
    await this.settled();
  }

  /** Waits until nothing has been asked of the server for a moment nothing says that it loads, and nothing moves. */
  async settled(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_LOOKS; quiet += 1) {
      await this.page.waitForTimeout(LOOK_MS);
      const isBusy = await this.page.evaluate<boolean>(IS_BUSY);
      if (isBusy || this.#underWay.size > 0) quiet = -1;
    }
  }

  /** Presses a button by its words. */
  async press(words: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: words }).click();
  }

  /** Presses a button that asks first, and says yes to its question. */
  async pressAndConfirm(words: string | RegExp, yes: string): Promise<void> {
    await this.press(words);
    await this.settled();
    const question = this.page.locator('.ant-modal-confirm');
    await question.getByRole('button', { name: yes, exact: true }).click();
    await question.waitFor({ state: 'hidden' });
  }

  /** Chooses from a list that opens; `label` is the field's, `option` the words of one choice. Ends when the field shows them. */
  async choose(label: string, option: string | RegExp): Promise<void> {
    const field = this.page.getByLabel(label, { exact: true });
    await field.click();
    // A list that still unfolds stands elsewhere a moment later: a click on it goes to its neighbour or to nothing.
    await this.settled();
    await this.page.locator('.ant-select-item-option').and(this.page.getByTitle(option)).click();
    const shown = this.page.locator('.ant-select-content').filter({ has: field });
    await shown.and(this.page.getByTitle(option)).waitFor();
    await this.settled();
  }

  /** Waits until the words stand somewhere on the page. */
  async sees(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).first().waitFor();
  }

  /** What a link or button lets one download. */
  async download(words: string | RegExp): Promise<{ name: string; bytes: Buffer }> {
    const arrival = this.page.waitForEvent('download');
    await this.page
      .getByRole('link', { name: words })
      .or(this.page.getByRole('button', { name: words }))
      .first()
      .click();
    const file = await arrival;
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  }

  /** What the interface answers this person, as his own pages would ask it. */
  async ask(path: string): Promise<{ status: number; body: never }> {
    const answer = await this.page.request.get(new URL(`/api/v1/${path}`, this.#url).href);
    const isJson = answer.headers()['content-type']?.includes('json');
    return { status: answer.status(), body: (isJson ? await answer.json() : null) as never };
  }

  /** Changes something as this person without the console: to prepare, never to test. */
  send(method: 'post' | 'put' | 'delete', path: string, data?: object): Promise<never> {
    return this.#change(path, { method, ...(data && { data }) });
  }

  /** Sends one file as a form does, without the console. */
  upload(path: string, name: string, bytes: Uint8Array): Promise<never> {
    const files = { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) };
    return this.#change(path, { method: 'post', multipart: { files } });
  }

  async #change(path: string, options: object): Promise<never> {
    const { csrf } = (await this.ask('session')).body as { csrf: string };
    const answer = await this.page.request.fetch(new URL(`/api/v1/${path}`, this.#url).href, {
      ...options,
      headers: { 'x-csrf-token': csrf },
    });
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
    return (answer.status() === 204 ? null : await answer.json()) as never;
  }

  /** Serious and critical violations that axe finds on the page as it stands. */
  async axe(): Promise<string[]> {
    // The policy forbids scripts of others in the page; the debugger's door is not the page's.
    if (!(await this.page.evaluate<boolean>('"axe" in window')))
      await this.page.evaluate(axe.source);
    const { violations } = (await this.page.evaluate(
      `axe.run(document, ${JSON.stringify(AXE_OPTIONS)})`,
    )) as Pick<axe.AxeResults, 'violations'>;
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
  }

  /** How many parts of the page say that they cannot be shown. */
  async refusals(): Promise<number> {
    return this.page.getByRole('heading', { name: REFUSAL }).count();
  }

  /** How far the page is wider than the window, in CSS pixels. */
  overflow(): Promise<number> {
    return this.page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
  }

  text(): Promise<string> {
    return this.page.locator('body').innerText();
  }

  async leave(): Promise<void> {
    await this.#context.close();
  }
}
