import type { Judgement, ReviewState } from '../domain/finding.ts';
import { isScored, type Rule, type Ruleset, type ScoreScale } from '../domain/ruleset.ts';
import type { PointRange, Score, ScoreEntry, ScoreLine } from '../domain/score.ts';

/** As much of a finding as a verdict depends on. */
export interface StandingFinding {
  readonly ruleId: string;
  readonly judgement: StandingJudgement;
  readonly review: ReviewState;
  /** `machine`, or a person's name; absent = machine. */
  readonly source?: string;
}

export interface StandingJudgement {
  readonly status: Judgement['status'];
  readonly occurrences?: number;
  readonly places?: readonly string[];
  readonly unseen?: number;
  readonly atMost?: number;
}

/** What of a portal decides how it is scored. */
export interface PortalDuties {
  readonly hasService: boolean;
  readonly siteCode: string;
}

/** The lines of the standard, for versions of a ruleset that were made before scores. */
export const STANDARD_SCALE: ScoreScale = {
  full: 10_000,
  failBelow: 6_000,
  bonusAbove: 8_000,
  bonusFull: 3_000,
  serviceGroup: '办事服务',
  serviceFull: 2_500,
};

/** Codes of the State Council's departments (国务院部门系 `bm`; guidelines §4). */
const STATE_COUNCIL_CODE = /^bm\d{8}$/i;

const ZERO: PointRange = { lowest: 0, highest: 0 };

/** A portal is scored when the ruleset has any deduction switched on. */
export function isScoring({ rules }: Ruleset): boolean {
  return rules.some(({ part, enabled }) => part === 'deduct' && enabled);
}

/**
 * Parts two and three of a portal without veto. Each entry takes at most its cap; a place that one entry counted is not charged
 * again under a residual one (其他栏目); only more than 80 in part two opens part three. Pure, integers only.
 */
export function scorePortal(
  ruleset: Ruleset,
  findings: readonly StandingFinding[],
  portal: PortalDuties,
): Score {
  const scale = ruleset.scale ?? STANDARD_SCALE;
  const isScaled = !portal.hasService && STATE_COUNCIL_CODE.test(portal.siteCode);
  const lines = linesOf(ruleset, findings, isScaled ? scale.serviceGroup : null);
  const entries = entriesOf(ruleset, lines);
  const lost = sumOf(entries.filter(({ part }) => part === 'deduct'));
  const deduction = {
    lowest: partTwo(lost.highest, isScaled, scale),
    highest: partTwo(lost.lowest, isScaled, scale),
    isScaled,
  };
  const granted = sumOf(entries.filter(({ part }) => part === 'bonus'));
  const bonus = {
    lowest: Math.min(granted.lowest, scale.bonusFull),
    highest: Math.min(granted.highest, scale.bonusFull),
    isOpen: openOf(deduction, scale),
  };
  const withBonus = (points: number, more: number): number =>
    points > scale.bonusAbove ? points + more : points;
  return {
    total: {
      lowest: withBonus(deduction.lowest, bonus.lowest),
      highest: withBonus(deduction.highest, bonus.highest),
    },
    ...{ deduction, bonus, entries },
    failBelow: scale.failBelow,
    bonusAbove: scale.bonusAbove,
  };
}

/** What was proven: part two without what is undetermined, and part three as far as it was earned. */
export function provenPoints({ deduction, bonus, bonusAbove }: Score): number {
  const points = deduction.highest;
  return points > bonusAbove ? points + bonus.lowest : points;
}

/** The lines that the range of part two crosses; the one of the bonus matters only where a bonus is switched on. */
export function crossedLines({ deduction, failBelow, bonusAbove, entries }: Score): number[] {
  const { lowest, highest } = deduction;
  const hasBonus = entries.some(
    ({ part, lines }) => part === 'bonus' && lines.some(({ state }) => state !== 'off'),
  );
  return [
    ...(lowest < failBelow && highest >= failBelow ? [failBelow] : []),
    ...(hasBonus && lowest <= bonusAbove && highest > bonusAbove ? [bonusAbove] : []),
  ];
}

function openOf(deduction: PointRange, { bonusAbove }: ScoreScale): Score['bonus']['isOpen'] {
  if (deduction.lowest > bonusAbove) return 'yes';
  return deduction.highest > bonusAbove ? 'maybe' : 'no';
}

/** 100 less what was lost; without the services 75 less it, × 4/3, half up to the centipoint. Never below nothing. */
function partTwo(lost: number, isScaled: boolean, { full, serviceFull }: ScoreScale): number {
  if (!isScaled) return Math.max(0, full - lost);
  const base = full - serviceFull;
  const left = Math.max(0, base - lost);
  return Math.floor((2 * left * full + base) / (2 * base));
}

const sumOf = (entries: readonly ScoreEntry[]): PointRange =>
  entries.reduce(
    (sum, { counted }) => ({
      lowest: sum.lowest + counted.lowest,
      highest: sum.highest + counted.highest,
    }),
    ZERO,
  );

