import { listOf, type SiteModel } from '../sites/site-model.ts';
import { plantedIn } from './plan-planted.ts';
import { FAULTS, type Fault } from './planted.ts';
import { structureTruth } from './structure-truth.ts';
import type { TruthRow } from './truth-row.ts';

/** The truth about one grown site. It is told only to who asks the simulator, never served. */
export function truthOf(model: SiteModel): TruthRow[] {
  const paths = new Map(
    model.sections
      .filter((section) => section.mode === 'list')
      .flatMap((section) => listOf(model, section).map((item) => [item.id, item.path] as const)),
  );
  const planted = plantedIn(model).map(({ kind, articleId, target, words }) => ({
    host: model.plan.host,
    by: target === null ? ('text' as const) : ('links' as const),
    kind,
    expected: kind in FAULTS ? FAULTS[kind as Fault] : null,
    page: paths.get(articleId)!,
    target,
    words,
  }));
  return [...planted, ...structureTruth(model)];
}
