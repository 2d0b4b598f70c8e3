import { type RawBuilder, sql } from 'kysely';
import { type Acting, assertMay, nameOf } from '../domain/acting.ts';
import type { SubjectKind } from '../domain/subject.ts';
import { recordAudit } from '../identity/index.ts';
import { type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { queueNotices } from '../notify/index.ts';
import { findAccount, findSite, unitsBelow } from '../registry/index.ts';
import { arrayLiteral } from '../store/array-literal.ts';
import type { StoreDeps } from '../store/store.ts';
import {
  type AskedUnit,
  countChange,
  type HandIn,
  holdUnit,
  requireDraft,
  requireUnit,
} from './hold-unit.ts';
import { contradictions, namedKey, type Stated, withRepeats } from './match-rows.ts';
import type { SelfCheckTrx } from './open-self-check.ts';
import { refuseRows } from './read-rows.ts';
import { selfCheckDb } from './self-check-db.ts';

/** A unit's draft as somebody saw it. */
export interface SeenDraft extends AskedUnit {
  readonly revision: number;
  readonly at: Instant;
}

/**
 * Says which subject of the unit a row means; null = it is none of the register. Audited. Throws {@link UserError} `identity.forbidden`,
 * `selfcheck.unknown`, `selfcheck.closed`, `selfcheck.no-draft`, `selfcheck.changed`, `selfcheck.row`, `selfcheck.subject`, and
 * `selfcheck.rows` where the choice makes rows contradict one another.
 */
export async function chooseSubject(
  deps: StoreDeps,
  acting: Acting,
  input: SeenDraft & { readonly number: number; readonly subjectId: number | null },
): Promise<void> {
  const { number, subjectId, ...seen } = input;
  await stepDraft(deps, acting, seen, {
    name: 'choose',
    work: async (trx, draft) => {
      const [row] = await rowsOf(trx, draft.id, sql`number = ${number}`);
      if (row === undefined) throw new UserError('selfcheck.row', `草稿里没有第 ${number} 行。`);
      if (subjectId !== null) await requireSubject(trx, seen.unitId, row.kind, subjectId);
      const rows = await rowsOf(trx, draft.id, bound(row, subjectId));
      await trx
        .updateTable('self_check_row')
        .set({ subject_id: subjectId, matched_by: subjectId === null ? null : 'person' })
        .where('hand_in_id', '=', draft.id)
        .where('number', '=', number)
        .execute();
      const changed = rows.map((each) => (each.number === number ? { ...each, subjectId } : each));
      refuseRows(contradictions(changed));
      await markRepeats(trx, draft.id, changed);
      return { row: number, subjectId };
    },
  });
}

/** Rows that can contradict or repeat one another when a row's subject changes: those of its old and of its new subject. */
const bound = (row: Stated, subjectId: number | null): RawBuilder<boolean> => sql`
  kind = ${row.kind} and (
    subject_id = any(${arrayLiteral([row.subjectId, subjectId].filter((id) => id !== null))}::int[])
    or subject_id is null and name || ' ' || identity = ${namedKey(row)})`;

const rowsOf = (trx: SelfCheckTrx, handInId: number, wanted: RawBuilder<boolean>) =>
  trx
    .selectFrom('self_check_row')
    .select(['number', 'kind', 'name', 'identity', 'result', 'problem', 'repeats'])
    .select(['subject_id as subjectId', 'rule_id as ruleId'])
    .where('hand_in_id', '=', handInId)
    .where(wanted)
    .orderBy('number')
    .execute();

async function markRepeats(
  trx: SelfCheckTrx,
  handInId: number,
  rows: Awaited<ReturnType<typeof rowsOf>>,
): Promise<void> {
  const marked = withRepeats(rows);
  for (const [index, { number, repeats }] of marked.entries()) {
    if (rows[index]!.repeats === repeats) continue;
    await trx
      .updateTable('self_check_row')
      .set({ repeats })
      .where('hand_in_id', '=', handInId)
      .where('number', '=', number)
      .execute();
  }
}

async function requireSubject(
  trx: SelfCheckTrx,
  unitId: number,
  kind: SubjectKind,
  subjectId: number,
): Promise<void> {
  const subject =
    kind === 'site' ? await findSite(trx, { id: subjectId }) : await findAccount(trx, subjectId);
  const within = new Set(await unitsBelow(trx, unitId));
  if (subject === null || !within.has(subject.sponsorId))
    throw new UserError('selfcheck.subject', '名录里本单位及下级没有这个对象。', {
      field: 'subjectId',
    });
}

/**
 * Submits the draft: from then on it stays as it is. A correction of what was submitted needs a reason. Audited; the supervisors are
 * told. Throws {@link UserError} as {@link chooseSubject}, and `selfcheck.reason`.
 */
export async function submitDraft(
  deps: StoreDeps,
  acting: Acting,
  input: SeenDraft & { readonly reason: string },
): Promise<{ version: number }> {
  const { reason, ...seen } = input;
  const { unitName } = await requireUnit(deps, acting, seen);
  let submitted = 0;
  await stepDraft(deps, acting, seen, {
    name: 'submit',
    work: async (trx, draft) => {
      const { version } = draft;
      if (version > 1 && reason.trim() === '')
        throw new UserError('selfcheck.reason', '更正已经报送的自查结果，请写明原因。', {
          field: 'reason',
        });
      submitted = version;
      await trx
        .updateTable('self_check_hand_in')
        .set({
          ...{ state: 'submitted', submitted_at: seen.at, submitted_on: shanghaiDate(seen.at) },
          ...{ submitted_by: nameOf(acting), reason: reason.trim() },
        })
        .where('id', '=', draft.id)
        .execute();
      const words = version === 1 ? '报送了自查结果' : `更正了自查结果（第 ${version} 版）`;
      const notice = {
        ...{ key: `selfcheck:${seen.id}:submit:${seen.unitId}:${version}`, urgent: false },
        ...{ kind: 'selfcheck.submit', to: { role: 'supervisor' as const } },
        ...{ title: '自查结果已报送', text: `${unitName}${words}。` },
        link: `/self-checks/${seen.id}/units/${seen.unitId}`,
      };
      await queueNotices(trx, [notice], seen.at);
      return { version, reason: reason.trim() };
    },
  });
  return { version: submitted };
}

/** Throws the draft away. Audited. Throws {@link UserError} as {@link chooseSubject}. */
export async function discardDraft(
  deps: StoreDeps,
  acting: Acting,
  seen: SeenDraft,
): Promise<void> {
  await stepDraft(deps, acting, seen, {
    name: 'discard',
    work: async (trx, draft) => {
      await trx.deleteFrom('self_check_hand_in').where('id', '=', draft.id).execute();
      return { version: draft.version, file: draft.file_name };
    },
  });
}

async function stepDraft(
  deps: StoreDeps,
  acting: Acting,
  seen: SeenDraft,
  step: {
    readonly name: 'choose' | 'submit' | 'discard';
    readonly work: (trx: SelfCheckTrx, draft: HandIn) => Promise<Record<string, unknown>>;
  },
): Promise<void> {
  assertMay(acting, 'selfcheck.submit');
  const { name: draftStep } = step;
  await requireUnit(deps, acting, seen);
  await deps.store.transaction(async (anyTrx) => {
    const trx = selfCheckDb(anyTrx) as SelfCheckTrx;
    const held = await holdUnit(trx, seen);
    const draft = requireDraft(held, seen.revision);
    await countChange(trx, seen, held.revision);
    const detail = await step.work(trx, draft);
    await recordAudit(anyTrx, {
      ...{ actor: nameOf(acting), action: `selfcheck.${draftStep}` },
      ...{ subject: `selfcheck:${seen.id}`, detail: { unitId: seen.unitId } },
      ...{ before: { version: draft.version }, after: detail },
    });
  });
}
