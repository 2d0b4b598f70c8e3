import type { FactSet } from '../domain/fact.ts';
import type { Store } from '../store/store.ts';
import { checkedPayloads } from './again/check-again.ts';
import { loadFacts } from './fact.repository.ts';
import { listFindings, type StoredFinding } from './finding.repository.ts';
import { inspectionDb } from './inspection-db.ts';
import { factsOf, payloadsOf } from './read-evidence.ts';
import { listRounds } from './round.repository.ts';
import { isClosed } from './round.ts';

/** Subjects whose facts are held at once. */
const SLICE = 50;

/**
 * SHA-256 (hex) of every archived body that findings of a round rest on: what is breached, whatever the review said of it, and
 * what could not be determined. Retention never deletes these.
 */
export async function namedPayloads(store: Store, roundId: number): Promise<Set<string>> {
  const db = inspectionDb(store);
  const named = new Set<string>();
  for (const kind of ['site', 'account'] as const) {
    const bySubject = new Map<number, StoredFinding[]>();
    for (const status of ['breached', 'undetermined'] as const)
      for (const finding of await listFindings(db, roundId, { kind, status }))
        bySubject.set(finding.subjectId, [...(bySubject.get(finding.subjectId) ?? []), finding]);
    const subjects = [...bySubject.keys()];
    for (let start = 0; start < subjects.length; start += SLICE) {
      const slice = subjects.slice(start, start + SLICE);
      const facts = await loadFacts(db, roundId, kind, slice);
      for (const subject of slice)
        for (const finding of bySubject.get(subject) ?? [])
          for (const payload of payloadsIn(finding, facts.get(subject) ?? {})) named.add(payload);
    }
  }
  for (const payload of await checkedPayloads(db, roundId)) named.add(payload);
  return named;
}

const payloadsIn = (finding: StoredFinding, known: FactSet): readonly string[] =>
  payloadsOf(finding, factsOf(finding, known), known);

/** The rounds as retention sees them, newest first; `closedAt` null while a round may still change. */
export async function roundAges(
  store: Store,
): Promise<{ roundId: number; period: string; closedAt: string | null }[]> {
  const rounds = await listRounds(inspectionDb(store));
  return rounds.map((round) => ({
    roundId: round.id,
    period: round.period,
    closedAt: isClosed(round.state) ? round.frozenAt : null,
  }));
}
