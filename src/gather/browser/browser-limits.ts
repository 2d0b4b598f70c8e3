/**
 * What one rendered page may cost. Hitting a limit is written into its result (`hitLimits`), never passed over in silence.
 * Times are milliseconds of wall clock; our own pace between requests is in them.
 */
export const BROWSER_LIMITS = {
  /** Pages after which a browser is replaced: what leaks in it does not add up. */
  pagesPerBrowser: 40,
  /** From the start of the navigation until the page is looked at, whatever is still missing: 200 paced requests take 25 s. */
  loadMs: 40_000,
  /** Nothing asked for during this time: a page that draws its lists a moment after loading is waited for. */
  quietMs: 900,
  /** The same for a page that never says it is parsed: one that was stopped in the midst of leaving. */
  stillMs: 5_000,
  /** A main thread that answers nothing for so long runs a loop; busy pages of real sites stay below 3 s. */
  hangMs: 8_000,
  /** Reading and picturing what stands there. */
  captureMs: 25_000,
  /** The whole visit, after which the browser is killed. */
  pageMs: 120_000,
  /** Requests let through for one page. Large portals ask for 100 to 150. */
  requests: 220,
  /** Refusals after which the page's scripts are stopped: it does nothing but ask. */
  refusals: 1_000,
  bytes: 40 * 1024 * 1024,
  resourceBytes: 8 * 1024 * 1024,
  resourceMs: 15_000,
  /** Questions by POST to the page's own site: many lists are filled so. */
  posts: 20,
  postBytes: 64 * 1024,
  /** Navigations of the page by itself: an entry page, a cookie gate, a redirect. */
  navigations: 6,
  /** Dialogs answered (before leaving; others are never shown); a page that opens more opens them without end. */
  dialogs: 20,
  /** Errors and console lines told to us (workers, exceptions); beyond, the browser is ended: each of them costs us memory. */
  consoleLines: 20_000,
  /** Characters of the HTML after scripts. */
  htmlCharacters: 6_000_000,
  /** CSS pixels of the picture from the top of the page. */
  pictureHeight: 8_000,
  /** A PNG beyond this becomes a JPEG. */
  pictureBytes: 2 * 1024 * 1024,
  /** Memory of one browser with one page, all its processes together. An empty one holds about 150 MB. */
  memoryBytes: 1_200 * 1024 * 1024,
} as const;

export type BrowserLimits = { readonly [K in keyof typeof BROWSER_LIMITS]: number };

/** Size of the window, CSS pixels: the commonest desktop. */
export const WINDOW = { width: 1366, height: 768 } as const;
