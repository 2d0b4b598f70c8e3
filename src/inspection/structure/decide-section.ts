import { pageKey } from '../../derive/site/index.ts';
import { type Acting, assertMay, assertSees, nameOf, personOf } from '../../domain/acting.ts';
import { STANDARD_KINDS, type StandardKind } from '../../domain/facts/structure-facts.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { findSite, type SiteName } from '../../registry/index.ts';
import type { Store } from '../../store/store.ts';
import { type InspectionDb, inTransaction } from '../inspection-db.ts';
import { DECISIONS_MAX } from './section-kind.repository.ts';

export interface SectionDecision {
  readonly site: SiteName;
  readonly url: string;
  /** Null takes the decision back. */
  readonly kind: StandardKind | null;
  readonly reason: string;
  readonly at: Instant;
}

export const SECTION_REASON_MAX = 500;
export const SECTION_URL_MAX = 2_048;

type KnownSite = NonNullable<Awaited<ReturnType<typeof findSite>>>;

/**
 * Remembers what a section of a site is for, from now on and in every later round, or forgets it again. Audited. Throws
 * {@link UserError} `section.url`, `section.reason`, `section.unknown`, `section.many`, `site.unknown`, `identity.forbidden`.
 */
export async function decideSection(
  deps: { readonly store: Store },
  acting: Acting,
  input: SectionDecision,
): Promise<void> {
  assertMay(acting, 'finding.review');
  const reason = input.reason.trim();
  if (reason === '' || reason.length > SECTION_REASON_MAX)
    throw new UserError('section.reason', `要写明理由，不超过 ${SECTION_REASON_MAX} 字。`, {
      field: 'reason',
    });
  const key = keyOf(input.url);
  await inTransaction(deps.store, async (trx) => {
    const site = await requireSite(trx, acting, input.site);
    const before = await trx
      .selectFrom('section_kind')
      .select(['kind', 'reason'])
      .where('site_code', '=', site.siteCode)
      .where('section_key', '=', key)
      .executeTakeFirst();
    if (input.kind === null) await forget(trx, site, key, before !== undefined);
    else {
      if (before === undefined) await assertRoom(trx, site);
      await remember(trx, acting, { ...input, kind: input.kind, reason }, { site, key });
    }
    await recordAudit(trx, {
      actor: nameOf(acting),
      action: input.kind === null ? 'section.forget' : 'section.decide',
      subject: `site:${site.siteCode}`,
      detail: { url: input.url, reason },
      before: { kind: before?.kind ?? null },
      after: { kind: input.kind },
    });
  });
}

function keyOf(url: string): string {
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  if (!isWeb || url.length > SECTION_URL_MAX)
    throw new UserError('section.url', `“${url.slice(0, 100)}”不是栏目的网址。`, { field: 'url' });
  return pageKey(url);
}

/** The site by its row or its code; outside somebody's scope it does not exist. */
export async function requireSite(
  db: InspectionDb,
  acting: Acting,
  name: SiteName,
): Promise<KnownSite> {
  const unknown = (): UserError =>
    'id' in name
      ? new UserError('site.unknown', '没有这个网站。')
      : new UserError('site.unknown', `名录里没有网站标识码“${name.siteCode}”。`, {
          field: 'siteCode',
        });
  const site = await findSite(db, name);
  if (!site) throw unknown();
  assertSees(acting, site.sponsorId, unknown);
  return site;
}

/** What is read back is bounded, so what is kept must be: one more would be forgotten silently. */
async function assertRoom(trx: InspectionDb, { siteCode }: KnownSite): Promise<void> {
  const { kept } = await trx
    .selectFrom('section_kind')
    .select(({ fn }) => fn.countAll<string>().as('kept'))
    .where('site_code', '=', siteCode)
    .executeTakeFirstOrThrow();
  if (Number(kept) >= DECISIONS_MAX)
    throw new UserError('section.many', `一个网站最多认定 ${DECISIONS_MAX} 个栏目的类别。`, {
      field: 'url',
    });
}

async function forget(
  trx: InspectionDb,
  site: KnownSite,
  key: string,
  isKnown: boolean,
): Promise<void> {
  if (!isKnown)
    throw new UserError('section.unknown', '这个栏目没有人认定过类别。', { field: 'url' });
  await trx
    .deleteFrom('section_kind')
    .where('site_code', '=', site.siteCode)
    .where('section_key', '=', key)
    .execute();
}

async function remember(
  trx: InspectionDb,
  acting: Acting,
  input: SectionDecision & { readonly kind: StandardKind },
  { site, key }: { readonly site: KnownSite; readonly key: string },
): Promise<void> {
  const person = personOf(acting);
  const said = {
    url: input.url,
    kind: input.kind,
    reason: input.reason,
    decided_by: person.name,
    decided_by_id: person.userId,
    decided_at: input.at,
  };
  await trx
    .insertInto('section_kind')
    .values({ site_code: site.siteCode, section_key: key, ...said })
    .onConflict((conflict) => conflict.columns(['site_code', 'section_key']).doUpdateSet(said))
    .execute();
}

/** A kind by its id or its Chinese name; throws {@link UserError} `section.kind`. */
export function readKind(text: string): StandardKind {
  const said = text.trim();
  const found = (Object.keys(STANDARD_KINDS) as StandardKind[]).find(
    (kind) => kind === said || STANDARD_KINDS[kind] === said,
  );
  if (found) return found;
  throw new UserError(
    'section.kind',
    `没有“${said}”这个类别；可用：${Object.values(STANDARD_KINDS).join('、')}。`,
    { field: 'kind' },
  );
}
