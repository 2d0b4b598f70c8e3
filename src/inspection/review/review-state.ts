import { isSamePerson, type Person } from '../../domain/acting.ts';
import type { ReviewState } from '../../domain/finding.ts';
import type { Rule } from '../../domain/ruleset.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { ReviewDecision } from '../tables.ts';

/** One row of a finding's review. */
export interface ReviewEntry {
  readonly decision: ReviewDecision;
  readonly reviewer: string;
  /** Null for a name that the command line gave. */
  readonly reviewerId: number | null;
  readonly note: string;
  readonly reviewedAt: Instant;
}

/** A veto-class finding is confirmed only by two different persons (DESIGN law 6); any other by one. */
const CONFIRMATIONS_OF_VETO = 2;

/** How many different persons must confirm a finding of this rule; a rule that the ruleset lost counts as a veto. */
export function confirmationsNeeded(rule: Pick<Rule, 'part'> | undefined): number {
  return rule === undefined || rule.part === 'veto' ? CONFIRMATIONS_OF_VETO : 1;
}

/** What is left of a finding's reviews. */
export interface ReviewStanding {
  readonly state: ReviewState;
  /** One decision a person, oldest first; withdrawn ones and those before a reopening are gone. */
  readonly decisions: readonly ReviewEntry[];
  /** Those that count now: none that came before a rejection. */
  readonly confirmations: readonly ReviewEntry[];
}

/**
 * Where a finding stands after its reviews (oldest first). A rejection, or that it cannot be judged, stands until it is
 * withdrawn, or another person confirms afterwards; annotations decide nothing.
 */
export function standingOf(reviews: readonly ReviewEntry[], needed: number): ReviewStanding {
  let decisions: readonly ReviewEntry[] = [];
  for (const entry of reviews) {
    if (entry.decision === 'annotate') continue;
    const others = decisions.filter((each) => !isSamePerson(personIn(each), personIn(entry)));
    if (entry.decision === 'reopen') decisions = [];
    else if (entry.decision === 'withdraw') decisions = others;
    else decisions = [...others, entry];
  }
  let state: ReviewState = 'open';
  let confirmations: ReviewEntry[] = [];
  for (const entry of decisions) {
    if (entry.decision === 'confirm') {
      confirmations.push(entry);
      state = confirmations.length >= needed ? 'confirmed' : 'once';
    } else {
      confirmations = [];
      state = entry.decision === 'reject' ? 'rejected' : 'cannotJudge';
    }
  }
  return { state, decisions, confirmations };
}

/** The decision of a person that stands, or null. */
export function decisionOf(standing: ReviewStanding, person: Person): ReviewEntry | null {
  return standing.decisions.find((entry) => isSamePerson(personIn(entry), person)) ?? null;
}

/** Whether a person's decision is what made the finding stand as it does: deciding the same again changes nothing. */
export function isEffective(standing: ReviewStanding, person: Person): boolean {
  const own = decisionOf(standing, person);
  if (own === null) return false;
  if (own.decision === 'confirm') return standing.confirmations.includes(own);
  return standing.state === (own.decision === 'reject' ? 'rejected' : 'cannotJudge');
}

const personIn = ({ reviewer, reviewerId }: ReviewEntry): Person => ({
  name: reviewer,
  userId: reviewerId,
});
