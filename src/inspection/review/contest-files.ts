import { attachmentRow } from '../../documents/attachment.ts';
import { assertMay, nameOf } from '../../domain/acting.ts';
import type { Actor } from '../../domain/actor.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { Store } from '../../store/store.ts';
import { type InspectionDb, inRoundTransaction, inspectionDb } from '../inspection-db.ts';
import type { Contest } from './contest.repository.ts';
import { seenContest } from './seen-contest.ts';

/** Files of one contest: more is an archive. */
const FILES_MAX = 10;

/** A file by which a unit shows what it says (申辩的佐证材料). */
export interface ContestFile {
  readonly id: number;
  readonly contestId: number;
  readonly name: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly addedBy: string;
  readonly addedAt: Instant;
}

const COLUMNS = ['id', 'contest_id as contestId', 'name', 'media_type as mediaType'] as const;
const MORE_COLUMNS = ['sha256', 'bytes', 'added_by as addedBy', 'added_at as addedAt'] as const;

/** Files of several contests, oldest first. */
export async function listContestFiles(
  db: InspectionDb,
  contestIds: readonly number[],
): Promise<ContestFile[]> {
  if (contestIds.length === 0) return [];
  return db
    .selectFrom('contest_file')
    .select([...COLUMNS, ...MORE_COLUMNS])
    .where('contest_id', 'in', contestIds)
    .orderBy('id')
    .execute();
}

/** Why somebody cannot add files to a contest now, in words for him; null when he can. */
export function mayAttach(
  { unitId }: Pick<Actor, 'unitId'>,
  contest: Pick<Contest, 'state' | 'unitId'>,
): string | null {
  if (contest.unitId !== unitId) return '只有提出这条申辩的单位可以附材料。';
  if (contest.state !== 'open')
    return '这条申辩已经答复，不能再附材料；有新情况的，公布以前可以再提一条。';
  return null;
}

/**
 * Adds a file to a contest of one's own unit that waits for its answer; what it is is read from its bytes. It is not taken off again: what was
 * said is kept. Throws {@link UserError} `contest.unknown`, `contest.files`, `case.file-type`, `http.too-large`, `identity.forbidden`.
 */
export async function attachToContest(
  { store }: { readonly store: Store },
  actor: Actor,
  input: {
    readonly contestId: number;
    readonly file: { readonly name: string; readonly bytes: Uint8Array };
    readonly at: Instant;
  },
): Promise<ContestFile> {
  assertMay(actor, 'finding.contest');
  const kept = attachmentRow(input.file);
  const { period } = await seenContest(inspectionDb(store), actor, input.contestId);
  return inRoundTransaction(store, period, async (trx) => {
    const { contest } = await seenContest(trx, actor, input.contestId);
    const isFull = (await listContestFiles(trx, [contest.id])).length >= FILES_MAX;
    const refusal =
      mayAttach(actor, contest) ?? (isFull ? `一条申辩最多附 ${FILES_MAX} 个文件。` : null);
    if (refusal !== null)
      throw new UserError('contest.files', refusal, { family: 'state', field: 'files' });
    const row = await trx
      .insertInto('contest_file')
      .values({
        ...{ ...kept, contest_id: contest.id },
        ...{ added_by: nameOf(actor), added_at: input.at },
      })
      .returning([...COLUMNS, ...MORE_COLUMNS])
      .executeTakeFirstOrThrow();
    await recordAudit(trx, {
      ...{ actor: nameOf(actor), action: 'contest.attach' },
      ...{ subject: `finding:${contest.findingId}`, detail: { contest: contest.id }, before: null },
      after: { file: kept.name, bytes: kept.bytes, sha256: kept.sha256 },
    });
    return row;
  });
}

/** A file's bytes. Throws {@link UserError} `contest.unknown`, `file.unknown`. */
export async function openContestFile(
  { store }: { readonly store: Store },
  actor: Actor,
  { contestId, fileId }: { readonly contestId: number; readonly fileId: number },
): Promise<{ name: string; mediaType: string; content: Uint8Array }> {
  const db = inspectionDb(store);
  await seenContest(db, actor, contestId);
  const row = await db
    .selectFrom('contest_file')
    .select(['name', 'media_type as mediaType', 'content'])
    .where('contest_id', '=', contestId)
    .where('id', '=', fileId)
    .executeTakeFirst();
  if (row === undefined) throw new UserError('file.unknown', '没有这个附件。');
  return row;
}
