import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { queueNotices } from '../../notify/index.ts';
import { type AssessmentDeps, assessmentDb } from '../assessment-db.ts';
import { valuesOf } from '../line-values.ts';
import { parseScheme, type Scheme } from '../scheme.ts';
import { rankOutcomes, type Score, scoreUnit } from '../score.ts';
import { type AssessmentTrx, requireOpen, unknownAssessment } from './hold-unit.ts';

/**
 * Publishes the result: every unit reviewed, scored once more from its lines, ranked, kept. Whoever reviewed a unit last may not be the
 * only one who ever looked: somebody who closed no review publishes. Throws {@link UserError} `assessment.unknown`, `assessment.closed`,
 * `assessment.unreviewed` naming the units, `assessment.same-person`.
 */
export async function publishAssessment(
  { store }: Pick<AssessmentDeps, 'store'>,
  acting: Acting,
  { id, at }: { readonly id: number; readonly at: Instant },
): Promise<void> {
  assertMay(acting, 'assessment.publish');
  const actor = nameOf(acting);
  await store.transaction(async (anyTrx) => {
    const trx = assessmentDb(anyTrx) as AssessmentTrx;
    const { name, year, scheme } = await holdForEnd(trx, id);
    const units = await trx
      .selectFrom('assessment_unit')
      .selectAll()
      .where('assessment_id', '=', id)
      .orderBy('place')
      .forUpdate()
      .execute();
    const open = units.filter(({ state }) => state !== 'reviewed');
    if (open.length > 0)
      throw new UserError('assessment.unreviewed', `还有 ${open.length} 个单位没有核定。`, {
        ...{ family: 'state', details: open.map((unit) => unit.unit_name) },
      });
    if (units.some((unit) => unit.reviewed_by === actor))
      throw new UserError('assessment.same-person', '核定的人不能自己公布，请由另一个人公布。', {
        family: 'state',
      });
    await keepResults(trx, parseScheme(JSON.parse(scheme)), units);
    await endIn(trx, { id, state: 'published', at, actor });
    await recordAudit(anyTrx, {
      ...{ actor, action: 'assessment.publish', subject: `assessment:${id}` },
      ...{
        detail: { units: units.length },
        before: { state: 'open' },
        after: { state: 'published' },
      },
    });
    await queueNotices(
      anyTrx,
      units.map(({ unit_id: unitId }) => ({
        ...{ key: `assessment:${id}:published:${unitId}`, kind: 'assessment.published' },
        ...{
          to: { unitId },
          title: '年度考核结果已公布',
          link: `/assessments/${id}`,
          urgent: false,
        },
        text: `${year} 年${name}的结果已公布，请查看。`,
      })),
      at,
    );
  });
}

/** Scores and ranks all units once more, and keeps what comes out. */
async function keepResults(
  trx: AssessmentTrx,
  scheme: Scheme,
  units: readonly { readonly id: number }[],
): Promise<void> {
  const scores: Score[] = [];
  for (const { id } of units) {
    const lines = await trx
      .selectFrom('assessment_line')
      .selectAll()
      .where('assessment_unit_id', '=', id)
      .execute();
    scores.push(scoreUnit(scheme, valuesOf(lines)));
  }
  const ranks = rankOutcomes(scores.map(({ outcome }) => outcome));
  for (const [index, { id }] of units.entries())
    await trx
      .updateTable('assessment_unit')
      .set({ result: JSON.stringify(scores[index]), rank: ranks[index] ?? null })
      .where('id', '=', id)
      .execute();
}

/** Ends an assessment without a result; another of that year may be opened. Throws as {@link publishAssessment}, `assessment.reason`. */
export async function withdrawAssessment(
  { store }: Pick<AssessmentDeps, 'store'>,
  acting: Acting,
  { id, reason, at }: { readonly id: number; readonly reason: string; readonly at: Instant },
): Promise<void> {
  assertMay(acting, 'assessment.review');
  const why = reason.trim();
  if (why === '' || why.length > 500)
    throw new UserError('assessment.reason', '请写明撤销的理由，不超过 500 字。', {
      field: 'reason',
    });
  await store.transaction(async (anyTrx) => {
    const trx = assessmentDb(anyTrx) as AssessmentTrx;
    await holdForEnd(trx, id);
    const actor = nameOf(acting);
    await endIn(trx, { id, state: 'withdrawn', at, actor });
    await recordAudit(anyTrx, {
      ...{ actor, action: 'assessment.withdraw', subject: `assessment:${id}` },
      ...{ detail: { reason: why }, before: { state: 'open' }, after: { state: 'withdrawn' } },
    });
  });
}

/** The open assessment, held so that no unit of it is stepped meanwhile. */
async function holdForEnd(trx: AssessmentTrx, id: number) {
  const found = await trx
    .selectFrom('assessment')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (found === undefined) throw unknownAssessment();
  return requireOpen(trx, id);
}

async function endIn(
  trx: AssessmentTrx,
  {
    id,
    state,
    at,
    actor,
  }: {
    readonly id: number;
    readonly state: 'published' | 'withdrawn';
    readonly at: Instant;
    readonly actor: string;
  },
): Promise<void> {
  await trx
    .updateTable('assessment')
    .set({ state, published_at: at, published_by: actor })
    .where('id', '=', id)
    .execute();
}
