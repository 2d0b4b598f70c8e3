/** How much of one site is looked at for accounts. Hitting a limit is told. */
export interface LookBudget {
  /** Pages of the site, the home page among them. */
  readonly pages: number;
  /** Pictures that may be codes. */
  readonly pictures: number;
  /** Short links that are asked where they lead. */
  readonly shortLinks: number;
  /** WeChat articles that are opened for the account they belong to. */
  readonly articles: number;
  /** Scripts and styles of the home page. */
  readonly assets: number;
}

export const LOOK_BUDGET: LookBudget = {
  pages: 40,
  pictures: 120,
  shortLinks: 20,
  articles: 20,
  assets: 12,
};

export const PAGE_BYTES = 4 * 1024 * 1024;
export const ASSET_BYTES = 1024 * 1024;
export const ASK_MS = 15_000;
/** Requests of one site under way at once; outside hosts are held back by the pace. */
export const AT_ONCE = 4;
