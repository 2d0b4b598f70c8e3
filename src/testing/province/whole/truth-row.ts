import type { PlantedKind } from './planted.ts';

/** What is at fault in a whole site beside its articles, and the traps (`formWordPage`). */
export type StructureKind =
  | 'leaderLife'
  | 'leaderDuties'
  | 'policyUnlinked'
  | 'readingUnlinked'
  | 'search'
  | 'figuresOld'
  | 'guideElements'
  | 'formBroken'
  | 'formUnlinked'
  | 'formWordPage'
  | 'repeatedSection'
  | 'misnamedSection'
  | 'staleSection'
  | 'emptySection'
  | 'veto';

/** One planted thing as an examiner sees it: where it stands, and what should be said of it. */
export interface TruthRow {
  readonly host: string;
  /** The command that should find it: `site links`, `site text`, `site inspect`. */
  readonly by: 'links' | 'text' | 'inspect';
  readonly kind: PlantedKind | StructureKind;
  /** What an inspection should call it; null: a trap, of which nothing should be said. */
  readonly expected: string | null;
  /** Path of the article, or of the page that is at fault. */
  readonly page: string;
  /** Path that the link leads to; null for a sentence. */
  readonly target: string | null;
  readonly words: string;
}
