import type { Kysely } from 'kysely';
import { type Acting, assertMay, assertSees, nameOf } from '../domain/acting.ts';
import { minutesOfQuiet, type QuietHours } from '../domain/quiet-hours.ts';
import { recordAudit } from '../identity/index.ts';
import { type Instant, shanghaiText } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Store } from '../store/store.ts';
import { findSite, type RegistryDb, registryDb, type SiteName } from './registry.repository.ts';

/** Windows of one site; more is a calendar, not a wish. */
export const WINDOWS_MAX = 6;
/** The visits and the crawl need some of the day: a site that is never to be visited cannot be supervised. */
const QUIET_MINUTES_MAX = 20 * 60;
export const QUIET_REASON_MAX = 200;

/** What a unit wished for one of its sites. */
export interface SiteQuietHours {
  readonly siteId: number;
  readonly siteCode: string;
  readonly name: string;
  readonly windows: readonly QuietHours[];
  readonly reason: string;
  readonly setBy: string;
  readonly setAt: Instant;
}

/** Reads `08:30-18:00`; throws {@link UserError} `quiet-hours.window`. */
export function parseWindow(text: string): QuietHours {
  const clock = '(?:[01]\\d|2[0-3]):[0-5]\\d';
  const [, from, to] = new RegExp(`^(${clock})-(${clock})$`).exec(text.trim()) ?? [];
  if (from === undefined || to === undefined || from === to)
    throw new UserError('quiet-hours.window', `时段“${text}”应写成 08:30-18:00。`, {
      field: 'hours',
    });
  return { from, to };
}

/**
 * Sets, or with no window takes away, the hours in which a site is left alone: who answers for a site wishes it, and the supervisors
 * for all. Audited. Throws {@link UserError} `identity.forbidden`, `site.unknown` (also outside of somebody's scope), `quiet-hours.*`.
 */
export async function setQuietHours(
  store: Store,
  acting: Acting,
  input: {
    readonly site: SiteName;
    readonly windows: readonly QuietHours[];
    readonly reason: string;
    readonly at: Instant;
  },
): Promise<void> {
  assertMay(acting, 'registry.quiet');
  assertLeavesTime(input.windows);
  if (input.reason.trim() === '' || input.reason.length > QUIET_REASON_MAX)
    throw new UserError('quiet-hours.reason', `要写明理由，不超过 ${QUIET_REASON_MAX} 字。`, {
      field: 'reason',
    });
  await registryDb(store.db)
    .transaction()
    .execute(async (trx) => {
      const site = await seenSite(trx, acting, input.site);
      // Two who set at once: the later one's windows stand, not both.
      await trx.selectFrom('site').select('id').where('id', '=', site.id).forUpdate().execute();
      const before = (await quietHoursOf(trx, [site.id])).get(site.id) ?? [];
      await trx.deleteFrom('quiet_hours').where('site_id', '=', site.id).execute();
      if (input.windows.length > 0)
        await trx
          .insertInto('quiet_hours')
          .values(
            input.windows.map(({ from, to }, position) => ({
              ...{ site_id: site.id, position, from_clock: from, to_clock: to },
              ...{ reason: input.reason, set_by: nameOf(acting), set_at: input.at },
            })),
          )
          .execute();
      await recordAudit(trx, {
        actor: nameOf(acting),
        action: 'site.quiet-hours',
        subject: `site:${site.siteCode}`,
        detail: { reason: input.reason },
        before: { windows: before.map(wordsOfWindow) },
        after: { windows: input.windows.map(wordsOfWindow) },
      });
    });
}

async function seenSite(db: RegistryDb, acting: Acting, name: SiteName) {
  const unknown = (): UserError =>
    'id' in name
      ? new UserError('site.unknown', '没有这个网站。')
      : new UserError('site.unknown', `名录里没有标识码为 ${name.siteCode} 的网站。`, {
          field: 'site',
        });
  const site = await findSite(db, name);
  if (!site) throw unknown();
  assertSees(acting, site.sponsorId, unknown);
  return site;
}

/** What was set for one site, or null; throws {@link UserError} `site.unknown`. */
export async function readQuietHours(
  db: RegistryDb,
  acting: Acting,
  name: SiteName,
): Promise<SiteQuietHours | null> {
  const { id } = await seenSite(db, acting, name);
  return (await listQuietHours(db, [id]))[0] ?? null;
}

function assertLeavesTime(windows: readonly QuietHours[]): void {
  if (windows.length > WINDOWS_MAX)
    throw new UserError('quiet-hours.many', `一个网站最多 ${WINDOWS_MAX} 个时段。`, {
      field: 'hours',
    });
  // Whatever the overlaps: how many of the day's minutes are quiet.
  const day = Date.parse('2020-09-16T16:00:00.000Z');
  let quiet = 0;
  for (let minute = 0; minute < 24 * 60; minute += 1)
    if (minutesOfQuiet(windows, new Date(day + minute * 60_000).toISOString()) > 0) quiet += 1;
  if (quiet > QUIET_MINUTES_MAX)
    throw new UserError(
      'quiet-hours.long',
      `一天里不访问的时段最多 ${QUIET_MINUTES_MAX / 60} 小时，否则没有时间检查。`,
      { field: 'hours' },
    );
}

/** Windows by site id; sites without any are not in the map. */
export async function quietHoursOf<Tables>(
  db: Kysely<Tables>,
  siteIds: readonly number[],
): Promise<Map<number, QuietHours[]>> {
  if (siteIds.length === 0) return new Map();
  const rows = await registryDb(db)
    .selectFrom('quiet_hours')
    .select(['site_id', 'from_clock', 'to_clock'])
    .where('site_id', 'in', [...siteIds])
    .orderBy('site_id')
    .orderBy('position')
    .execute();
  const found = new Map<number, QuietHours[]>();
  for (const { site_id, from_clock: from, to_clock: to } of rows)
    found.set(site_id, [...(found.get(site_id) ?? []), { from, to }]);
  return found;
}

/** Everything that is set, or what is set for some sites, by site code. */
export async function listQuietHours(
  db: RegistryDb,
  siteIds: readonly number[] | 'all' = 'all',
): Promise<SiteQuietHours[]> {
  const rows = await db
    .selectFrom('quiet_hours')
    .innerJoin('site', 'site.id', 'quiet_hours.site_id')
    .select([
      'site_id',
      'site_code',
      'name',
      'from_clock',
      'to_clock',
      'reason',
      'set_by',
      'set_at',
    ])
    .$if(siteIds !== 'all', (query) => query.where('site_id', 'in', [...siteIds] as number[]))
    .orderBy('site_code')
    .orderBy('position')
    .execute();
  return [...Map.groupBy(rows, (row) => row.site_id).values()].map((group) => {
    const { site_id, site_code, name, reason, set_by, set_at } = group[0]!;
    return {
      siteId: site_id,
      siteCode: site_code,
      name,
      windows: group.map(({ from_clock: from, to_clock: to }) => ({ from, to })),
      reason,
      setBy: set_by,
      setAt: new Date(set_at).toISOString(),
    };
  });
}

const wordsOfWindow = ({ from, to }: QuietHours): string => `${from}-${to}`;

/** One line for people. */
export const wordsOfQuiet = ({ siteCode, name, windows, reason, setBy, setAt }: SiteQuietHours) =>
  `${siteCode}\t${name}\t${windows.map(wordsOfWindow).join('、')}\t${reason}\t${setBy}，${shanghaiText(setAt)}`;
