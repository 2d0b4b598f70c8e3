import { type Acting, assertMay, assertSees, nameOf, personOf } from '../../domain/acting.ts';
import { type AccountPlatform, PLATFORM_WORDS } from '../../domain/discovered-account.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { adoptAccount, type LifecycleDeps, withdrawCase } from '../../lifecycle/index.ts';
import { type DiscoveryDb, discoveryDb } from './discovery-db.ts';
import { dismissalOf } from './keep-candidates.ts';
import { unknownDiscovered } from './list-discovered.ts';

export interface DecideInput {
  readonly id: number;
  readonly at: Instant;
}

/** Who decides of accounts outside of the register changes the register. */
const ABILITY = 'discovery.decide';
const STATE_WORDS = { open: '待处理', adopted: '已纳入', dismissed: '不予纳入' } as const;

/**
 * Takes an account that runs outside of the register into it: a draft of a 补登记 case for its unit, which two people then decide. Throws
 * {@link UserError} `discovered.unknown`, `discovered.decided`, `discovered.registered`, `identity.forbidden`, `unit.unknown`.
 */
export async function adoptDiscovered(
  deps: LifecycleDeps,
  acting: Acting,
  input: DecideInput & {
    /** The unit that is to answer for it; the sponsor of the site that shows it when not given. */
    readonly unitId?: number | undefined;
    /** Needed where no page names it. */
    readonly name?: string | undefined;
  },
): Promise<{ readonly caseId: number }> {
  assertMay(acting, ABILITY);
  return deps.store.transaction(async (trx) => {
    const db = discoveryDb(trx);
    const found = await lockOpen(db, acting, input.id);
    if (found.match === 'matched')
      throw new UserError('discovered.registered', '这个账号已在名录里，不用再纳入。', {
        family: 'state',
      });
    const name = input.name?.trim() || found.name;
    if (name === null)
      throw new UserError('discovered.name', '网页上没有写这个账号的名称，请填写名称。', {
        field: 'name',
      });
    const seen = await db
      .selectFrom('discovered_sighting')
      .select(['page_url', 'address'])
      .where('discovered_id', '=', found.id)
      .orderBy('first_seen_at')
      .limit(1)
      .executeTakeFirst();
    const { caseId } = await adoptAccount(trx, deps.lifecycle, acting, {
      unitId: input.unitId ?? found.unit_id,
      platform: PLATFORM_WORDS[found.platform as AccountPlatform] ?? found.platform,
      name,
      // What only the platform understands, or a name, is no id of an account.
      accountId: ['qr', 'short', 'name', 'article'].includes(found.id_kind)
        ? ''
        : found.account_key,
      homeLink: seen?.address ?? '',
      originRef: `discovered:${found.id}`,
      reason: `在网页上发现的系统外账号：${seen?.page_url ?? ''}`,
      at: input.at,
    });
    await decide(db, acting, found, {
      ...{ state: 'adopted', reason: null, caseId, at: input.at, dismissedAs: null },
    });
    return { caseId };
  });
}

/**
 * Decides that it is no account to look after, with the reason. It does not come back unless its id, name or match changes. Throws
 * {@link UserError} `discovered.unknown`, `discovered.decided`, `discovered.reason`, `identity.forbidden`.
 */
export async function dismissDiscovered(
  { store }: Pick<LifecycleDeps, 'store'>,
  acting: Acting,
  { id, at, reason }: DecideInput & { readonly reason: string },
): Promise<void> {
  assertMay(acting, ABILITY);
  const why = reason.trim();
  if (why === '')
    throw new UserError('discovered.reason', '请写明为什么不予纳入。', { field: 'reason' });
  await store.transaction(async (trx) => {
    const db = discoveryDb(trx);
    const found = await lockOpen(db, acting, id);
    await decide(db, acting, found, {
      ...{ state: 'dismissed', reason: why, caseId: null, at },
      dismissedAs: dismissalOf(found.identity, found.name, found.match),
    });
  });
}

/**
 * Takes a decision back: the account is open again; the case of an adopted one is withdrawn where it still can be. Throws {@link UserError}
 * `discovered.unknown`, `discovered.open`, `identity.forbidden`, and of the case `case.state`.
 */
export async function reopenDiscovered(
  deps: LifecycleDeps,
  acting: Acting,
  { id, at }: DecideInput,
): Promise<void> {
  assertMay(acting, ABILITY);
  const before = await findSeen(discoveryDb(deps.store.db), acting, id);
  if (before.state === 'adopted' && before.case_id !== null)
    await withdrawCase(deps, acting, { caseId: before.case_id, note: '撤回纳入', at });
  await deps.store.transaction(async (trx) => {
    const db = discoveryDb(trx);
    const found = await findSeen(db, acting, id, true);
    if (found.state === 'open')
      throw new UserError('discovered.open', '这条线索还没有处理，不用撤回。', {
        family: 'state',
      });
    await decide(db, acting, found, {
      ...{ state: 'open', reason: null, caseId: null, at, dismissedAs: null },
    });
  });
}

const VERBS = { open: 'reopen', adopted: 'adopt', dismissed: 'dismiss' } as const;

type Found = Awaited<ReturnType<typeof findSeen>>;

async function findSeen(db: DiscoveryDb, acting: Acting, id: number, isHeld = false) {
  const query = db.selectFrom('discovered_account').selectAll().where('id', '=', id);
  const found = await (isHeld ? query.forUpdate() : query).executeTakeFirst();
  if (found === undefined) throw unknownDiscovered();
  assertSees(acting, found.unit_id, unknownDiscovered);
  return found;
}

async function lockOpen(db: DiscoveryDb, acting: Acting, id: number): Promise<Found> {
  const found = await findSeen(db, acting, id, true);
  if (found.state === 'open') return found;
  throw new UserError(
    'discovered.decided',
    `${found.decided_by ?? '别人'} 已处理（${STATE_WORDS[found.state]}）；要改，请先撤回。`,
    { family: 'state' },
  );
}

async function decide(
  db: DiscoveryDb,
  acting: Acting,
  found: Found,
  decision: {
    readonly state: Found['state'];
    readonly reason: string | null;
    readonly caseId: number | null;
    readonly dismissedAs: string | null;
    readonly at: Instant;
  },
): Promise<void> {
  const verb = VERBS[decision.state];
  const by = decision.state === 'open' ? null : personOf(acting);
  await db
    .updateTable('discovered_account')
    .set({
      ...{ state: decision.state, reason: decision.reason, case_id: decision.caseId },
      ...{ decided_by: by?.name ?? null, decided_by_id: by?.userId ?? null },
      ...{ decided_at: by === null ? null : decision.at, dismissed_as: decision.dismissedAs },
    })
    .where('id', '=', found.id)
    .execute();
  await recordAudit(db, {
    actor: nameOf(acting),
    action: `discovery.${verb}`,
    subject: `discovered:${found.id}`,
    detail: { platform: found.platform, key: found.account_key, name: found.name },
    before: { state: STATE_WORDS[found.state], reason: found.reason },
    after: {
      ...{ state: STATE_WORDS[decision.state], reason: decision.reason },
      ...(decision.caseId === null ? {} : { case: decision.caseId }),
    },
  });
}
