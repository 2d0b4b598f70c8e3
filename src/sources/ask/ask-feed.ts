import { WORKING } from '../../gather/accounts/source-gathered.ts';
import { gatherFeed } from '../../gather/feeds/gather-feed.ts';
import { type Asking, nothingNew, type Outcome } from './connector.ts';

/** Feeds, and bridges that write feeds: RSS, Atom and JSON Feed, whichever of them is found there. */
export async function askFeed({ source, monitoredAt, fetcher }: Asking): Promise<Outcome> {
  const kind = source.kind as 'rss' | 'atom' | 'jsonfeed';
  const gathered = await gatherFeed({ kind, url: source.address, monitoredAt, fetcher });
  return {
    ...nothingNew,
    view: gathered.source,
    // Why a feed says nothing stands in the fact; how long it is left alone is told by how often it failed.
    standing: WORKING,
    calls: 1,
    received: gathered.received,
    feed: gathered.fact,
  };
}
