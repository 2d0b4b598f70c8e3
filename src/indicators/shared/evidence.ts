import type { Observation } from '../../domain/account-facts.ts';
import type { RecordedFact } from '../../domain/fact.ts';
import type { Evidence, Judgement } from '../../domain/finding.ts';
import { cutText } from '../../lib/pure/cut-text.ts';

const EXCERPT_MAX = 200;
/** Evidence kept of one finding: enough to show the pattern; the facts hold all of it. */
const EVIDENCE_MAX = 20;

/** A pointer into a fact; the excerpt is cut at 200 characters. */
export function evidenceOf(
  fact: RecordedFact<unknown>,
  locator: string,
  excerpt: string,
  snapshot: string | null = null,
): Evidence {
  return {
    factId: fact.id,
    snapshot,
    locator,
    excerpt: cutText(excerpt, EXCERPT_MAX),
    capturedAt: fact.gatheredAt,
  };
}

/** A breach with its evidence; without any evidence there is no breach, so the type asks for a first one. */
export function breached(
  occurrences: number,
  evidence: readonly [Evidence, ...Evidence[]],
  note?: string,
): Judgement {
  const [first, ...rest] = evidence;
  const kept: [Evidence, ...Evidence[]] = [first, ...rest.slice(0, EVIDENCE_MAX - 1)];
  return {
    status: 'breached',
    occurrences,
    evidence: kept,
    ...(note === undefined ? {} : { note }),
  };
}

export const met: Judgement = { status: 'met' };

export function undetermined(reason: string, missing: readonly string[]): Judgement {
  return { status: 'undetermined', reason, missing };
}

/** Left to a person, who is shown what the machine suspects. */
export function suspected(
  reason: string,
  [first, ...rest]: readonly [Evidence, ...Evidence[]],
): Judgement {
  const evidence = [first, ...rest.slice(0, EVIDENCE_MAX - 1)] as const;
  return { status: 'undetermined', reason, missing: [], evidence: [...evidence] };
}

export function notApplicable(reason: string): Judgement {
  return { status: 'notApplicable', reason };
}

/** The picture of a sight, when it lies in the round's archive. */
export function pictureOf(
  { snapshots }: RecordedFact<unknown>,
  { picture }: Pick<Observation, 'picture'>,
): string | null {
  return picture && snapshots.includes(picture) ? picture : null;
}
