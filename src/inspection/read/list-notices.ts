import type { FactSet } from '../../domain/fact.ts';
import type { Evidence, Judgement } from '../../domain/finding.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import { INDICATORS } from '../../indicators/index.generated.ts';
import { judgeNotices } from '../../scoring/index.ts';
import type { Round } from '../round.ts';

/** What one guideline check (规范提示) says of a site or an account. */
export interface NoticeItem {
  readonly ruleId: string;
  readonly label: string;
  /** What it says: the indicator's words for this outcome. */
  readonly title: string;
  readonly clause: string;
  readonly status: Judgement['status'];
  /** How many places; 0 unless `breached`. */
  readonly occurrences: number;
  readonly reason: string | null;
  readonly evidence: readonly Pick<Evidence, 'locator' | 'excerpt' | 'snapshot'>[];
}

/** The guideline checks of one subject, worked out from the round's facts under its ruleset, in the ruleset's order. */
export function listNotices(
  round: Pick<Round, 'ruleset'>,
  facts: FactSet,
  kind: SubjectKind,
): NoticeItem[] {
  return judgeNotices(round.ruleset, INDICATORS, facts, kind).map(({ ruleId, judgement }) => {
    const indicator = INDICATORS.find(({ id }) => id === ruleId);
    const rule = round.ruleset.rules.find(({ id }) => id === ruleId);
    const isBreached = judgement.status === 'breached';
    return {
      ruleId,
      label: rule?.printedLabel ?? ruleId,
      title: (isBreached ? indicator?.title.breached : indicator?.title.met) ?? ruleId,
      clause: indicator?.clause ?? '',
      status: judgement.status,
      occurrences: isBreached ? judgement.occurrences : 0,
      reason: 'reason' in judgement ? judgement.reason : (judgement.note ?? null),
      evidence: isBreached
        ? judgement.evidence.map(({ locator, excerpt, snapshot }) => ({
            locator,
            excerpt,
            snapshot,
          }))
        : [],
    };
  });
}
