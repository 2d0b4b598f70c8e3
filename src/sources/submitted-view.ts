import type { Kysely } from 'kysely';
import type { SourceView } from '../domain/account-sources.ts';
import { type Fact, observed } from '../domain/fact.ts';
import { viewSource } from '../domain/view-source.ts';
import { addDays, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { postsSince } from './post.repository.ts';
import type { Source } from './source.ts';

/** Reports of so many days are looked at: older ones say nothing of a round. */
const REPORTED_DAYS = 400;

/** What the unit itself reported of an account; it shows updates, and never proves silence. Null when it reported nothing. */
export async function submittedView<Tables>(
  db: Kysely<Tables>,
  sources: readonly Source[],
  monitoredAt: Instant,
): Promise<Fact<SourceView> | null> {
  const ids = sources.filter(({ kind }) => kind === 'submission').map(({ id }) => id);
  const since = addDays(shanghaiDate(monitoredAt), -REPORTED_DAYS);
  const items = [...(await postsSince(db, ids, since)).values()].flat();
  if (items.length === 0) return null;
  return observed(
    viewSource({ kind: 'submission', level: 'C', items, monitoredAt, complete: null }),
  );
}
