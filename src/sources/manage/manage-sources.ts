import type { SourceKind } from '../../domain/account-sources.ts';
import { type Acting, assertMay, assertSees, nameOf } from '../../domain/acting.ts';
import { recordAudit, type Sealing } from '../../identity/index.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { Secret } from '../../lib/pure/secret.ts';
import { credentialPlace, isPublicAddressText, LEVEL_OF } from '../../registry/index.ts';
import type { Store } from '../../store/store.ts';
import { type SourcesDb, sourcesDb } from '../sources-db.ts';
import { listSourceViews, type SourceItemView } from './source-views.ts';

/** What managing sources needs of the process. */
export interface ManageDeps {
  readonly store: Store;
  readonly sealing: Sealing;
}

/** Sources of one account; more are nobody's to look after. */
const SOURCES_MAX = 20;
/** Kinds that have no use without an address, and those that have none without an identity. */
const NEEDS_ADDRESS: readonly SourceKind[] = ['rss', 'atom', 'jsonfeed', 'article'];
const NEEDS_IDENTITY: readonly SourceKind[] = ['wechat', 'weibo', 'douyin'];

/** Kinds that people may add. */
export const ADDED_KINDS = [
  ...(['wechat', 'weibo', 'douyin', 'rss', 'atom', 'jsonfeed', 'article'] as const),
] as const;

export interface NewSource {
  readonly kind: (typeof ADDED_KINDS)[number];
  readonly address: string;
  readonly identity: string;
  readonly secret: Secret | null;
}

