import type { Kysely } from 'kysely';
import { EMPTY_RECORD, RECORD_FIELD_NAMES, wordsOfRecord } from '../../domain/account-record.ts';
import { ID_FIELD_KINDS, idField } from '../account-fields.ts';
import { identitiesOf } from './identities.repository.ts';
import { recordsOf } from './record.repository.ts';

/** Accounts' ids and further columns as cells of a file, by account id and field. Phones only for whoever may see them. */
export async function furtherCells<Tables>(
  db: Kysely<Tables>,
  accountIds: readonly number[],
  mayContact: boolean,
): Promise<Map<number, Readonly<Record<string, string>>>> {
  const records = await recordsOf(db, accountIds);
  const identities = await identitiesOf(db, accountIds);
  return new Map(
    accountIds.map((id) => {
      const { record = EMPTY_RECORD } = records.get(id) ?? {};
      const ids = ID_FIELD_KINDS.map((kind) => {
        const found = identities.get(id)?.find(({ idKind }) => idKind === kind);
        return [idField(kind), found?.id ?? ''];
      });
      const further = RECORD_FIELD_NAMES.map((field) => [
        field,
        field === 'phone' && !mayContact ? '' : wordsOfRecord(field, record[field]),
      ]);
      return [id, Object.fromEntries([...ids, ...further])];
    }),
  );
}
