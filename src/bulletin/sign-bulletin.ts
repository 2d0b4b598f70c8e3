import type { Actor } from '../domain/actor.ts';
import { recordAudit } from '../identity/index.ts';
import { type RoundTransaction, withRound } from '../inspection/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Store } from '../store/store.ts';
import { type BuiltBulletin, findBulletin, listBuilds } from './bulletin.repository.ts';
import { checkSigning, SIGNATURES_NEEDED } from './check-signing.ts';
import {
  insertSignature,
  listSignatures,
  type Signature,
  withdrawSignature,
} from './signature.repository.ts';

export interface SignInput {
  readonly period: string;
  /** SHA-256 (hex) of the bulletin.json that was read: nobody signs another build than the one he saw. */
  readonly sha256: string;
  readonly at: Instant;
}

/**
 * One person signs one exact build; the second, who must be another, makes it final: the round is issued and nothing is built
 * any more. Throws {@link UserError} with the code of the first reason not to.
 */
export async function signBulletin(
  deps: { store: Store },
  actor: Actor,
  input: SignInput,
): Promise<readonly Signature[]> {
  const userId = assertPerson(actor);
  const build = await requireNewest(deps.store, input);
  const [first] = (await checkSigning(deps.store, build)).blockers;
  if (first)
    throw new UserError(first.code, first.message, { family: 'state', details: first.details });
  return withRound(deps.store, input.period, async (within) => {
    const before = await standing(within, build);
    if (before.some((signature) => signature.userId === userId))
      throw new UserError('bulletin.sign.same-person', '您已签过这一稿；第二个签名要由另一人签。', {
        family: 'state',
      });
    const { sha256 } = build;
    const signature = { bulletinId: build.id, sha256, userId, by: actor.name, at: input.at };
    await insertSignature(within.trx, signature);
    const signatures = [...before, signature];
    const subject = `round:${build.period}`;
    const detail = { sha256, signatures: signatures.map(({ by }) => by) };
    await recordAudit(within.trx, {
      ...{ actor: actor.name, action: 'bulletin.sign', subject, detail: { sha256 } },
      before: { signatures: before.map(({ by }) => by) },
      after: { signatures: signatures.map(({ by }) => by) },
    });
    if (signatures.length >= SIGNATURES_NEEDED) await within.issue(actor.name, detail);
    return signatures;
  });
}

/** Takes back the actor's own signature, as long as nobody else has signed. */
export async function withdrawOwnSignature(
  deps: { store: Store },
  actor: Actor,
  input: { readonly period: string; readonly at: Instant },
): Promise<void> {
  const userId = assertPerson(actor);
  const build = await findBulletin(deps.store.db, input.period);
  if (!build) throw unbuilt(input.period);
  await withRound(deps.store, input.period, async (within) => {
    const before = await standing(within, build);
    const own = { bulletinId: build.id, userId, at: input.at };
    if (!(await withdrawSignature(within.trx, own)))
      throw new UserError('bulletin.signature.unknown', '您没有签过这一稿。');
    await recordAudit(within.trx, {
      actor: actor.name,
      action: 'bulletin.withdraw',
      subject: `round:${build.period}`,
      detail: { sha256: build.sha256 },
      before: { signatures: before.map(({ by }) => by) },
      after: { signatures: before.filter((each) => each.userId !== userId).map(({ by }) => by) },
    });
  });
}

/** The signatures under a build that is still the newest of a round not yet issued. */
async function standing(
  { trx, round }: RoundTransaction,
  build: BuiltBulletin,
): Promise<Signature[]> {
  if (round.state === 'issued')
    throw new UserError('bulletin.final', `${round.period} 的通报已由两人签发，不能再改。`, {
      family: 'state',
    });
  const newest = await findBulletin(trx, round.period);
  if (newest?.id !== build.id) throw notNewest();
  return listSignatures(trx, [build.id]);
}

/** A signature is a person's own act: neither a machine's token nor the command line has a hand to sign with. */
export function assertPerson(actor: Actor): number {
  if (actor.userId === null || actor.how !== 'session')
    throw new UserError(
      'identity.forbidden',
      '签发要由本人登录后办理，命令行和接口令牌不能代签。',
      {
        details: ['bulletin.sign'],
      },
    );
  return actor.userId;
}

async function requireNewest(
  store: Store,
  { period, sha256 }: Pick<SignInput, 'period' | 'sha256'>,
): Promise<BuiltBulletin> {
  const newest = await findBulletin(store.db, period);
  if (!newest) throw unbuilt(period);
  if (newest.sha256 === sha256) return newest;
  const { total } = await listBuilds(store.db, period, { limit: 1, offset: 0, sha256 });
  if (total > 0) throw notNewest();
  throw new UserError('bulletin.build.unknown', '没有这一稿通报；请刷新后核对要签的是哪一稿。', {
    field: 'sha256',
  });
}

export const unbuilt = (period: string): UserError =>
  new UserError('bulletin.unknown', `${period} 还没有生成通报。`);

const notNewest = (): UserError =>
  new UserError(
    'bulletin.sign.not-newest',
    '这一稿之后又生成了新的通报；请打开最新的一稿，核对后再签。',
    { family: 'state' },
  );
