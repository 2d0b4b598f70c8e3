import { sql } from 'kysely';
import { maskPersonal, wordsOfRecord } from '../../domain/account-record.ts';
import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import type { StoreDeps } from '../../store/store.ts';
import { isRecordField, titleOf } from '../account-fields.ts';
import { sniffUpload } from '../import/sniff-upload.ts';
import type { RegisterFile } from '../read-register-files.ts';
import { type RegistryDb, registryDb } from '../registry.repository.ts';
import type { RegistryPolicy } from '../registry-policy.ts';
import type { RegisterDifference, TheirRow } from './compare-registers.ts';
import { type AccountsDiff, diffAccounts } from './diff-accounts.ts';
import { unknownDiff } from './read-diff.ts';

/** Comparisons kept of the whole installation; a further one takes the place of the oldest. */
const KEPT_MAX = 20;
/** Rows of one statement. */
const BATCH = 5_000;
const DAY_MS = 86_400_000;
const SUMMARY_MAX = 400;

/** What an account that is only theirs would be entered with; the file's words are read already. */
export interface GivenAccount {
  readonly accountId: string;
  readonly status: string | null;
  readonly record: TheirRow['matched']['row']['record'];
  readonly identities: TheirRow['matched']['row']['identities'];
}

/** One stored difference: a field of an account, or an account that stands on one side only. */
interface DiffRow {
  readonly difference: RegisterDifference;
  readonly field: string | null;
  readonly ours: string;
  readonly theirs: string;
}

/**
 * Compares the register with an export as `accounts diff` does, and keeps the differences for some days, so that people look through
 * them and adopt single ones; audited. Throws {@link UserError} what `diffAccounts` does, `registry.import.type`.
 */
export async function keepDiff(
  deps: StoreDeps & { readonly registry: RegistryPolicy },
  acting: Acting,
  input: { readonly file: RegisterFile; readonly map: string | null; readonly at: Instant },
): Promise<number> {
  const { file, map, at } = input;
  sniffUpload(file.name, file.bytes);
  const diff = await diffAccounts(deps, acting, { file, map });
  return deps.store.transaction(async (trx) => {
    const db = registryDb(trx);
    await sweepDiffs(db, at);
    await sql`
      delete from register_diff where id in
        (select id from register_diff order by id desc offset ${sql.lit(KEPT_MAX - 1)})`.execute(
      db,
    );
    const { id } = await db
      .insertInto('register_diff')
      .values({
        ...{ file_name: file.name, map_name: map, made_by: nameOf(acting), made_at: at },
        expires_at: new Date(Date.parse(at) + deps.registry.diffDays * DAY_MS).toISOString(),
        ...{ same: diff.counts.same, sheets: JSON.stringify(diff.sheets) },
        ...{ unread: JSON.stringify(diff.unread), unread_left_out: diff.unreadLeftOut },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await insertRows(db, id, rowsOf(diff));
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'register-diff.make', subject: `register-diff:${id}` },
      detail: { file: file.name, map, counts: diff.counts },
    });
    return id;
  });
}

/** Deletes a comparison; what was adopted from it stands. Throws {@link UserError} `identity.forbidden`, `register-diff.unknown`. */
export async function discardDiff({ store }: StoreDeps, acting: Acting, id: number): Promise<void> {
  assertMay(acting, 'registry.import');
  await store.transaction(async (trx) => {
    const gone = await registryDb(trx)
      .deleteFrom('register_diff')
      .where('id', '=', id)
      .returning('file_name')
      .executeTakeFirst();
    if (gone === undefined) throw unknownDiff();
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'register-diff.discard', subject: `register-diff:${id}` },
      detail: { file: gone.file_name },
    });
  });
}

/** Removes comparisons whose days are over. */
export async function sweepDiffs(db: RegistryDb, now: Instant): Promise<void> {
  await db.deleteFrom('register_diff').where('expires_at', '<=', now).execute();
}

function rowsOf({ differences }: AccountsDiff): DiffRow[] {
  return differences.flatMap((difference): DiffRow[] =>
    difference.fields.length > 0
      ? difference.fields.map((field) => ({ difference, ...field }))
      : [{ difference, field: null, ours: '', theirs: summaryOf(difference.theirs) }],
  );
}

/** What their row says of an account that we do not have; a person's data masked, as it is only to be recognised by. */
function summaryOf(their: TheirRow | null): string {
  if (their === null) return '';
  const { accountId, record } = their.matched.row;
  const said = Object.entries(record).flatMap(([field, value]) =>
    isRecordField(field) && value !== null
      ? [`${titleOf(field)} ${maskPersonal(field, wordsOfRecord(field, value))}`]
      : [],
  );
  const id = accountId === '' ? [] : [`账号ID ${accountId}`];
  return [...id, ...said].join('；').slice(0, SUMMARY_MAX);
}

function givenOf({ kind, theirs }: RegisterDifference): string | null {
  if (kind !== 'theirs' || theirs === null) return null;
  const { row } = theirs.matched;
  const given: GivenAccount = {
    ...{ accountId: row.accountId, record: row.record, identities: row.identities },
    status: row.given.has('status') ? row.status : null,
  };
  return JSON.stringify(given);
}

const theirUnit = ({ theirs }: RegisterDifference): number | null =>
  theirs?.hasSponsor === true ? theirs.matched.row.sponsorId : null;

async function insertRows(db: RegistryDb, diffId: number, rows: readonly DiffRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    const of = <T extends string | number | null>(pick: (row: DiffRow) => T) =>
      arrayLiteral(batch.map(pick));
    await sql`
      insert into register_diff_row (diff_id, number, kind, account_id, unit_id, platform, name, sponsor, file_row,
                                     field, ours, theirs, their_unit_id, given)
      select ${diffId}::int, ${start}::int + place, kind, account_id, unit_id, platform, name, sponsor, file_row,
             field, ours, theirs, their_unit_id, given::jsonb
        from unnest(${of(({ difference }) => difference.kind)}::text[],
                    ${of(({ difference }) => difference.accountId)}::int[],
                    ${of(({ difference }) => difference.unitId)}::int[],
                    ${of(({ difference }) => difference.platform)}::text[],
                    ${of(({ difference }) => difference.name)}::text[],
                    ${of(({ difference }) => difference.sponsor)}::text[],
                    ${of(({ difference }) => difference.row)}::int[],
                    ${of(({ field }) => field)}::text[], ${of(({ ours }) => ours)}::text[],
                    ${of(({ theirs }) => theirs)}::text[],
                    ${of(({ difference }) => theirUnit(difference))}::int[],
                    ${of(({ difference }) => givenOf(difference))}::text[])
             with ordinality as given(kind, account_id, unit_id, platform, name, sponsor, file_row,
                                      field, ours, theirs, their_unit_id, given, place)`.execute(
      db,
    );
  }
}
