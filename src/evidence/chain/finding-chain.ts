import type { Actor } from '../../domain/actor.ts';
import { type AuditItem, auditAbout, auditDb } from '../../identity/index.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { ChainDeps } from '../evidence-deps.ts';
import { type OpenedRow, openRowFor } from '../open-row.ts';
import { findingView, recordView, subjectView } from '../row-view.ts';

/** Everything behind one finding, from the bytes to the people. */
export interface FindingChain {
  readonly row: OpenedRow;
  readonly audit: readonly AuditItem[];
}

/** Opens a finding with the audit rows about it and its round. Throws {@link UserError} `finding.unknown`. */
export async function openFindingChain(
  deps: ChainDeps,
  actor: Pick<Actor, 'scope'>,
  id: number,
): Promise<FindingChain> {
  const asked = { period: null, rule: null };
  const row = await openRowFor(deps, actor, { by: 'finding', id }, asked).catch(
    (error: unknown) => {
      if (error instanceof UserError && error.code === 'evidence.row.unknown')
        throw new UserError('finding.unknown', `没有编号为 ${id} 的问题。`);
      throw error;
    },
  );
  const about = [`finding:${id}`, `round:${row.round.period}`];
  return { row, audit: await auditAbout(auditDb(deps.store.db), about) };
}

/** The chain as one answer: what was seen, what was judged by which parameters, who decided, and how each link is proved. */
export function chainView({ row, audit }: FindingChain) {
  const finding = row.findings[0]!;
  const { entryId, part, printedLabel, confidence, judgedBy } = { ...finding.rule };
  return {
    subject: subjectView(row),
    round: {
      ...{ period: row.round.period, label: row.round.label, state: row.round.state },
      ...{ window: [...row.round.window], clock: row.round.clock },
      ...{ reviewWaived: row.round.reviewWaived, frozenAt: row.round.frozenAt },
    },
    ruleset: { id: row.round.ruleset.id, hash: row.round.ruleset.hash },
    rule: { id: finding.finding.ruleId, entryId, part, printedLabel, confidence, judgedBy },
    finding: findingView(finding),
    facts: finding.facts.map((fact) => ({
      ...{ key: fact.key, gatheredAt: fact.gatheredAt, gatherer: fact.gatherer, state: fact.state },
      value: fact.state === 'observed' ? fact.value : null,
      reason: fact.state === 'unobserved' ? fact.reason : null,
    })),
    evidence: finding.records.map(recordView),
    evidenceLeftOut: finding.recordsLeftOut,
    visits: [...finding.visits],
    audit: [...audit],
  };
}
