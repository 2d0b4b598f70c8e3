import type { SubjectKind } from '../domain/subject.ts';
import type { KnownSubject, SubjectMatcher, Unmatched } from '../registry/index.ts';
import { type GivenRow, refuseRows } from './read-rows.ts';

export interface Candidate {
  readonly kind: SubjectKind;
  readonly id: number;
  readonly name: string;
  readonly sponsorName: string;
  readonly mark: string;
}

export interface MatchedRow extends GivenRow {
  readonly subjectId: number | null;
  readonly matchedBy: 'identity' | 'url' | 'name' | 'person' | null;
  readonly unmatched: Unmatched | null;
  readonly candidates: readonly Candidate[];
  /** The earlier row that says the same of the same subject. */
  readonly repeats: number | null;
}

/**
 * The subject that each row means. Throws {@link UserError} `selfcheck.rows` for rows that contradict one another: a subject that was
 * in order in one row and not in another.
 */
export function matchRows(rows: readonly GivenRow[], matcher: SubjectMatcher): MatchedRow[] {
  const matched = rows.map((row): MatchedRow => {
    const match = matcher.match(row);
    if ('subject' in match)
      return {
        ...{ ...row, subjectId: match.subject.id, matchedBy: match.by, unmatched: null },
        ...{ candidates: [], repeats: null },
      };
    return {
      ...{ ...row, subjectId: null, matchedBy: null, unmatched: match.unmatched },
      ...{ candidates: match.candidates.map(candidateOf), repeats: null },
    };
  });
  refuseRows(contradictions(matched));
  return withRepeats(matched);
}

const candidateOf = ({ kind, id, name, sponsorName, mark }: KnownSubject): Candidate => ({
  ...{ kind, id, name, sponsorName, mark },
});

/** What a row says of which subject. */
export type Stated = Pick<
  MatchedRow,
  'number' | 'kind' | 'name' | 'identity' | 'subjectId' | 'result' | 'ruleId' | 'problem'
>;

/** Rows of one subject have one key, whatever it is called in them. */
const subjectKey = (row: Stated): string =>
  `${row.kind} ${row.subjectId === null ? namedKey(row) : `#${row.subjectId}`}`;

/** Tells rows of one kind apart that no subject of the register was found for. */
export const namedKey = ({ name, identity }: Stated): string => `${name} ${identity}`;

/** Pairs of rows of which one says that the subject is in order and one that it is not. */
export function contradictions(rows: readonly Stated[]): string[] {
  const first = new Map<string, Stated>();
  return rows.flatMap((row) => {
    const key = subjectKey(row);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, row);
    const differs =
      earlier !== undefined &&
      earlier.result !== row.result &&
      (earlier.result === 'good' || row.result === 'good');
    return differs
      ? [`第 ${row.number} 行与第 ${earlier.number} 行：同一个对象“${row.name}”结果不一致，请核对`]
      : [];
  });
}

/** The rows, each with the earlier one that says the same. */
export function withRepeats<Row extends Stated>(
  rows: readonly Row[],
): (Row & { readonly repeats: number | null })[] {
  const first = new Map<string, number>();
  return rows.map((row) => {
    const key = JSON.stringify([subjectKey(row), row.result, row.ruleId, row.problem]);
    const repeats = first.get(key) ?? null;
    if (repeats === null) first.set(key, row.number);
    return { ...row, repeats };
  });
}