/** The account of an id that somebody sees. Throws {@link UserError} `account.unknown`, also outside of his scope. */
export async function seenAccount(db: SourcesDb, acting: Acting, id: number) {
  const unknown = (): UserError => new UserError('account.unknown', '没有这个账号。');
  const account = await db
    .selectFrom('account')
    .select(['id', 'platform', 'account_id', 'name', 'sponsor_id'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!account) throw unknown();
  assertSees(acting, account.sponsor_id, unknown);
  return account;
}

/** Sources of an account with how they stand; no secret is among them. */
export async function readSources(
  { store }: Pick<ManageDeps, 'store'>,
  acting: Acting,
  accountId: number,
): Promise<SourceItemView[]> {
  assertMay(acting, 'registry.read');
  const db = sourcesDb(store.db);
  await seenAccount(db, acting, accountId);
  return listSourceViews(db, accountId);
}

/** Adds a source. Throws {@link UserError} `source.many`, `source.address`, `source.identity`, `source.same`. */
export async function addSource(
  { store, sealing }: ManageDeps,
  acting: Acting,
  accountId: number,
  source: NewSource,
): Promise<SourceItemView> {
  assertMay(acting, 'registry.edit');
  const address = checkedAddress(source);
  return store.transaction(async (trx) => {
    const db = sourcesDb(trx);
    const account = await seenAccount(db, acting, accountId);
    await db.selectFrom('account').select('id').where('id', '=', accountId).forUpdate().execute();
    const known = await listSourceViews(db, accountId);
    const { kind, identity, secret } = source;
    if (known.length >= SOURCES_MAX)
      throw new UserError('source.many', `一个账号最多 ${SOURCES_MAX} 个信源。`, {
        family: 'state',
      });
    if (
      known.some(
        (each) => each.kind === kind && each.address === address && each.identity === identity,
      )
    )
      throw new UserError('source.same', '已经有同样的信源；要换密钥请在那一个上换。', {
        family: 'state',
      });
    const { id } = await db
      .insertInto('account_source')
      .values({
        ...{ account_id: accountId, position: (known.at(-1)?.position ?? 0) + 1 },
        ...{ origin: 'console', kind, level: LEVEL_OF[kind], address, identity },
        credential: secret && sealing.seal(credentialPlace(accountId), secret),
        created_by: nameOf(acting),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await recordAudit(trx, {
      actor: nameOf(acting),
      action: 'source.add',
      subject: `account:${account.platform} ${account.account_id || account.name}`,
      detail: { sourceId: id },
      before: null,
      after: { kind, address, identity, secret: secret && '[secret]' },
    });
    return (await listSourceViews(db, accountId)).find((each) => each.id === id)!;
  });
}

/** The address as it is asked; public ones only, and none with a name and a password in it. */
function checkedAddress({ kind, address, identity }: NewSource): string {
  const refuse = (message: string): never => {
    throw new UserError('source.address', message, { field: 'address' });
  };
  if (NEEDS_IDENTITY.includes(kind) && identity === '')
    throw new UserError('source.identity', '请填写账号在平台上的编号（AppID、uid 或 open_id）。', {
      field: 'identity',
    });
  if (address === '') return NEEDS_ADDRESS.includes(kind) ? refuse('这一种信源要写地址。') : '';
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol))
    return refuse('地址应以 http:// 或 https:// 开头。');
  if (url.username !== '' || url.password !== '') return refuse('地址里不能带用户名和密码。');
  if (!isPublicAddressText(url.hostname)) return refuse('这是本机或内网地址，不能作为信源。');
  return url.href;
}

/** Another credential; the source is asked anew. Throws {@link UserError} `source.unknown`. */
export async function changeCredential(
  { store, sealing }: ManageDeps,
  acting: Acting,
  at: { readonly accountId: number; readonly sourceId: number },
  secret: Secret,
): Promise<void> {
  assertMay(acting, 'registry.edit');
  await store.transaction(async (trx) => {
    const db = sourcesDb(trx);
    const { subject, source } = await seenSource(db, acting, at);
    await db
      .updateTable('account_source')
      .set({
        credential: sealing.seal(credentialPlace(at.accountId), secret),
        ...{ state: 'new', state_reason: '', next_step: '', failures: 0, park_until: null },
        checked_at: null,
      })
      .where('id', '=', source.id)
      .execute();
    await recordAudit(trx, {
      actor: nameOf(acting),
      action: 'source.credential',
      ...{ subject, detail: { sourceId: source.id, kind: source.kind } },
      before: { secret: source.hasCredential ? '[secret]' : null },
      after: { secret: '[secret]', state: 'new' },
    });
  });
}

/** Takes a source away; what it showed stays, its credential does not. Throws {@link UserError} `source.unknown`. */
export async function removeSource(
  { store }: Pick<ManageDeps, 'store'>,
  acting: Acting,
  at: { readonly accountId: number; readonly sourceId: number },
  now: Instant,
): Promise<void> {
  assertMay(acting, 'registry.edit');
  await store.transaction(async (trx) => {
    const db = sourcesDb(trx);
    const { subject, source } = await seenSource(db, acting, at);
    await db
      .updateTable('account_source')
      .set({ removed_at: now, credential: null })
      .where('id', '=', source.id)
      .execute();
    const { id, kind, address, identity } = source;
    await recordAudit(trx, {
      actor: nameOf(acting),
      action: 'source.remove',
      ...{ subject, detail: { sourceId: id } },
      before: { kind, address, identity },
      after: null,
    });
  });
}

async function seenSource(
  db: SourcesDb,
  acting: Acting,
  { accountId, sourceId }: { readonly accountId: number; readonly sourceId: number },
) {
  const account = await seenAccount(db, acting, accountId);
  const source = (await listSourceViews(db, accountId)).find(({ id }) => id === sourceId);
  if (!source) throw new UserError('source.unknown', '没有这个信源。');
  return { source, subject: `account:${account.platform} ${account.account_id || account.name}` };
}

/** A post that the unit itself reports; the day in Asia/Shanghai. */
export interface Report {
  readonly title: string;
  readonly url: string;
  readonly publishedOn: CalendarDate;
}

/**
 * Keeps what a unit reports of its account (单位报送): it shows an update, and never proves silence. Throws {@link UserError}
 * `submission.future`, `account.unknown`.
 */
export async function reportPost(
  { store }: Pick<ManageDeps, 'store'>,
  acting: Acting,
  accountId: number,
  report: Report & { readonly now: Instant; readonly today: CalendarDate },
): Promise<void> {
  assertMay(acting, 'registry.edit');
  const { title, url, publishedOn, now, today } = report;
  if (publishedOn > today)
    throw new UserError('submission.future', '发布日期在将来，请核对。', { field: 'publishedOn' });
  await store.transaction(async (trx) => {
    const db = sourcesDb(trx);
    const account = await seenAccount(db, acting, accountId);
    await db.selectFrom('account').select('id').where('id', '=', accountId).forUpdate().execute();
    const sourceId = await submissionSource(db, accountId, { by: nameOf(acting), now });
    await db
      .insertInto('account_post')
      .values({
        ...{
          source_id: sourceId,
          item_id: url || `${publishedOn} ${title}`,
          account_id: accountId,
        },
        ...{
          title,
          url,
          published_on: publishedOn,
          published_at: null,
          quiet: null,
          original: null,
        },
        ...{ pinned: false, deleted: false, reads: null, likes: null, recommends: null },
        ...{ comments: null, shares: null, first_seen_at: now, last_seen_at: now },
        ...{ deleted_seen_at: null, submitted_by: nameOf(acting) },
      })
      .onConflict((conflict) =>
        conflict.columns(['source_id', 'item_id']).doUpdateSet({
          ...{ title, published_on: publishedOn, last_seen_at: now },
          submitted_by: nameOf(acting),
        }),
      )
      .execute();
    await recordAudit(trx, {
      actor: nameOf(acting),
      action: 'source.report',
      subject: `account:${account.platform} ${account.account_id || account.name}`,
      detail: {},
      before: null,
      after: { title, url, publishedOn },
    });
  });
}

async function submissionSource(
  db: SourcesDb,
  accountId: number,
  { by, now }: { readonly by: string; readonly now: Instant },
): Promise<number> {
  const known = await listSourceViews(db, accountId);
  const own = known.find(({ kind }) => kind === 'submission');
  const stands = { state: 'ok' as const, checked_at: now, ok_at: now };
  if (own) {
    await db.updateTable('account_source').set(stands).where('id', '=', own.id).execute();
    return own.id;
  }
  const { id } = await db
    .insertInto('account_source')
    .values({
      ...{ account_id: accountId, position: (known.at(-1)?.position ?? 0) + 1, origin: 'console' },
      ...{ kind: 'submission', level: LEVEL_OF.submission, address: '', credential: null },
      ...{ created_by: by, ...stands },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
