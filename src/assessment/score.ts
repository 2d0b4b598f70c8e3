import { invariant } from '../lib/pure/errors.ts';
import { type AssessmentRule, type Part, rulesInForce, type Scheme } from './scheme.ts';

/** Points are whole hundredths. */
const CENTI = 100;
const centi = (points: number): number => Math.round(points * CENTI);

/** What a rule says of a unit: a number of cases, or hundredths of a point where a person gives points; null = not decided. */
export type Value = number | null;

export interface ScoredLine {
  readonly ruleId: string;
  readonly part: Part;
  readonly value: Value;
  /** Hundredths that it takes (deduct) or gives (bonus); of a veto 0. Null = not decided. */
  readonly centipoints: number | null;
  /** Of a veto: whether it strikes. */
  readonly strikes: boolean;
}

export type Outcome =
  /** Rules that nobody has decided yet; what is decided tells how far the sum of deductions can still move. */
  | { readonly kind: 'undetermined'; readonly missing: readonly string[] }
  | { readonly kind: 'vetoed'; readonly vetoes: readonly string[] }
  | {
      readonly kind: 'scored';
      readonly passes: boolean;
      readonly deduct: number;
      readonly bonus: number;
      /** Whether the bonus was opened. */
      readonly bonusCounts: boolean;
      readonly total: number;
    };

export interface Score {
  readonly lines: readonly ScoredLine[];
  readonly outcome: Outcome;
}

function lineOf(rule: AssessmentRule, value: Value): ScoredLine {
  const head = { ruleId: rule.id, part: rule.part, value };
  if (value === null) return { ...head, centipoints: null, strikes: false };
  if (rule.form.kind === 'atLeast')
    return { ...head, centipoints: 0, strikes: value >= rule.form.count };
  invariant(rule.max !== undefined, 'only a veto has no points');
  const wanted =
    rule.form.kind === 'points'
      ? value
      : Math.max(0, value - rule.form.free) * centi(rule.form.points);
  return { ...head, centipoints: Math.min(wanted, centi(rule.max)), strikes: false };
}

/**
 * Scores one unit by assessment-2019.md §1: a veto ends it; else 100 less the deductions, each to its own maximum; below 60 fails; the
 * bonus counts only above 80. A veto that strikes decides alone, whatever else is open; without one nothing is said until every rule
 * is decided that the result depends on: a bonus that cannot count is not waited for.
 */
export function scoreUnit(scheme: Scheme, values: ReadonlyMap<string, Value>): Score {
  const lines = rulesInForce(scheme).map((rule) => lineOf(rule, values.get(rule.id) ?? null));
  return { lines, outcome: outcomeOf(scheme, lines) };
}

function outcomeOf(scheme: Scheme, lines: readonly ScoredLine[]): Outcome {
  const vetoes = lines.filter(({ strikes }) => strikes).map(({ ruleId }) => ruleId);
  if (vetoes.length > 0) return { kind: 'vetoed', vetoes };
  const missingOf = (...parts: Part[]): string[] =>
    lines
      .filter(({ part, centipoints }) => parts.includes(part) && centipoints === null)
      .map(({ ruleId }) => ruleId);
  const open = missingOf('veto', 'deduct');
  if (open.length > 0)
    return { kind: 'undetermined', missing: missingOf('veto', 'deduct', 'bonus') };
  const sum = (wanted: Part): number =>
    lines
      .filter(({ part }) => part === wanted)
      .reduce((total, { centipoints }) => total + (centipoints ?? 0), 0);
  const deduct = Math.max(0, centi(scheme.deductMax) - sum('deduct'));
  const bonusCounts = deduct > centi(scheme.bonusAbove);
  const missing = missingOf('bonus');
  if (bonusCounts && missing.length > 0) return { kind: 'undetermined', missing };
  const bonus = bonusCounts ? Math.min(sum('bonus'), centi(scheme.bonusMax)) : 0;
  const passes = deduct >= centi(scheme.passAt);
  return { kind: 'scored', passes, deduct, bonus, bonusCounts, total: deduct + bonus };
}

/**
 * Places by total, the same total the same place (1, 2, 2, 4). Who was vetoed has no total and comes after all others, without a place;
 * so does who is undetermined.
 */
export function rankOutcomes(outcomes: readonly Outcome[]): readonly (number | null)[] {
  const totals = outcomes.flatMap((outcome) => (outcome.kind === 'scored' ? [outcome.total] : []));
  return outcomes.map((outcome) =>
    outcome.kind === 'scored' ? 1 + totals.filter((total) => total > outcome.total).length : null,
  );
}
