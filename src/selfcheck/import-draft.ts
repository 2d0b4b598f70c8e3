import { type Acting, assertMay, nameOf } from '../domain/acting.ts';
import { recordAudit } from '../identity/index.ts';
import { type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { SubjectMatcher, unitsBelow } from '../registry/index.ts';
import type { StoreDeps } from '../store/store.ts';
import { type AskedUnit, countChange, holdUnit, requireUnit, roundOf } from './hold-unit.ts';
import { type MatchedRow, matchRows } from './match-rows.ts';
import type { SelfCheckTrx } from './open-self-check.ts';
import { readRows } from './read-rows.ts';
import { ruleReader } from './rule-names.ts';
import { selfCheckDb } from './self-check-db.ts';

/** Rows written at once. */
const SLICE = 1_000;

export interface ImportedDraft {
  readonly version: number;
  readonly revision: number;
  readonly rows: number;
  /** Rows whose subject a person has to choose. */
  readonly unmatched: number;
  /** Rows that say the same as an earlier one: kept, counted once. */
  readonly repeated: number;
}

/**
 * Takes a unit's file as its draft, in the place of the draft before; what is submitted stays, the draft is its next version. Audited.
 * Throws {@link UserError} `identity.forbidden`, `selfcheck.unknown`, `selfcheck.closed` and what `readRows` throws.
 */
export async function importDraft(
  deps: StoreDeps,
  acting: Acting,
  input: AskedUnit & {
    readonly file: { readonly name: string; readonly bytes: Uint8Array };
    readonly at: Instant;
  },
): Promise<ImportedDraft> {
  assertMay(acting, 'selfcheck.submit');
  const { file, at, ...asked } = input;
  const { check } = await requireUnit(deps, acting, asked);
  const round = await roundOf(deps, check);
  const today = shanghaiDate(at);
  const given = await readRows(file, { readRule: ruleReader(round.ruleset.rules), today });
  const within = new Set(await unitsBelow(deps.store.db, asked.unitId));
  const rows = matchRows(given, await SubjectMatcher.load(deps.store.db, within));
  return deps.store.transaction(async (anyTrx) => {
    const trx = selfCheckDb(anyTrx) as SelfCheckTrx;
    const held = await holdUnit(trx, asked);
    const { newest } = held;
    const draft = newest?.state === 'draft' ? newest : undefined;
    const version = draft?.version ?? (newest?.version ?? 0) + 1;
    const revision = await countChange(trx, asked, held.revision);
    if (draft !== undefined)
      await trx.deleteFrom('self_check_hand_in').where('id', '=', draft.id).execute();
    const { id } = await trx
      .insertInto('self_check_hand_in')
      .values({
        ...{ self_check_id: asked.id, unit_id: asked.unitId, version, state: 'draft' },
        ...{ file_name: file.name, imported_at: at, imported_by: nameOf(acting) },
        ...{ submitted_at: null, submitted_on: null, submitted_by: null },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await insertRows(trx, id, rows);
    const counted = {
      ...{ version, revision, rows: rows.length },
      unmatched: rows.filter(({ subjectId }) => subjectId === null).length,
      repeated: rows.filter(({ repeats }) => repeats !== null).length,
    };
    await recordAudit(anyTrx, {
      ...{ actor: nameOf(acting), action: 'selfcheck.import', subject: `selfcheck:${asked.id}` },
      ...{ detail: { unitId: asked.unitId, file: file.name }, before: null, after: counted },
    });
    return counted;
  });
}

async function insertRows(
  trx: SelfCheckTrx,
  handInId: number,
  rows: readonly MatchedRow[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += SLICE)
    await trx
      .insertInto('self_check_row')
      .values(
        rows.slice(start, start + SLICE).map((row) => ({
          ...{ hand_in_id: handInId, number: row.number, kind: row.kind, name: row.name },
          ...{ identity: row.identity, platform: row.platform, url: row.url, sponsor: row.sponsor },
          ...{ checked_on: row.checkedOn, result: row.result, rule_id: row.ruleId },
          ...{ problem: row.problem, subject_id: row.subjectId, matched_by: row.matchedBy },
          ...{ unmatched: row.unmatched, candidates: JSON.stringify(row.candidates) },
          repeats: row.repeats,
        })),
      )
      .execute();
}
