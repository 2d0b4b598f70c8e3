import { judgeLink, needsBrowser } from '../../derive/links/judge-link.ts';
import { needsSecondOpinion } from '../../derive/links/judge-plain.ts';
import { RenderPool } from '../../gather/browser/render-pool.ts';
import { browseLinks, LINK_PAGE_LIMITS } from '../../gather/links/browse-link.ts';
import { probeLinks } from '../../gather/links/probe-links.ts';
import { secondAgent } from '../../gather/links/second-agent.ts';
import { createFetcher } from '../../lib/node/http/create-fetcher.ts';
import { parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import { TEST_NOW } from '../servers/test-fetcher.ts';
import type { LinkCase } from './link-cases.ts';
import { LABELLED_FROM, LABELLED_LINKS, startLabelledWorld } from './links.ts';
import type { JudgedCase } from './measure.ts';

const AGENT = 'Mozilla/5.0 (compatible; Xunjian/0.1; +https://example.invalid/contact)';

/**
 * Looks at labelled links on servers of its own and judges them; takes half a minute, most of it waiting for silent ones and for
 * pages that scripts write.
 */
export async function judgeLabelled(
  cases: readonly LinkCase[] = LABELLED_LINKS,
): Promise<JudgedCase[]> {
  await using world = await startLabelledWorld();
  const fetcher = createFetcher({
    userAgent: AGENT,
    resolve: world.resolve.map(parseResolveRule),
    pacePerAddressMs: 0,
    now: () => TEST_NOW,
  });
  const pool = new RenderPool({
    ...{ chromiumPath: undefined, userAgent: AGENT, limits: LINK_PAGE_LIMITS, now: () => TEST_NOW },
  });
  const byUrl = new Map(cases.map((link) => [link.url, link]));
  const judged: JudgedCase[] = [];
  const links = cases.map(({ url, text = '', use = 'page' }) => ({
    ...{ url, text, use, from: LABELLED_FROM },
  }));
  try {
    await probeLinks(links, {
      fetcher,
      secondAgent: secondAgent(AGENT),
      budget: { requests: 5_000, milliseconds: 180_000 },
      later: { ruledMs: 20, outsideMs: 20 },
      signal: new AbortController().signal,
      isOwnLineDown: async () => false,
      doubts: needsSecondOpinion,
      browser: {
        ...{ look: browseLinks(pool, { fetcher }), wants: needsBrowser },
        budget: { links: 200, perHost: 200, milliseconds: 120_000 },
      },
      onObservation: (seen) => {
        const { name, truth } = byUrl.get(seen.link.url)!;
        judged.push({ of: name, expected: truth, found: judgeLink(seen).class });
      },
      // Long enough for a machine that is busy with other tests: a look that is cut short is a timeout, not a death.
      lookLimitMs: 8_000,
    });
  } finally {
    await pool.close();
    await fetcher.close();
  }
  return judged;
}
