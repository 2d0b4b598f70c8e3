import type { IgnoredWording } from '../derive/text/ignored-wording.ts';
import type { TextSeverity } from '../domain/facts/text-facts.ts';
import { recordAudit } from '../identity/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { lockInTransaction } from '../store/lock-in-transaction.ts';
import type { WordingDeps } from './keep-lexicon.ts';
import { wordingDb } from './wording-tables.ts';

/** A decision that a suspected wording is none: what, where, why, who, until when. */
export interface TextIgnore extends IgnoredWording {
  readonly reason: string;
  readonly decidedBy: string;
}

/** Ignores read at once. */
const IGNORES_MAX = 20_000;

/**
 * Keeps a decision, or confirms one: whoever says the same of a veto-class wording as another person did before him is the second
 * person that it needs. Said again by the same person, it only changes reason and end.
 */
export async function ignoreText(
  { store }: WordingDeps,
  actor: string,
  input: Omit<TextIgnore, 'decidedBy' | 'confirmedBy'> & { readonly at: Instant },
): Promise<{ readonly isInForce: boolean }> {
  const { text, urlPrefix, severity, reason, until, at } = input;
  return store.transaction(async (trx) => {
    await lockInTransaction(trx, 'text-ignore');
    const db = wordingDb(trx);
    const key = { text, class: input.class, url_prefix: urlPrefix };
    const found = await db
      .selectFrom('text_ignore')
      .select(['id', 'severity', 'decided_by', 'confirmed_by'])
      .where('text', '=', key.text)
      .where('class', '=', key.class)
      .where('url_prefix', '=', key.url_prefix)
      .executeTakeFirst();
    const isSecond = found !== undefined && found.decided_by !== actor;
    const confirmedBy = isSecond ? actor : (found?.confirmed_by ?? null);
    const confirmed = isSecond ? { confirmed_by: actor, confirmed_at: at } : {};
    if (found === undefined)
      await db
        .insertInto('text_ignore')
        .values({ ...key, severity, reason, until_on: until, decided_by: actor, decided_at: at })
        .execute();
    else
      await db
        .updateTable('text_ignore')
        .set({ reason, until_on: until, ...confirmed })
        .where('id', '=', found.id)
        .execute();
    const detail = { ...key, severity, reason, until, confirmedBy };
    await recordAudit(trx, { actor, action: 'text.ignore', detail });
    return { isInForce: severity !== 'veto' || confirmedBy !== null };
  });
}

export async function listIgnores({ store }: WordingDeps): Promise<TextIgnore[]> {
  const rows = await wordingDb(store.db)
    .selectFrom('text_ignore')
    .selectAll()
    .orderBy('id')
    .limit(IGNORES_MAX)
    .execute();
  return rows.map((row) => ({
    ...{ text: row.text, class: row.class, urlPrefix: row.url_prefix, reason: row.reason },
    ...{ severity: row.severity as TextSeverity, until: row.until_on?.slice(0, 10) ?? null },
    ...{ decidedBy: row.decided_by, confirmedBy: row.confirmed_by },
  }));
}
