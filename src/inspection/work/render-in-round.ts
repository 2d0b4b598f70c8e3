import type { FactReader } from '../../derive/site/index.ts';
import type { SiteReader } from '../../domain/crawl.ts';
import type { Site } from '../../domain/subject.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { type KeptBytes, renderSite } from '../../survey/index.ts';
import { recordFact } from '../record-facts.ts';
import { type KeptFacts, withoutOriginals } from './kept-facts.ts';
import type { RoundContext } from './round-context.ts';

export interface RenderTarget {
  readonly site: Site;
  /** After the crawl; it reads what was rendered as well. */
  readonly reader: FactReader;
  readonly monitoredAt: Instant;
  readonly signal: AbortSignal;
  /** Crawls on from what a rendered page names. */
  readonly crawl: (reader: SiteReader) => Promise<void>;
}

/**
 * Opens the pages of a site that only a browser can show, when the deployment wants that, and keeps documents and pictures on
 * the disk. An interrupted site is rendered anew: nothing is recorded before its facts are.
 */
export async function renderInRound(
  context: Pick<RoundContext, 'browser' | 'deps' | 'outside' | 'round' | 'now'>,
  { site, reader, monitoredAt, signal, crawl }: RenderTarget,
): Promise<KeptFacts> {
  const { browser, deps, outside, round } = context;
  const looks = deps.render?.looks ?? false;
  if (browser === null || (!looks && reader.renderNeeds().length === 0)) return withoutOriginals();
  const intake = deps.archive.begin(round.id);
  const snapshots: string[] = [];
  const keep = async (kept: readonly KeptBytes[]): Promise<void> => {
    for (const { url, at, type, bytes, maker } of kept)
      snapshots.push(intake.addMade({ url, madeAt: at, type, body: bytes, maker }));
  };
  const facts = await renderSite({
    ...{ reader, homeUrl: site.homeUrl, today: shanghaiDate(monitoredAt), pool: browser },
    ...{ fetcher: outside, signal, looks, crawl, keep },
  });
  await intake.settle();
  const origin = {
    ...{ subjectId: site.id, gatheredAt: context.now(), gatherer: 'browser/site', snapshots },
  };
  return {
    facts: [
      recordFact('site.rendered', facts.rendered, origin),
      ...(looks
        ? [
            recordFact('site.accessibility', facts.accessibility, origin),
            recordFact('site.ageing', facts.ageing, origin),
          ]
        : []),
    ],
    index: (trx) => intake.index(trx),
  };
}
