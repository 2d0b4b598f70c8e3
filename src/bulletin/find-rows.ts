import type { Subject, SubjectKind } from '../domain/subject.ts';
import type { FailingSubject, FrozenRound, StandingFinding } from '../inspection/index.ts';
import {
  inPrintOrder,
  isSoundPlace,
  printedUpdate,
  scoreWords,
  unitRows,
} from './compose-tables.ts';
import { NO_ITEMS, topicsOf } from './problem-groups.ts';
import type { RowsRef } from './rich-text.ts';

/** One line behind a figure: a subject, or one problem of a subject. */
export interface RefRow {
  readonly kind: SubjectKind;
  readonly subjectId: number;
  readonly sponsorId: number;
  /** Print row. */
  readonly unit: string;
  readonly name: string;
  /** Site code, or `platform:account id`. */
  readonly identity: string;
  readonly ruleId: string | null;
  /** As the annexes print the problem; empty for a row that is about the subject alone. */
  readonly label: string;
  readonly reason: string;
  readonly findingId: number | null;
  /** As printed: a date, 无动态信息, or nothing. */
  readonly lastUpdate: string;
}

export interface FoundRows {
  readonly rows: readonly RefRow[];
  /** Different subjects among the rows: the figure as it is printed. */
  readonly subjects: number;
}

/** Ids of findings by `kind:subject:rule`; the oldest first when several people entered the same. */
export type FindingIds = ReadonlyMap<string, readonly number[]>;

export function findingIds(findings: readonly StandingFinding[]): FindingIds {
  const ids = new Map<string, number[]>();
  for (const { id, ...finding } of findings) {
    const key = findingKey(finding.kind, finding.subjectId, finding.ruleId);
    ids.set(key, [...(ids.get(key) ?? []), id]);
  }
  return ids;
}

export function findingKey(kind: SubjectKind, subjectId: number, ruleId: string): string {
  return `${kind}:${subjectId}:${ruleId}`;
}

export interface RowSources {
  readonly frozen: FrozenRound;
  readonly breached: FindingIds;
  readonly undetermined: FindingIds;
  /** The ids of a unit and of all below it. */
  readonly below: (unitId: number) => ReadonlySet<number>;
}

/** The rows behind a figure, in print order. Pure. */
export function findRows(sources: RowSources, ref: RowsRef): FoundRows {
  const rows = rowsOf(sources, ref).filter((row) => isMeant(sources, ref, row));
  const subjects = new Set(rows.map((row) => `${row.kind}:${row.subjectId}`)).size;
  return { rows, subjects };
}

function rowsOf(sources: RowSources, ref: RowsRef): RefRow[] {
  const { frozen } = sources;
  switch (ref.rows) {
    case 'sites':
    case 'accounts':
      return subjectRows(frozen, ref);
    case 'failing-sites':
    case 'failing-accounts': {
      const kind = ref.rows === 'failing-sites' ? 'site' : 'account';
      const failing = inPrintOrder(frozen, frozen.failing).filter(
        ({ subject }) => subject.kind === kind,
      );
      return failing.flatMap((each) => problemRows(sources, ref, each, each.rules));
    }
    case 'repeat': {
      const repeated = inPrintOrder(frozen, frozen.failing).filter(
        (each) => each.repeatedRules.length > 0,
      );
      return repeated.flatMap((each) => problemRows(sources, ref, each, each.repeatedRules));
    }
    case 'undetermined':
      return frozen.undetermined.map(({ subject, rule, reason }) => ({
        ...problemRow(sources, subject, rule, ''),
        reason,
        findingId:
          sources.undetermined.get(findingKey(subject.kind, subject.id, rule))?.[0] ?? null,
      }));
  }
}

function subjectRows(frozen: FrozenRound, { rows, checked, allSound }: RowsRef): RefRow[] {
  const kind = rows === 'sites' ? 'site' : 'account';
  const sound = allSound
    ? new Set(
        unitRows(frozen, kind)
          .filter(isSoundPlace)
          .map((row) => row.unit),
      )
    : null;
  return frozen.subjects
    .filter((each) => each.subject.kind === kind && (!checked || each.checked))
    .filter(({ subject }) => sound === null || sound.has(subject.printRow))
    .map(({ subject, lastUpdate }) => ({
      ...subjectRow(subject),
      lastUpdate: printedUpdate(lastUpdate),
    }));
}

function problemRows(
  sources: RowSources,
  ref: RowsRef,
  { subject, lastUpdate, score }: FailingSubject,
  rules: readonly string[],
): RefRow[] {
  if (ref.byScore && score === null) return [];
  if (ref.topics !== undefined && topicsOf(sources.frozen, rules) !== ref.topics) return [];
  const printed = printedUpdate(lastUpdate);
  if (ref.noItems && printed !== NO_ITEMS) return [];
  const reason = score === null ? '' : scoreWords(score);
  return rules.map((rule) => ({ ...problemRow(sources, subject, rule, printed), reason }));
}

function problemRow(
  { frozen, breached }: RowSources,
  subject: Subject,
  ruleId: string,
  lastUpdate: string,
): RefRow {
  const rule = frozen.round.ruleset.rules.find((each) => each.id === ruleId);
  return {
    ...subjectRow(subject),
    ruleId,
    label: rule?.printedLabel ?? ruleId,
    findingId: breached.get(findingKey(subject.kind, subject.id, ruleId))?.[0] ?? null,
    lastUpdate,
  };
}

export function identityOf(subject: Subject): string {
  return subject.kind === 'site' ? subject.siteCode : `${subject.platform}:${subject.accountId}`;
}

function subjectRow(subject: Subject): RefRow {
  return {
    kind: subject.kind,
    subjectId: subject.id,
    sponsorId: subject.sponsorId,
    unit: subject.printRow,
    name: subject.name,
    identity: identityOf(subject),
    ruleId: null,
    label: '',
    reason: '',
    findingId: null,
    lastUpdate: '',
  };
}

function isMeant({ below }: RowSources, ref: RowsRef, row: RefRow): boolean {
  if (ref.printRow !== undefined && row.unit !== ref.printRow) return false;
  if (ref.platform !== undefined && !row.identity.startsWith(`${ref.platform}:`)) return false;
  if (ref.ruleId !== undefined && row.ruleId !== ref.ruleId) return false;
  return ref.unitId === undefined || below(ref.unitId).has(row.sponsorId);
}
