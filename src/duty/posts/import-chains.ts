import { sql } from 'kysely';
import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import type { StoreDeps } from '../../store/store.ts';
import { type DutyTrx, dutyDb } from '../duty-db.ts';
import { refuseRows } from '../table-rows.ts';
import { cleanHolder, currentHolding, type Holder, putHolding } from './put-holding.ts';
import { type ChainRow, readRows } from './read-rows.ts';
import { assertSetHere } from './set-post.ts';
import { type DutySubject, requireSubject, type SubjectKey } from './subject.ts';

export interface ImportedChains {
  /** Posts that have somebody now, or somebody else. */
  readonly set: number;
  /** As they were already. */
  readonly same: number;
}

/**
 * Takes in a table of holders: all rows or none. Whoever would take the place of somebody who has to hand over is refused. Audited.
 * Throws {@link UserError} `identity.forbidden`, `duty.columns`, `duty.rows` (with the faulty rows), `workbook.*`.
 */
export async function importChains(
  { store }: StoreDeps,
  acting: Acting,
  file: { readonly name: string; readonly bytes: Uint8Array; readonly at: Instant },
): Promise<ImportedChains> {
  assertMay(acting, 'duty.edit');
  assertMay(acting, 'registry.contact');
  const rows = await readRows(file.bytes, file.name);
  return store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    await lockInTransaction(trx, 'registry');
    const complaints: string[] = [];
    let set = 0;
    for (const row of rows)
      try {
        if (await take(trx, acting, row, file.at)) set += 1;
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        complaints.push(`第 ${row.row} 行：${error.message}`);
      }
    refuseRows(complaints);
    const taken = { set, same: rows.length - set };
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'duty.import', detail: { file: file.name } },
      ...{ before: null, after: taken },
    });
    return taken;
  });
}

/** Whether something changed. A row that is refused ends the whole: what was written before it is taken back. */
async function take(trx: DutyTrx, acting: Acting, row: ChainRow, at: Instant): Promise<boolean> {
  const subject = await subjectOf(trx, acting, row);
  const { post } = row;
  const current = await currentHolding(trx, subject, post);
  const holder = cleanHolder(post, {
    ...row.holder,
    validFrom: row.holder.validFrom ?? current?.validFrom ?? shanghaiDate(at),
  });
  if (current !== null && isSame(current, holder)) return false;
  assertSetHere(post, current, holder);
  await putHolding(trx, acting, { subject, post, holder, origin: 'import', at });
  return true;
}

const isSame = (one: Holder, other: Holder): boolean =>
  (['name', 'office', 'phone', 'validFrom', 'validTo'] as const).every(
    (field) => one[field] === other[field],
  );

async function subjectOf(trx: DutyTrx, acting: Acting, row: ChainRow): Promise<DutySubject> {
  const { siteCode, platform, accountId } = row;
  const { rows } = await (siteCode === ''
    ? sql<SubjectKey>`select 'account' as kind, id as "subjectId" from account
         where platform = ${platform} and account_id = ${accountId}`
    : sql<SubjectKey>`select 'site' as kind, id as "subjectId" from site where site_code = ${siteCode}`
  ).execute(trx);
  const key = rows[0] ?? { kind: siteCode === '' ? 'account' : 'site', subjectId: 0 };
  return requireSubject(dutyDb(trx), acting, key);
}
