import {
  type AccountIdentity,
  guessIdKind,
  ID_CHARACTERS_MAX,
  identityOf,
} from '../domain/account-identity.ts';
import {
  type AccountRecord,
  RECORD_FIELD_NAMES,
  type RecordField,
  type RecordValue,
} from '../domain/account-record.ts';
import { ID_FIELD_KINDS, idField } from './account-fields.ts';
import { readRecordValue } from './record/read-record-value.ts';
import type { AccountRowInput, RowReader } from './register-rows.ts';

/** What a row of 新媒体 says of the account's ids and further columns. */
export function readRecordCells(
  row: RowReader,
): Pick<AccountRowInput, 'accountId' | 'record' | 'identities'> {
  return {
    accountId: readAccountId(row),
    record: readRecord(row),
    identities: readIdentities(row),
  };
}

/** The account id; where the file gives only ids of a named kind (微信号, 原始ID), one of them. */
function readAccountId(row: RowReader): string {
  const id = row.text('accountId');
  if (id !== '') return id;
  return ID_FIELD_KINDS.map((kind) => row.text(idField(kind))).find((each) => each !== '') ?? '';
}

function readIdentities(row: RowReader): AccountIdentity[] {
  const identities = new Map<string, AccountIdentity>();
  const [platform, id] = [row.text('platform'), row.text('accountId')];
  for (const [kind, text] of [
    ...(id === '' ? [] : [[guessIdKind(platform, id), id] as const]),
    ...ID_FIELD_KINDS.map((each) => [each, row.text(idField(each))] as const),
  ]) {
    if (text.length > ID_CHARACTERS_MAX)
      row.complain(idField(kind), `超过 ${ID_CHARACTERS_MAX} 个字`);
    else if (text !== '') identities.set(kind, identityOf(platform, kind, text));
  }
  return [...identities.values()];
}

function readRecord(row: RowReader): Partial<AccountRecord> {
  const record: Partial<Record<RecordField, RecordValue>> = {};
  for (const field of RECORD_FIELD_NAMES) {
    if (!row.has(field)) continue;
    const text = row.text(field);
    if (text === '' && row.blank !== 'clear') continue;
    const { value, complaint } = readRecordValue(field, text);
    if (complaint === undefined) record[field] = value;
    else row.complain(field, complaint);
  }
  return record;
}
