import { describe, expect, it } from 'vitest';
import { judgeLink, needsSecondOpinion } from '../../derive/links/judge-link.ts';
import type { LinkVerdict } from '../../domain/link-check.ts';
import { probeLinks } from '../../gather/links/probe-links.ts';
import { secondAgent } from '../../gather/links/second-agent.ts';
import { createFetcher } from '../../lib/node/http/create-fetcher.ts';
import { parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import { TEST_NOW } from '../servers/test-fetcher.ts';
import { accuracyOf, LABELLED_FROM, LABELLED_LINKS, startLabelledWorld } from './links.ts';

const AGENT = 'Mozilla/5.0 (compatible; Xunjian/0.1; +https://example.invalid/contact)';

async function judgeAll(): Promise<Map<string, LinkVerdict>> {
  await using world = await startLabelledWorld();
  const fetcher = createFetcher({
    userAgent: AGENT,
    resolve: world.resolve.map(parseResolveRule),
    pacePerAddressMs: 0,
    now: () => TEST_NOW,
  });
  const verdicts = new Map<string, LinkVerdict>();
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
      onObservation: (seen) => void verdicts.set(seen.link.url, judgeLink(seen)),
      // Long enough for a machine that is busy with other tests: a look that is cut short is a timeout, not a death.
      lookLimitMs: 8_000,
    });
  } finally {
    await fetcher.close();
  }
  return verdicts;
}

describe('the labelled links', () => {
  it('are judged with no false “dead” above 1 % and every dead one found', async () => {
    const verdicts = await judgeAll();
    const judged = LABELLED_LINKS.map(({ name, url, truth }) => {
      const verdict = verdicts.get(url);
      return { name, truth, found: verdict?.class ?? 'unobserved', reason: verdict?.reason };
    });
    const rows = accuracyOf(judged);
    const percent = (part: number, whole: number): string =>
      whole === 0 ? '—' : `${((100 * part) / whole).toFixed(1)} %`;
    console.table(
      rows.map((row) => ({
        class: row.class,
        labelled: row.labelled,
        precision: percent(row.right, row.found),
        recall: percent(row.right, row.labelled),
      })),
    );
    expect(LABELLED_LINKS.length).toBeGreaterThanOrEqual(150);
    expect(judged.filter(({ truth, found }) => truth !== found)).toEqual([]);
    const dead = rows.find((row) => row.class === 'dead')!;
    expect(dead.right).toBe(dead.labelled);
    expect((dead.found - dead.right) / LABELLED_LINKS.length).toBeLessThanOrEqual(0.01);
  });
  it('have names and addresses of their own', () => {
    for (const key of ['name', 'url'] as const)
      expect(new Set(LABELLED_LINKS.map((link) => link[key])).size).toBe(LABELLED_LINKS.length);
  });
});
