import type { FactReader } from '../../derive/site/index.ts';
import type { SiteReader } from '../../domain/crawl.ts';
import { unobserved } from '../../domain/fact.ts';
import type { Site } from '../../domain/subject.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { type KeptBytes, renderSite } from '../../survey/index.ts';
import type { NewFact } from '../fact.repository.ts';
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
 * the disk. Where pages need one and there is none, the fact says why. An interrupted site is rendered anew: nothing is recorded before its facts are.
 */
export async function renderInRound(
  context: Pick<RoundContext, 'browser' | 'deps' | 'outside' | 'round' | 'now'>,
  { site, reader, monitoredAt, signal, crawl }: RenderTarget,
): Promise<KeptFacts> {
  const { browser, deps, outside, round } = context;
  const looks = deps.render?.looks ?? false;
  const isNeeded = reader.renderNeeds().length > 0;
  if (browser === null)
    return isNeeded ? withoutOriginals(unrendered(context, site)) : withoutOriginals();
  if (!looks && !isNeeded) return withoutOriginals();
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

function unrendered(
  { round, now }: Pick<RoundContext, 'round' | 'now'>,
  { id: subjectId }: Site,
): NewFact {
  const reason =
    round.clock === 'replay'
      ? '补采的批次不用浏览器，由脚本写出的内容没有看'
      : '批次设为不用浏览器（XUNJIAN_RENDER=off），由脚本写出的内容没有看';
  const origin = { subjectId, gatheredAt: now(), gatherer: 'browser/site' };
  return recordFact('site.rendered', unobserved(reason), origin);
}
