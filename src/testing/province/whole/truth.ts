import { listOf, type SiteModel } from '../sites/site-model.ts';
import { plantedIn } from './plan-planted.ts';
import { FAULTS, type Fault, type PlantedKind } from './planted.ts';

/** One planted thing as an examiner sees it: where it stands, and what should be said of it. */
export interface TruthRow {
  readonly host: string;
  readonly kind: PlantedKind;
  /** What an inspection should call it; null: a trap, of which nothing should be said. */
  readonly expected: (typeof FAULTS)[Fault] | null;
  /** Path of the article. */
  readonly page: string;
  /** Path that the link leads to; null for a sentence. */
  readonly target: string | null;
  readonly words: string;
}

/** The truth about one grown site. It is told only to who asks the simulator, never served. */
export function truthOf(model: SiteModel): TruthRow[] {
  const paths = new Map(
    model.sections
      .filter((section) => section.mode === 'list')
      .flatMap((section) => listOf(model, section).map((item) => [item.id, item.path] as const)),
  );
  return plantedIn(model).map(({ kind, articleId, target, words }) => ({
    host: model.plan.host,
    kind,
    expected: kind in FAULTS ? FAULTS[kind as Fault] : null,
    page: paths.get(articleId)!,
    target,
    words,
  }));
}
