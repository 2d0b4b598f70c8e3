import { judgeLink, needsSecondOpinion } from '../../derive/links/judge-link.ts';
import { probeLinks } from '../../gather/links/probe-links.ts';
import { secondAgent } from '../../gather/links/second-agent.ts';
import { createFetcher } from '../../lib/node/http/create-fetcher.ts';
import { parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import { TEST_NOW } from '../servers/test-fetcher.ts';
import { LABELLED_FROM, LABELLED_LINKS, startLabelledWorld } from './links.ts';
import type { JudgedCase } from './measure.ts';

const AGENT = 'Mozilla/5.0 (compatible; Xunjian/0.1; +https://example.invalid/contact)';

/** Looks at every labelled link on servers of its own and judges it; takes some seconds, most of them waiting for silent ones. */
export async function judgeLabelled(): Promise<JudgedCase[]> {
  await using world = await startLabelledWorld();
  const fetcher = createFetcher({
    userAgent: AGENT,
    resolve: world.resolve.map(parseResolveRule),
    pacePerAddressMs: 0,
    now: () => TEST_NOW,
  });
  const byUrl = new Map(LABELLED_LINKS.map((link) => [link.url, link]));
  const judged: JudgedCase[] = [];
  const links = LABELLED_LINKS.map(({ url, text = '', use = 'page' }) => ({
    ...{ url, text, use, from: LABELLED_FROM },
  }));
  try {
    await probeLinks(links, {
      fetcher,
      secondAgent: secondAgent(AGENT),
      budget: { requests: 5_000, milliseconds: 60_000 },
      later: { ruledMs: 20, outsideMs: 20 },
      signal: new AbortController().signal,
      isOwnLineDown: async () => false,
      doubts: needsSecondOpinion,
      onObservation: (seen) => {
        const { name, truth } = byUrl.get(seen.link.url)!;
        judged.push({ of: name, expected: truth, found: judgeLink(seen).class });
      },
      // Long enough for a machine that is busy with other tests: a look that is cut short is a timeout, not a death.
      lookLimitMs: 8_000,
    });
  } finally {
    await fetcher.close();
  }
  return judged;
}
