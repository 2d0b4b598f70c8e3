import { createHash } from 'node:crypto';
import { type Acting, assertMay, nameOf, personOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { PICTURE_SIDE_MAX, sniffPicture } from '../../lib/pure/sniff-picture.ts';
import type { Store } from '../../store/store.ts';
import { type InspectionDb, inspectionDb, inTransaction } from '../inspection-db.ts';
import { requireAccount } from './observed-account.ts';
import {
  dropUnusedPictures,
  insertPicture,
  picturesOf,
  type StoredPicture,
} from './picture.repository.ts';

/** A screenshot of a telephone has one or two megabytes. */
export const PICTURE_BYTES_MAX = 4 * 1024 * 1024;
/** Pictures of one account that belong to no sight yet: forms that are open. */
const UNUSED_MAX = 10;
/** A picture that no sight took up by then was left behind. */
const UNUSED_HOURS = 24;

export interface KeptPicture {
  readonly sha256: string;
  readonly mediaType: StoredPicture['mediaType'];
  readonly width: number;
  readonly height: number;
}

/**
 * Keeps a picture of an account until a sight names it. What it is, its bytes say: no name and no promised type is believed.
 * Audited. Throws {@link UserError} `identity.forbidden`, `account.unknown`, `picture.type`, `picture.too-large`, `picture.many`.
 */
export async function keepPicture(
  deps: { readonly store: Store },
  acting: Acting,
  input: { readonly accountId: number; readonly bytes: Uint8Array; readonly at: Instant },
): Promise<KeptPicture> {
  assertMay(acting, 'observation.enter');
  const { accountId, bytes, at } = input;
  return inTransaction(deps.store, async (trx) => {
    const account = await requireAccount(trx, acting, accountId);
    if (bytes.byteLength > PICTURE_BYTES_MAX)
      throw new UserError('picture.too-large', '图片不能超过 4 MB。', { field: 'files' });
    const sniffed = sniffPicture(bytes);
    if (sniffed === null)
      throw new UserError(
        'picture.type',
        `文件不是 PNG、JPEG 或 WebP 图片，或边长超过 ${PICTURE_SIDE_MAX} 像素。请上传截图或照片。`,
        { field: 'files' },
      );
    const before = new Date(Date.parse(at) - UNUSED_HOURS * 3_600_000).toISOString();
    if ((await dropUnusedPictures(trx, accountId, before)) >= UNUSED_MAX)
      throw new UserError(
        'picture.many',
        `这个账号有 ${UNUSED_MAX} 张图片还没有写进观察，请先用它们登记，或过一天再传。`,
        { family: 'state', field: 'files' },
      );
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { name, userId } = personOf(acting);
    await insertPicture(trx, accountId, {
      ...{ sha256, mediaType: sniffed.type, bytes, uploadedAt: at },
      ...{ uploadedBy: name, uploadedById: userId },
    });
    await recordAudit(trx, {
      actor: nameOf(acting),
      action: 'observation.picture',
      subject: `account:${accountId}`,
      detail: { name: account.name, bytes: bytes.byteLength, type: sniffed.type },
      before: null,
      after: { sha256 },
    });
    return { sha256, mediaType: sniffed.type, width: sniffed.width, height: sniffed.height };
  });
}

/** A picture of an account that somebody sees; throws {@link UserError} `account.unknown`, `picture.unknown`. */
export async function readPicture(
  deps: { readonly store: Store },
  acting: Acting,
  input: { readonly accountId: number; readonly sha256: string },
): Promise<StoredPicture> {
  assertMay(acting, 'evidence.read');
  const db: InspectionDb = inspectionDb(deps.store);
  await requireAccount(db, acting, input.accountId);
  const [picture] = await picturesOf(db, input.accountId, [input.sha256]);
  if (!picture) throw new UserError('picture.unknown', '没有这张图片。');
  return picture;
}
