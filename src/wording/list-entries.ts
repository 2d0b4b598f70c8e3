import type { Lexicon } from '../derive/text/lexicon.ts';
import type { TextSeverity } from '../domain/facts/text-facts.ts';
import type { CalendarDate } from '../lib/pure/dates.ts';

export const ENTRY_KINDS = ['term', 'name', 'role', 'word'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One entry of a lexicon, of whichever list, as people read it. */
export interface LexiconEntry {
  readonly kind: EntryKind;
  /** The wrong wording, the protected name, the person with organ and post, the word. */
  readonly text: string;
  /** What should be written; '' = nothing proposed. */
  readonly right: string;
  /** Class of its findings; '' where an entry makes none. */
  readonly class: string;
  readonly severity: TextSeverity | null;
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
  readonly exceptions: readonly string[];
}

/** Entries in the order of the lexicon, of one kind or all; `q` is looked for in everything that is written of an entry. */
export function listEntries(
  lexicon: Lexicon,
  { kind, q }: { readonly kind?: EntryKind | undefined; readonly q?: string | undefined },
): LexiconEntry[] {
  const sought = q?.trim().toLowerCase() ?? '';
  return entriesOf(lexicon).filter(
    (entry) =>
      (kind === undefined || entry.kind === kind) &&
      (sought === '' ||
        [entry.text, entry.right, entry.class, ...entry.exceptions].some((each) =>
          each.toLowerCase().includes(sought),
        )),
  );
}

function entriesOf({ terms, names, roles, words }: Lexicon): LexiconEntry[] {
  return [
    ...terms.map((one) => ({
      ...{ kind: 'term' as const, text: one.wrong, right: one.right, class: one.class },
      ...{ severity: one.severity, from: one.validFrom, to: one.validTo },
      exceptions: one.exceptions,
    })),
    ...names.map((one) => ({
      ...{ kind: 'name' as const, text: one.name, right: '', class: one.class },
      ...{ severity: one.severity, from: one.validFrom, to: one.validTo },
      exceptions: one.exceptions,
    })),
    ...roles.map(({ person, organ, post, from, to, rank }) => ({
      ...{ kind: 'role' as const, text: `${person}：${organ}${post}`, class: 'role' },
      right: rank === undefined ? '' : `排第 ${rank}`,
      ...{ severity: 'veto' as const, from, to, exceptions: [] },
    })),
    ...words.map((word) => ({
      ...{ kind: 'word' as const, text: word, right: '', class: '' },
      ...{ severity: null, from: null, to: null, exceptions: [] },
    })),
  ];
}
