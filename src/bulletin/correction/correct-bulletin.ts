import type { Actor } from '../../domain/actor.ts';
import { recordAudit } from '../../identity/index.ts';
import { type RoundTransaction, withRound } from '../../inspection/index.ts';
import { type Instant, isCalendarDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { Store } from '../../store/store.ts';
import { findBulletin } from '../bulletin.repository.ts';
import { SIGNATURES_NEEDED } from '../check-signing.ts';
import { assertPerson, unbuilt } from '../sign-bulletin.ts';
import { sha256Of } from '../write-bulletin-files.ts';
import {
  type Correction,
  endDraft,
  insertCorrection,
  insertCorrectionSignature,
  listCorrections,
} from './correction.repository.ts';
import { type CorrectionWords, composeCorrection, prints } from './correction.ts';

/** Drafts that were withdrawn count too: a bulletin with more errors is written anew. */
export const CORRECTIONS_MAX = 100;

export interface NewCorrection extends CorrectionWords {
  readonly period: string;
  readonly at: Instant;
}

/**
 * Drafts the correction notice of an issued bulletin, whose own files stay as they were signed. What is said to be wrong must be what the
 * bulletin prints. Throws {@link UserError} `bulletin.correction.early`, `bulletin.correction.nowhere`, `bulletin.correction.same`,
 * `bulletin.correction.dates`, `bulletin.correction.many`.
 */
export async function draftCorrection(
  deps: { store: Store },
  actor: string,
  { period, at, ...words }: NewCorrection,
): Promise<Correction> {
  return withRound(deps.store, period, async ({ trx, round }) => {
    const build = await findBulletin(trx, round.period);
    if (build === null) throw unbuilt(period);
    if (round.state !== 'issued')
      throw new UserError(
        'bulletin.correction.early',
        `${round.period} 的通报还没有印发：不用更正，改好后重新生成即可。`,
        { family: 'state' },
      );
    assertWords(words, build.content);
    const earlier = await listCorrections(trx, round.period);
    if (earlier.length >= CORRECTIONS_MAX)
      throw new UserError(
        'bulletin.correction.many',
        `一期最多起草 ${CORRECTIONS_MAX} 份更正通知。`,
        {
          family: 'state',
        },
      );
    const content = composeCorrection(build.content, build.sha256, words);
    const draft = {
      ...{ period: round.period, bulletinId: build.id, content, ...words },
      sha256: sha256Of(Buffer.from(JSON.stringify(content))),
      ...{ draftedBy: actor, draftedAt: at },
    };
    const id = await insertCorrection(trx, draft);
    await recordAudit(trx, {
      ...{ actor, action: 'bulletin.correct', subject: `round:${round.period}` },
      detail: { correction: id, documentNumber: words.documentNumber },
      before: { printed: words.wrong },
      after: { printed: words.correct, reason: words.reason, sha256: draft.sha256 },
    });
    return { ...draft, id, issuedAt: null, withdrawnAt: null, signatures: [] };
  });
}

function assertWords(
  { wrong, correct, issuedOn }: CorrectionWords,
  bulletin: Parameters<typeof prints>[0],
): void {
  if (!prints(bulletin, wrong))
    throw new UserError(
      'bulletin.correction.nowhere',
      '通报里没有这句话；请照通报原文抄写有误的文字（附件表里的一行可以连着写）。',
      { field: 'wrong' },
    );
  if (wrong === correct)
    throw new UserError('bulletin.correction.same', '更正前后的文字相同。', { field: 'correct' });
  if (isCalendarDate(bulletin.issuedOn) && issuedOn < bulletin.issuedOn)
    throw new UserError(
      'bulletin.correction.dates',
      `更正通知的日期早于通报的日期（${bulletin.issuedOn}）。`,
      { field: 'issuedOn' },
    );
}

export interface CorrectionAct {
  readonly period: string;
  readonly id: number;
  readonly at: Instant;
}

/** Signs the words that were read; the second person's signature issues the notice. */
export async function signCorrection(
  deps: { store: Store },
  actor: Actor,
  input: CorrectionAct & { readonly sha256: string },
): Promise<void> {
  const userId = assertPerson(actor);
  await withRound(deps.store, input.period, async (within) => {
    const draft = await requireDraft(within, input.id);
    if (draft.sha256 !== input.sha256)
      throw new UserError(
        'bulletin.correction.unknown',
        '没有这样的一份更正通知；请刷新后核对要签的是哪一份。',
        { field: 'sha256' },
      );
    if (draft.signatures.some((signature) => signature.userId === userId))
      throw new UserError(
        'bulletin.sign.same-person',
        '您已签过这份更正通知；第二个签名要由另一人签。',
        { family: 'state' },
      );
    const signature = { userId, by: actor.name, at: input.at };
    await insertCorrectionSignature(within.trx, draft.id, signature);
    const signatures = [...draft.signatures, signature];
    const isIssued = signatures.length >= SIGNATURES_NEEDED;
    if (isIssued) await endDraft(within.trx, draft.id, { issued_at: input.at });
    await recordAudit(within.trx, {
      ...{ actor: actor.name, action: 'bulletin.correct-sign' },
      subject: `round:${draft.period}`,
      detail: { correction: draft.id, sha256: draft.sha256 },
      before: { signatures: draft.signatures.map(({ by }) => by) },
      after: { signatures: signatures.map(({ by }) => by), issued: isIssued },
    });
  });
}

/** Takes a draft back; what was issued stays, and is corrected by another notice. */
export async function withdrawCorrection(
  deps: { store: Store },
  actor: Actor,
  input: CorrectionAct,
): Promise<void> {
  await withRound(deps.store, input.period, async (within) => {
    const draft = await requireDraft(within, input.id);
    await endDraft(within.trx, draft.id, { withdrawn_at: input.at });
    await recordAudit(within.trx, {
      ...{ actor: actor.name, action: 'bulletin.correct-withdraw' },
      subject: `round:${draft.period}`,
      detail: { correction: draft.id },
      before: { signatures: draft.signatures.map(({ by }) => by) },
      after: { withdrawn: true },
    });
  });
}

async function requireDraft({ trx, round }: RoundTransaction, id: number): Promise<Correction> {
  const [found] = await listCorrections(trx, round.period, id);
  if (found === undefined) throw unknownCorrection();
  if (found.issuedAt !== null)
    throw new UserError(
      'bulletin.correction.final',
      '这份更正通知已由两人签发，不能再改；还有错的另发一份。',
      { family: 'state' },
    );
  if (found.withdrawnAt !== null)
    throw new UserError('bulletin.correction.final', '这份更正通知的草稿已经撤下。', {
      family: 'state',
    });
  return found;
}

export const unknownCorrection = (): UserError =>
  new UserError('bulletin.correction.unknown', '没有这份更正通知。');
