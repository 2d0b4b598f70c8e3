import type { Selectable } from 'kysely';
import type { IgnoredWording } from '../derive/text/ignored-wording.ts';
import { type Acting, isSamePerson, nameOf, personOf } from '../domain/acting.ts';
import type { TextSeverity } from '../domain/facts/text-facts.ts';
import { recordAudit } from '../identity/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { lockInTransaction } from '../store/lock-in-transaction.ts';
import { assertMayChange } from './assert-may-change.ts';
import type { WordingDeps } from './keep-lexicon.ts';
import { type WordingTables, wordingDb } from './wording-tables.ts';

/** A decision that a suspected wording is none: what, where, why, who, until when. */
export interface TextIgnore extends IgnoredWording {
  readonly id: number;
  readonly reason: string;
  readonly decidedBy: string;
  readonly decidedAt: Instant;
}

/** Ignores read at once. */
const IGNORES_MAX = 20_000;

/**
 * Keeps a decision, or confirms one: whoever says the same of a veto-class wording as another person did before him is the second
 * person that it needs. Said again by the same person, it only changes reason and end. Throws {@link UserError} `identity.forbidden`.
 */
export async function ignoreText(
  { store }: WordingDeps,
  acting: Acting,
  input: Omit<TextIgnore, 'id' | 'decidedBy' | 'decidedAt' | 'confirmedBy'> & {
    readonly at: Instant;
  },
): Promise<{ readonly isInForce: boolean }> {
  assertMayChange(acting);
  const { text, urlPrefix, severity, reason, until, at } = input;
  const person = personOf(acting);
  return store.transaction(async (trx) => {
    await lockInTransaction(trx, 'text-ignore');
    const db = wordingDb(trx);
    const key = { text, class: input.class, url_prefix: urlPrefix };
    const found = await db
      .selectFrom('text_ignore')
      .selectAll()
      .where('text', '=', key.text)
      .where('class', '=', key.class)
      .where('url_prefix', '=', key.url_prefix)
      .executeTakeFirst();
    const isSecond = found !== undefined && !isSamePerson(person, deciderOf(found));
    const confirmedBy = isSecond ? person.name : (found?.confirmed_by ?? null);
    if (found === undefined)
      await db
        .insertInto('text_ignore')
        .values({
          ...{ ...key, severity, reason, until_on: until, decided_at: at },
          ...{ decided_by: person.name, decided_by_id: person.userId },
        })
        .execute();
    else
      await db
        .updateTable('text_ignore')
        .set({
          ...{ reason, until_on: until },
          ...(isSecond
            ? { confirmed_by: person.name, confirmed_by_id: person.userId, confirmed_at: at }
            : {}),
        })
        .where('id', '=', found.id)
        .execute();
    await recordAudit(trx, {
      ...{ actor: person.name, action: 'text.ignore', detail: {} },
      before: found === undefined ? null : changeable(ignoreOf(found)),
      after: changeable({
        text,
        class: input.class,
        urlPrefix,
        severity,
        reason,
        until,
        confirmedBy,
      }),
    });
    return { isInForce: severity !== 'veto' || confirmedBy !== null };
  });
}

/** Takes a decision back: the wording is found again. Throws {@link UserError} `text.unknown`, `identity.forbidden`. */
export async function forgetIgnore(
  { store }: WordingDeps,
  acting: Acting,
  id: number,
): Promise<void> {
  assertMayChange(acting);
  await store.transaction(async (trx) => {
    const row = await wordingDb(trx)
      .deleteFrom('text_ignore')
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    if (row === undefined)
      throw new UserError('text.unknown', `没有编号 ${id} 的忽略；可能已被撤回，请刷新。`);
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'text.unignore', detail: {} },
      before: changeable(ignoreOf(row)),
      after: null,
    });
  });
}

/** What of an ignore the audit trail says. */
const changeable = ({
  text,
  class: kind,
  urlPrefix,
  severity,
  reason,
  until,
  confirmedBy,
}: Omit<TextIgnore, 'id' | 'decidedBy' | 'decidedAt'>) => ({
  ...{ text, class: kind, urlPrefix, severity, reason, until, confirmedBy },
});

type IgnoreRow = Selectable<WordingTables['text_ignore']>;

const deciderOf = (row: IgnoreRow) => ({ name: row.decided_by, userId: row.decided_by_id });

const ignoreOf = (row: IgnoreRow): TextIgnore => ({
  ...{ id: row.id, text: row.text, class: row.class, urlPrefix: row.url_prefix },
  ...{ severity: row.severity as TextSeverity, until: row.until_on?.slice(0, 10) ?? null },
  ...{ decidedBy: row.decided_by, decidedAt: row.decided_at, confirmedBy: row.confirmed_by },
  reason: row.reason,
});

export async function listIgnores({ store }: WordingDeps): Promise<TextIgnore[]> {
  const rows = await wordingDb(store.db)
    .selectFrom('text_ignore')
    .selectAll()
    .orderBy('id')
    .limit(IGNORES_MAX)
    .execute();
  return rows.map(ignoreOf);
}
