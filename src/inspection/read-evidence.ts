import type { FactKey, FactSet, RecordedFact } from '../domain/fact.ts';
import { evidenceIn } from '../domain/finding.ts';
import type { Rule } from '../domain/ruleset.ts';
import { INDICATORS } from '../indicators/index.generated.ts';
import type { Store } from '../store/store.ts';
import { loadFacts } from './fact.repository.ts';
import { findRow, type RowReference } from './find-row.ts';
import type { StoredFinding } from './finding.repository.ts';
import { type InspectionDb, inspectionDb } from './inspection-db.ts';
import { listPages, type PageRecord } from './page.repository.ts';
import { listReviews } from './review/review.repository.ts';
import type { ReviewEntry } from './review/review-state.ts';
import type { RoundSubject } from './round.repository.ts';
import type { Round } from './round.ts';
import { screenshotsOf } from './screenshots-of.ts';
import type { InspectionTables } from './tables.ts';

export type { RowReference };

/** A raw home-page visit as evidence: the row itself, for visits keep no bytes. */
export type VisitEvidence = Omit<InspectionTables['probe'], 'round_id' | 'subject_id' | 'vantage'>;

/** A finding with everything that it was read from. */
export interface FindingEvidence {
  readonly finding: StoredFinding;
  /** Null when the ruleset of the round no longer lists it: never for a round of ours. */
  readonly rule: Rule | null;
  readonly reviews: readonly ReviewEntry[];
  /** The facts that the rule reads, by key; all that a judgement can be computed from again. */
  readonly facts: readonly (RecordedFact<unknown> & { readonly key: string })[];
  /** SHA-256 (hex) of the bodies that its evidence names, or that its facts were read from. */
  readonly payloads: readonly string[];
  /** Pages that those bodies came from, as recorded. */
  readonly pages: readonly PageRecord[];
  readonly visits: readonly VisitEvidence[];
}

/** The published read model behind one row of a bulletin. */
export interface RowEvidence {
  readonly round: Round;
  readonly subject: RoundSubject;
  readonly findings: readonly FindingEvidence[];
}

/** Visits of one site in one round: 140 are scheduled. */
const VISITS_MAX = 2000;

/** Opens a row down to facts, pages, visits and the hashes of the archived bodies. Throws {@link UserError} `evidence.row.unknown`. */
export async function readEvidence(
  store: Store,
  reference: RowReference,
  asked: { readonly period: string | null; readonly rule: string | null },
): Promise<RowEvidence> {
  const db = inspectionDb(store);
  const { round, subject, findings } = await findRow(db, reference, asked);
  const { kind, id } = subject.subject;
  const known = (await loadFacts(db, round.id, kind, [id])).get(id) ?? {};
  const pages = kind === 'site' ? await listPages(db, round.id, kind, id) : [];
  const opened: FindingEvidence[] = [];
  for (const finding of findings) {
    const facts = factsOf(finding, known);
    const payloads = payloadsOf(finding, facts, known);
    const named = new Set(payloads);
    opened.push({
      finding,
      rule: round.ruleset.rules.find((rule) => rule.id === finding.ruleId) ?? null,
      reviews: await listReviews(db, finding.id),
      facts,
      payloads,
      pages: pages.filter((page) => page.snapshot !== null && named.has(page.snapshot)),
      visits: restsOnVisits(finding) ? await visitsOf(db, round.id, id) : [],
    });
  }
  return { round, subject, findings: opened };
}

/** Those that the indicator declares, and those that the evidence names. */
export function factsOf(finding: StoredFinding, known: FactSet): FindingEvidence['facts'] {
  const needs = INDICATORS.find((indicator) => indicator.id === finding.ruleId)?.needs ?? [];
  const named = evidenceOf(finding).map(({ factId }) => factId.slice(factId.indexOf(':') + 1));
  const keys = [...new Set<string>([...needs, ...named])];
  return keys.flatMap((key) => {
    const fact = known[key as FactKey];
    return fact === undefined ? [] : [{ key, ...fact }];
  });
}

/** Every site rule reads the summary of the visits; only some findings rest on it. */
function restsOnVisits(finding: StoredFinding): boolean {
  return evidenceOf(finding).some(({ factId }) => factId.endsWith(':site.visits'));
}

function evidenceOf({ judgement }: StoredFinding) {
  return evidenceIn(judgement);
}

/**
 * What the evidence points at, with the pictures of those pages among everything that is `known`; where it points at a fact as a
 * whole, or there is none, what the facts were read from.
 */
export function payloadsOf(
  finding: StoredFinding,
  facts: FindingEvidence['facts'],
  known: FactSet,
): readonly string[] {
  const payloads = new Set<string>();
  const whole = new Set<string>();
  for (const { snapshot, factId } of evidenceOf(finding)) {
    if (snapshot !== null) payloads.add(snapshot);
    else whole.add(factId);
  }
  for (const fact of facts) {
    // An account has a few answers, all of which are looked at; a site has a hundred pages, of which the evidence names its own.
    const isNamed = finding.kind === 'account' || whole.has(fact.id);
    if (evidenceOf(finding).length > 0 && !isNamed) continue;
    for (const snapshot of fact.snapshots) payloads.add(snapshot);
  }
  for (const picture of screenshotsOf(evidenceOf(finding), known)) payloads.add(picture);
  return [...payloads];
}

async function visitsOf(
  db: InspectionDb,
  roundId: number,
  subjectId: number,
): Promise<VisitEvidence[]> {
  const rows = await db
    .selectFrom('probe')
    .select([
      ...(['slot', 'scheduled_at', 'happened_at', 'url', 'address', 'outcome'] as const),
      ...(['error_class', 'status', 'dns_ms', 'tcp_ms', 'tls_ms'] as const),
      ...(['ttfb_ms', 'total_ms', 'paced'] as const),
    ])
    .where('round_id', '=', roundId)
    .where('subject_id', '=', subjectId)
    .orderBy('slot')
    .limit(VISITS_MAX)
    .execute();
  return rows.map((row) => ({
    ...row,
    scheduled_at: new Date(row.scheduled_at).toISOString(),
    happened_at: new Date(row.happened_at).toISOString(),
  }));
}
