import { sql } from 'kysely';
import type { Verdict } from '../../domain/finding.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import type { InspectionDb } from '../inspection-db.ts';
import { rangeWords } from './score-view.ts';

/** A verdict with the words that people read. */
export interface VerdictView {
  readonly kind: Verdict['kind'];
  /** 不合格: vetoed, or scored too low. */
  readonly isFailing: boolean;
  readonly words: string;
  readonly rules: readonly { readonly id: string; readonly label: string }[];
}

/** What a verdict says; `labels` are the printed labels of its round's rules. */
export function viewVerdict(verdict: Verdict, labels: ReadonlyMap<string, string>): VerdictView {
  const rules = ('rules' in verdict ? verdict.rules : []).map((id) => ({
    id,
    label: labels.get(id) ?? id,
  }));
  const isFailing = verdict.kind === 'vetoed' || (verdict.kind === 'scored' && !verdict.passes);
  return { kind: verdict.kind, isFailing, words: wordsOf(verdict), rules };
}

function wordsOf(verdict: Verdict): string {
  if (verdict.kind === 'vetoed') return '不合格（单项否决）';
  if (verdict.kind === 'passed') return '合格';
  if (verdict.kind === 'scored')
    return `${verdict.passes ? '合格' : '不合格'}，${rangeWords(verdict.score.total)}`;
  const range = verdict.score === undefined ? '' : `，${rangeWords(verdict.score.total)}`;
  return `有无法判定的指标${range}`;
}

/** Printed labels by rule of the rounds that are asked for. A round's rules never change; its copy is read each time anyway. */
export async function labelsOfRounds(
  db: InspectionDb,
  roundIds: readonly number[],
): Promise<Map<number, Map<string, string>>> {
  if (roundIds.length === 0) return new Map();
  const { rows } = await sql<{ id: number; rule: string; label: string }>`
    select r.id, rule->>'id' as rule, rule->>'printedLabel' as label
      from round r cross join lateral jsonb_array_elements(r.ruleset->'rules') rule
     where r.id = any(${`{${[...new Set(roundIds)].join(',')}}`}::int[])`.execute(db);
  const labels = new Map<number, Map<string, string>>();
  for (const { id, rule, label } of rows) {
    const known = labels.get(id) ?? new Map<string, string>();
    labels.set(id, known.set(rule, label));
  }
  return labels;
}

/** The newest verdict of each subject that was ever checked, with the period of its round. */
export async function newestVerdicts(
  db: InspectionDb,
  kind: SubjectKind,
  subjectIds: readonly number[],
): Promise<Map<number, { period: string; verdict: VerdictView | null }>> {
  if (subjectIds.length === 0) return new Map();
  const { rows } = await sql<{
    id: number;
    roundId: number;
    period: string;
    verdict: Verdict | null;
  }>`
    select asked.id, s.round_id as "roundId", r.period, s.verdict
      from unnest(${`{${subjectIds.join(',')}}`}::int[]) as asked (id)
      cross join lateral (
        select round_id, verdict from round_subject
         where kind = ${kind} and subject_id = asked.id and checked
         order by round_id desc limit 1) s
      join round r on r.id = s.round_id`.execute(db);
  const labels = await labelsOfRounds(
    db,
    rows.map(({ roundId }) => roundId),
  );
  return new Map(
    rows.map(({ id, roundId, period, verdict }) => [
      id,
      {
        period,
        verdict: verdict === null ? null : viewVerdict(verdict, labels.get(roundId) ?? new Map()),
      },
    ]),
  );
}
