import type { RenderPool } from '../../gather/browser/render-pool.ts';
import { browseLinks } from '../../gather/links/browse-link.ts';
import type { BrowseBudget } from '../../gather/links/browser-turns.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import { charsetOf } from '../render/rendered-page.ts';
import type { JudgeLinksInput } from './judge-links.ts';

/** The third opinion of a check of links by `pool`; nothing where there is none, or no Chromium for it. */
export function linkBrowser(
  pool: RenderPool | null,
  fetcher: Fetcher,
  budget?: BrowseBudget,
): Pick<JudgeLinksInput, 'browser'> {
  if (pool === null || pool.problem !== null) return {};
  const look = browseLinks(pool, { fetcher, charsetOf });
  return { browser: budget === undefined ? { look } : { look, budget } };
}