/** One line a scored rule, residual rules last: they yield to what all others counted. */
function linesOf(
  { rules }: Ruleset,
  findings: readonly StandingFinding[],
  exemptGroup: string | null,
): Map<string, ScoreLine> {
  const scored = rules.filter(isScored);
  const taken = new Set<string>();
  const lines = new Map<string, ScoreLine>();
  const ordered = [
    ...scored.filter(({ residual }) => residual !== true),
    ...scored.filter(({ residual }) => residual === true),
  ];
  for (const rule of ordered) {
    const own = findings.filter(({ ruleId }) => ruleId === rule.id);
    const exempt = exemptGroup !== null && rule.part === 'deduct' && rule.group === exemptGroup;
    const line = lineOf(rule, exempt ? 'exempt' : own, taken);
    lines.set(rule.id, line);
    if (rule.part !== 'deduct' || line.state !== 'counted') continue;
    for (const { judgement } of own.filter(isStandingBreach))
      for (const place of judgement.places ?? []) taken.add(place);
  }
  return lines;
}

function lineOf(
  rule: Rule,
  findings: readonly StandingFinding[] | 'exempt',
  taken: ReadonlySet<string>,
): ScoreLine {
  const line = {
    ruleId: rule.id,
    points: rule.points ?? null,
    occurrences: 0,
    countedElsewhere: 0,
    unseen: 0,
  };
  if (!rule.enabled) return { ...line, state: 'off' };
  if (findings === 'exempt') return { ...line, state: 'notApplicable' };
  const breaches = findings.filter(isStandingBreach);
  const open = findings.find((finding) => isOpen(finding, breaches));
  const places = breaches.flatMap(({ judgement }) => judgement.places ?? []);
  const distinct = new Set(places);
  // A person and the machine may name the same place under one rule: it is one occurrence.
  const total =
    breaches.reduce((sum, { judgement }) => sum + (judgement.occurrences ?? 1), 0) -
    (places.length - distinct.size);
  const countedElsewhere =
    rule.residual === true ? [...distinct].filter((place) => taken.has(place)).length : 0;
  const occurrences = Math.max(0, total - countedElsewhere);
  const unseenBeside = breaches.reduce((sum, { judgement }) => sum + (judgement.unseen ?? 0), 0);
  const unseen = open === undefined ? unseenBeside : unseenOf(open);
  const counted = { ...line, occurrences, countedElsewhere, unseen };
  if (occurrences > 0) return { ...counted, state: 'counted' };
  if (open) return { ...counted, state: 'undetermined' };
  const isExempt = findings.some(({ judgement }) => judgement.status === 'notApplicable');
  return { ...counted, state: isExempt && breaches.length === 0 ? 'notApplicable' : 'clear' };
}

export const isStandingBreach = ({ judgement, review }: StandingFinding): boolean =>
  judgement.status === 'breached' && review !== 'rejected' && review !== 'cannotJudge';

/** Nobody could tell, and no person told in its place; or a person looked and could not. */
function isOpen(finding: StandingFinding, breaches: readonly StandingFinding[]): boolean {
  if (finding.review === 'rejected') return false;
  if (finding.review === 'cannotJudge') return true;
  return finding.judgement.status === 'undetermined' && breaches.length === 0;
}

/** A doubted breach can be as many as it counted; what could not be seen as many as the indicator said, else any number. */
function unseenOf({ judgement }: StandingFinding): number | null {
  if (judgement.status === 'breached')
    return (judgement.occurrences ?? 1) + (judgement.unseen ?? 0);
  return judgement.atMost ?? null;
}

/** Entries in the ruleset's order, each with its cap over all its rules. */
function entriesOf({ rules }: Ruleset, lines: ReadonlyMap<string, ScoreLine>): ScoreEntry[] {
  const entries = new Map<string, Rule[]>();
  for (const rule of rules)
    if (isScored(rule)) entries.set(rule.entryId, [...(entries.get(rule.entryId) ?? []), rule]);
  return [...entries].map(([entryId, of]) => {
    const [first] = of;
    const own = of.flatMap(({ id }) => lines.get(id) ?? []);
    const cap = first?.cap ?? null;
    return {
      entryId,
      part: first?.part === 'bonus' ? 'bonus' : 'deduct',
      group: first?.group ?? '',
      cap,
      counted: countedOf(own, cap ?? 0),
      lines: own,
    };
  });
}

function countedOf(lines: readonly ScoreLine[], cap: number): PointRange {
  const active = lines.filter(({ state }) => state !== 'off' && state !== 'notApplicable');
  const certain = active.reduce((sum, line) => sum + line.occurrences * (line.points ?? 0), 0);
  const possible = active.reduce(
    (sum, line) => sum + (line.unseen === null ? cap : line.unseen * (line.points ?? 0)),
    0,
  );
  return { lowest: Math.min(cap, certain), highest: Math.min(cap, certain + possible) };
}
