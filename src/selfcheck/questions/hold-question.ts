import type { Selectable } from 'kysely';
import type { Acting } from '../../domain/acting.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { StoreDeps } from '../../store/store.ts';
import { type AskedUnit, holdUnit } from '../hold-unit.ts';
import type { SelfCheckTrx } from '../open-self-check.ts';
import { type AskedLine, type ReadComparison, readComparison } from '../read-comparison.ts';
import { type SelfCheckDb, type SelfCheckTables, selfCheckDb } from '../self-check-db.ts';
import { type AskedCategory, isAsked } from './question.ts';

export type Question = Selectable<SelfCheckTables['self_check_question']>;

export interface AskedQuestion extends AskedUnit {
  readonly key: string;
}

/** A question as somebody saw it. Version 0: nobody had answered it. */
export interface SeenQuestion extends AskedQuestion {
  readonly version: number;
}

export type QuestionLine = AskedLine & { readonly category: AskedCategory; readonly key: string };

const unknownQuestion = (): UserError =>
  new UserError('selfcheck.question', '比对里没有这个问题；更正以后比对会变，请回到比对重新打开。');

/**
 * The line that asks a question today, and those of the comparison that are asked. Throws {@link UserError} `selfcheck.question` and
 * what {@link readComparison} throws.
 */
export async function requireLine(
  deps: StoreDeps,
  acting: Acting,
  { key, ...asked }: AskedQuestion,
): Promise<{ compared: ReadComparison; line: QuestionLine; asked: readonly QuestionLine[] }> {
  const compared = await readComparison(deps, acting, asked);
  const lines = compared.lines.flatMap((line): QuestionLine[] =>
    isAsked(line) && line.key !== null ? [{ ...line, key: line.key }] : [],
  );
  const line = lines.find((each) => each.key === key);
  if (line === undefined) throw unknownQuestion();
  return { compared, line, asked: lines };
}

export const findQuestion = (
  db: SelfCheckDb,
  { id, unitId, key }: AskedQuestion,
): Promise<Question | undefined> =>
  db
    .selectFrom('self_check_question')
    .selectAll()
    .where('self_check_id', '=', id)
    .where('unit_id', '=', unitId)
    .where('key', '=', key)
    .executeTakeFirst();

/**
 * Holds a question until the transaction ends, as it was seen; the first who touches it makes its row. Throws {@link UserError}
 * `selfcheck.unknown`, `selfcheck.closed`, `selfcheck.changed`.
 */
export async function holdQuestion(
  trx: SelfCheckTrx,
  { key, version, ...asked }: AskedQuestion & { readonly version?: number },
  line: Pick<QuestionLine, 'category' | 'kind' | 'subjectId'> | null,
): Promise<Question> {
  // The unit's row is held: two who answer at once come one after the other.
  await holdUnit(trx, asked);
  if (line !== null)
    await trx
      .insertInto('self_check_question')
      .values({
        ...{ self_check_id: asked.id, unit_id: asked.unitId, key, category: line.category },
        ...{ kind: line.kind, subject_id: line.subjectId, stand: 'open', due_on: null, version: 0 },
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  const question = await findQuestion(selfCheckDb(trx), { ...asked, key });
  if (question === undefined) throw unknownQuestion();
  if (version !== undefined && question.version !== version)
    throw new UserError('selfcheck.changed', '您打开以后有人办过这个问题，请重新打开再办。', {
      family: 'state',
    });
  return question;
}
