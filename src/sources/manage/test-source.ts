import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import type { AuthorisationKeeper } from '../../gather/accounts/wechat/wechat-tokens.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { askSource, isAsked } from '../ask/ask-source.ts';
import { ownerOf } from '../ask/connector.ts';
import { keepOutcomes, rememberSeen } from '../keep-outcomes.ts';
import { storedQuotas } from '../quota.repository.ts';
import { sourcesOf } from '../source.repository.ts';
import { sourcesDb } from '../sources-db.ts';
import type { SweepFetchers } from '../sweep/sweep-fetchers.ts';
import { type ManageDeps, seenAccount } from './manage-sources.ts';
import { listSourceViews, type SourceItemView } from './source-views.ts';

/** Enough to see whether a source works; a round looks at its own window. */
const WINDOW_DAYS = 3;

/**
 * Asks one source now, parked or not, and keeps what it gave (立即测试). Throws {@link UserError} `source.unknown`, `source.by-hand` for
 * one that people bring, `account.unknown`.
 */
export async function testSource(
  deps: ManageDeps & {
    readonly authorisations?: AuthorisationKeeper;
    readonly openFetchers: () => SweepFetchers;
  },
  acting: Acting,
  at: { readonly accountId: number; readonly sourceId: number },
  now: () => Instant,
): Promise<SourceItemView> {
  assertMay(acting, 'registry.edit');
  const { store, sealing, authorisations } = deps;
  const db = sourcesDb(store.db);
  const account = await seenAccount(db, acting, at.accountId);
  const own = (await sourcesOf(db, [at.accountId])).get(at.accountId) ?? [];
  const source = own.find(({ id }) => id === at.sourceId);
  if (!source) throw new UserError('source.unknown', '没有这个信源。');
  if (!isAsked(source))
    throw new UserError('source.by-hand', '这一种信源由人填报，系统不去查看。', {
      family: 'state',
    });
  const fetchers = deps.openFetchers();
  try {
    const started = now();
    const outcome = await askSource(sealing, {
      ...{ source, account: ownerOf(account.name, account.account_id), windowDays: WINDOW_DAYS },
      ...{ monitoredAt: started, now: started, wantsInteraction: true },
      ...{ fetcher: fetchers.fetcherOf(source.kind), authorisations, quotas: storedQuotas(db) },
    });
    const seen = await rememberSeen(db, [{ source, outcome, at: now() }]);
    await store.transaction(async (trx) => {
      await keepOutcomes(trx, sealing, seen);
      await recordAudit(trx, {
        actor: nameOf(acting),
        action: 'source.test',
        subject: `account:${account.platform} ${account.account_id || account.name}`,
        detail: { sourceId: source.id, kind: source.kind, calls: outcome.calls },
        before: { state: source.state },
        after: { state: outcome.view.state },
      });
    });
  } finally {
    await fetchers.close();
  }
  return (await listSourceViews(db, at.accountId)).find(({ id }) => id === at.sourceId)!;
}
