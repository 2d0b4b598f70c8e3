import type { TextSeverity } from '../../domain/facts/text-facts.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';

/** What an office holds to be wrong, and what it protects. Content that changes: imported, versioned data. */
export interface Lexicon {
  /** Name of the lexicon, e.g. `seed`; findings and facts name it with its version. */
  readonly id: string;
  readonly version: string;
  readonly terms: readonly LexiconTerm[];
  readonly names: readonly ProtectedName[];
  readonly roles: readonly Role[];
  /** Words that are right though no dictionary has them (places, trades, projects). */
  readonly words: readonly string[];
}

/** Dates in Asia/Shanghai, both inclusive; null = open. An entry speaks only of articles that are dated inside. */
export interface Validity {
  readonly validFrom: CalendarDate | null;
  readonly validTo: CalendarDate | null;
}

export interface LexiconTerm extends Validity {
  readonly wrong: string;
  /** What should be written; '' when nothing can be proposed. */
  readonly right: string;
  readonly class: string;
  readonly severity: TextSeverity;
  /** Longer right wordings around it (`公共合作` for `共合`): where one overlaps the place, it is right. */
  readonly exceptions: readonly string[];
}

export const NAME_KINDS = ['state', 'organ', 'slogan', 'person', 'place', 'other'] as const;
export type NameKind = (typeof NAME_KINDS)[number];

/** A name of which no neighbour by sound, shape, swap, dropped or added character may be written. */
export interface ProtectedName extends Validity {
  readonly name: string;
  readonly kind: NameKind;
  readonly class: string;
  readonly severity: TextSeverity;
  readonly exceptions: readonly string[];
}

/** Who held which post; `to` null = still. */
export interface Role {
  readonly person: string;
  readonly post: string;
  /** Organ of the post; '' when the post says it (省长). */
  readonly organ: string;
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
  /** Place of the post in the order of leaders (排序), 1 = foremost; absent = the office does not rank it. */
  readonly rank?: number;
}

export const holdsAt = (role: Role, at: CalendarDate): boolean =>
  (role.from ?? at) <= at && at <= (role.to ?? at);

/** Whether an entry speaks of an article of that date. An undated article is spoken of by undated entries only. */
export function isValidAt(entry: Validity, at: CalendarDate | null): boolean {
  if (at === null) return entry.validFrom === null && entry.validTo === null;
  return (entry.validFrom ?? at) <= at && at <= (entry.validTo ?? at);
}

/**
 * Whether one of `wordings` stands in `text` so that it overlaps the place. One that is only a part of the place excuses nothing: a
 * wrong 人为民服务 holds the right 为民服务.
 */
export function overlapsWording(
  text: string,
  start: number,
  end: number,
  wordings: readonly string[],
): boolean {
  return wordings.some((wording) => {
    if (wording === '') return false;
    const from = Math.max(0, start - wording.length + 1);
    const around = text.slice(from, end + wording.length - 1);
    for (let at = around.indexOf(wording); at >= 0; at = around.indexOf(wording, at + 1)) {
      const [first, last] = [from + at, from + at + wording.length];
      if (first < start || last > end || wording.length === end - start) return true;
    }
    return false;
  });
}
