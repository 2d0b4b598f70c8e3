import type { Generated, GeneratedAlways, Kysely } from 'kysely';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import type { Store } from '../../store/store.ts';
import type { FormKind, YearlyForms } from './form.ts';

/** `filling`: the unit writes; `submitted`: its leader is to sign; `signed`: to be published; `published`: with its address. */
export const FORM_STATES = ['filling', 'submitted', 'signed', 'published'] as const;
export type FormState = (typeof FORM_STATES)[number];

/** The table of yearly forms (migrations/0571-yearly-forms.ts). */
export interface YearlyTables {
  yearly_form: {
    id: GeneratedAlways<number>;
    kind: FormKind;
    year: number;
    unit_id: number;
    site_id: number | null;
    name: string;
    /** JSON of the form as it was when it was opened. */
    form: string;
    /** JSON of {@link import('./form.ts').KnownValues}. */
    known: string;
    /** JSON of {@link import('./form.ts').WrittenValues}. */
    written: Generated<string>;
    state: FormState;
    counted_on: CalendarDate;
    due_on: CalendarDate;
    version: Generated<number>;
    return_reason: Generated<string>;
    submitted_at: Instant | null;
    submitted_by: string | null;
    signed_at: Instant | null;
    signed_by: string | null;
    published_url: Generated<string>;
    published_on: CalendarDate | null;
  };
}

export type YearlyDb = Kysely<YearlyTables>;

/** Any handle of the store seen through this table. */
export const yearlyDb = <Tables>(db: Kysely<Tables>): YearlyDb => db as unknown as YearlyDb;

export interface YearlyDeps {
  readonly store: Store;
  /** What new forms ask; one that is open keeps its own. */
  readonly yearlyForms: YearlyForms;
}
