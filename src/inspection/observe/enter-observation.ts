import { sql } from 'kysely';
import type { Observation, SeenProfile } from '../../domain/account-facts.ts';
import { type Acting, assertMay, nameOf, personOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import type { Store } from '../../store/store.ts';
import { type InspectionDb, inTransaction } from '../inspection-db.ts';
import { saveObservations } from './observation.repository.ts';
import { requireAccount } from './observed-account.ts';
import { picturesOf } from './picture.repository.ts';
import { contradictionsOf } from './sight-rules.ts';

/** What an inspector enters in the console; the rest of a sight the operation knows. */
export interface EnteredSight
  extends Pick<
    Observation,
    'observedAt' | 'newestOn' | 'ways' | 'testedAt' | 'repliedAt' | 'image'
  > {
  readonly profile: SeenProfile;
  readonly ads: string | null;
  readonly originalOn: Exclude<Observation['originalOn'], undefined>;
  readonly opens: boolean | null;
  readonly note: string | null;
  /** SHA-256 of a picture that was uploaded for this account before. */
  readonly picture: string | null;
}

/** All sights of an account go into the facts of its rounds. */
const SIGHTS_MAX = 1_000;

/**
 * What an inspector saw of an account, kept as he said it; judging is the rounds'. Audited. Throws {@link UserError}
 * `identity.forbidden`, `account.unknown`, `observation.empty`, `observation.contradiction`, `observation.exists`,
 * `observation.many`, `picture.unknown`.
 */
export async function enterObservation(
  deps: { readonly store: Store },
  acting: Acting,
  input: { readonly accountId: number; readonly sight: EnteredSight; readonly now: Instant },
): Promise<void> {
  assertMay(acting, 'observation.enter');
  const { accountId, sight } = input;
  await inTransaction(deps.store, async (trx) => {
    const account = await requireAccount(trx, acting, accountId);
    assertSensible(sight, input.now);
    // Two who enter at once: the second sees what the first wrote.
    await lockInTransaction(trx, `observation:${accountId}`);
    await assertRoom(trx, accountId, sight.observedAt);
    if (sight.picture !== null && (await picturesOf(trx, accountId, [sight.picture])).length === 0)
      throw new UserError('picture.unknown', '没有这张图片，请重新上传。', { field: 'picture' });
    const { name, userId } = personOf(acting);
    await saveObservations(trx, [
      { ...sight, accountId, origin: '控制台登记', by: name, byId: userId },
    ]);
    await recordAudit(trx, {
      actor: nameOf(acting),
      action: 'observation.enter',
      subject: `account:${accountId}`,
      detail: { name: account.name, sight },
      before: null,
      after: {
        ...{ observedAt: sight.observedAt, newestOn: sight.newestOn, ways: sight.ways },
        picture: sight.picture,
      },
    });
  });
}

function assertSensible(sight: EnteredSight, now: Instant): void {
  const { observedAt: _, picture, image, profile, ...said } = sight;
  const isEmpty = [...Object.values(said), ...Object.values(profile)].every(
    (value) => value === null || value === '',
  );
  // '' of advertisements says that there were none.
  if (isEmpty && sight.ads !== '' && picture === null && image === null)
    throw new UserError('observation.empty', '至少写一项看到的情况。', { field: 'newestOn' });
  const [contradiction] = contradictionsOf(sight, now);
  if (contradiction)
    throw new UserError(
      'observation.contradiction',
      `${WORDS[contradiction.field]}${contradiction.message}。`,
      {
        field: contradiction.field,
      },
    );
}

const WORDS: Readonly<Record<ReturnType<typeof contradictionsOf>[number]['field'], string>> = {
  observedAt: '观察时间',
  newestOn: '最新一条日期',
  originalOn: '最新一条原创日期',
  testedAt: '测试留言时刻',
  repliedAt: '回复时刻',
  isThere: '账号是否存在：',
};

async function assertRoom(
  trx: InspectionDb,
  accountId: number,
  observedAt: Instant,
): Promise<void> {
  const { rows } = await sql<{ all: number; same: number }>`
    select count(*)::int as all, (count(*) filter (where observed_at = ${observedAt} and withdrawn_at is null))::int as same
      from observation where account_id = ${accountId}`.execute(trx);
  const { all = 0, same = 0 } = rows[0] ?? {};
  if (same > 0)
    throw new UserError(
      'observation.exists',
      '这个账号在同一分钟已有一条观察；补充的情况请写另一个观察时间。',
      { family: 'state', field: 'observedAt' },
    );
  if (all >= SIGHTS_MAX)
    throw new UserError('observation.many', `一个账号最多登记 ${SIGHTS_MAX} 条观察。`, {
      family: 'state',
      field: 'observedAt',
    });
}
