import { type Acting, assertMay, may, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import type { StoreDeps } from '../../store/store.ts';
import { type DutyTrx, dutyDb } from '../duty-db.ts';
import { POST_SPECS, type Post } from './post.ts';
import {
  type CurrentHolding,
  cleanHolder,
  currentHolding,
  type Holder,
  maskedHolder,
  putHolding,
} from './put-holding.ts';
import { requireSubject, type SubjectKey, trailSubject } from './subject.ts';

export interface PostInput extends SubjectKey {
  readonly post: Post;
  readonly holder: Holder;
  /** The holding that somebody saw there; null = none. */
  readonly seenId: number | null;
  readonly at: Instant;
}

/**
 * Says who holds a post, for the first time or corrected, or for leaders and companies in another's place. Throws {@link UserError}
 * `identity.forbidden`, `duty.unknown`, `duty.changed`, `duty.hands`, `duty.text`, `duty.dates`.
 */
export async function setPost(
  { store }: StoreDeps,
  acting: Acting,
  input: PostInput,
): Promise<void> {
  assertMay(acting, 'duty.edit');
  const { post, seenId, at } = input;
  const holder = cleanHolder(post, input.holder);
  if (holder.phone !== '' && !may(acting, 'registry.contact'))
    throw new UserError('identity.forbidden', '您没有看和改电话的权限。', { field: 'phone' });
  await store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    await lockInTransaction(trx, 'registry');
    const subject = await requireSubject(dutyDb(trx), acting, input);
    const current = await currentHolding(trx, subject, post);
    if ((current?.id ?? null) !== seenId)
      throw new UserError('duty.changed', '您打开以后别人改过这个岗位，请刷新后再改。', {
        family: 'state',
      });
    assertSetHere(post, current, holder);
    await putHolding(trx, acting, { subject, post, holder, origin: 'console', at });
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'duty.set', subject: trailSubject(subject) },
      detail: { post: POST_SPECS[post].title, on: shanghaiDate(at) },
      before: current === null ? null : maskedHolder(post, current),
      after: maskedHolder(post, holder),
    });
  });
}

/** Throws {@link UserError} `duty.hands` where another person has to take over first. */
export function assertSetHere(post: Post, current: CurrentHolding | null, holder: Holder): void {
  const { title, changesHands } = POST_SPECS[post];
  if (!changesHands || current === null || current.name === holder.name) return;
  throw new UserError(
    'duty.hands',
    `${title}已有人担任；换人请办理交接，由接手的人确认，不能直接改。`,
    { family: 'state', field: 'name' },
  );
}
