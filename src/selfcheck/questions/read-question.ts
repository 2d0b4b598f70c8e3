import { type Acting, may } from '../../domain/acting.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import type { StoreDeps } from '../../store/store.ts';
import { questionOf } from '../compare.ts';
import { labelsOf } from '../export-comparison.ts';
import { requireUnit } from '../hold-unit.ts';
import { selfCheckDb } from '../self-check-db.ts';
import { dueOnOf } from './chase-questions.ts';
import {
  type AskedQuestion,
  findQuestion,
  type QuestionLine,
  requireLine,
} from './hold-question.ts';
import { isToAnswer, REASONS, reasonWords } from './question.ts';
import { listFiles, type QuestionFile } from './question-files.ts';

/** Steps that are shown, the newest. */
const STEPS_MAX = 200;

export interface QuestionStep {
  readonly id: number;
  readonly step: 'answer' | 'accept' | 'return';
  /** '' where the province decides. */
  readonly reason: string;
  readonly note: string;
  readonly byName: string;
  readonly at: Instant;
}

export interface QuestionView {
  readonly unitName: string;
  readonly line: Omit<QuestionLine, 'ruleIds'> & { readonly rules: readonly string[] };
  readonly question: string;
  readonly version: number;
  /** Null: the unit was not told of its questions yet. */
  readonly dueOn: CalendarDate | null;
  readonly reasons: readonly { readonly id: string; readonly words: string }[];
  readonly steps: readonly QuestionStep[];
  readonly files: readonly QuestionFile[];
  /** The next line that waits for whoever looks, in the order of the comparison. */
  readonly next: string | null;
  readonly may: { readonly answer: boolean; readonly decide: boolean };
}

/** A question with its history. Throws what `requireLine` throws. */
export async function readQuestion(
  deps: StoreDeps,
  acting: Acting,
  input: AskedQuestion,
): Promise<QuestionView> {
  const { compared, line, asked } = await requireLine(deps, acting, input);
  const { check, askedOn } = await requireUnit(deps, acting, input);
  const db = selfCheckDb(deps.store.db);
  const kept = await findQuestion(db, input);
  const { steps, files } = await historyOf(deps, line, kept?.id ?? null);
  const isOpen = check.state === 'open';
  const decides = may(acting, 'selfcheck.open');
  const { ruleIds, ...rest } = line;
  const labels = labelsOf(compared);
  const waits = ({ stand }: QuestionLine): boolean =>
    decides ? stand === 'answered' : isToAnswer(stand);
  const at = asked.findIndex(({ key }) => key === line.key);
  const after = [...asked.slice(at + 1), ...asked.slice(0, at)];
  return {
    ...{ unitName: compared.unitName, question: questionOf(line) ?? '', steps, files },
    line: { ...rest, rules: ruleIds.map((id) => labels.get(id) ?? id) },
    version: kept?.version ?? 0,
    dueOn: isToAnswer(line.stand)
      ? (kept?.due_on ?? (askedOn === null ? null : dueOnOf(askedOn)))
      : null,
    reasons: Object.entries(REASONS[line.category]).map(([id, words]) => ({ id, words })),
    next: after.find(waits)?.key ?? null,
    may: {
      answer: isOpen && line.stand !== 'accepted' && may(acting, 'selfcheck.submit'),
      decide: isOpen && line.stand === 'answered' && decides,
    },
  };
}

async function historyOf(
  { store }: StoreDeps,
  { category }: QuestionLine,
  id: number | null,
): Promise<{ steps: readonly QuestionStep[]; files: readonly QuestionFile[] }> {
  if (id === null) return { steps: [], files: [] };
  const db = selfCheckDb(store.db);
  const rows = await db
    .selectFrom('self_check_answer')
    .select(['id', 'step', 'reason', 'note', 'by_name as byName', 'at'])
    .where('question_id', '=', id)
    .orderBy('id', 'desc')
    .limit(STEPS_MAX)
    .execute();
  return {
    steps: rows.map((row) => ({ ...row, reason: reasonWords(category, row.reason) })).reverse(),
    files: await listFiles(db, id),
  };
}
