import type { FetchOutcome } from '../../domain/crawl.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { SearchForm, SearchResult } from '../structure/find-search.ts';

/** A policy file or interpretation asked for by its own page. */
export interface AskedPolicy {
  readonly key: string;
  readonly url: string;
  readonly title: string;
  readonly date: CalendarDate | null;
  readonly side: 'policy' | 'interpretation';
}

/** A form of a guide whose first bytes were asked for. */
export interface AskedForm {
  readonly url: string;
  /** Null while no answer came. */
  answer: {
    readonly outcome: FetchOutcome;
    readonly reason: string;
    readonly whyBroken: string | null;
  } | null;
}

/** The search as it was tried. */
export interface AskedSearch {
  readonly form: SearchForm;
  readonly title: string;
  readonly articleKey: string;
  readonly requestUrl: string;
  answer: {
    readonly url: string;
    readonly outcome: FetchOutcome;
    readonly status: number | null;
    readonly reason: string;
    readonly snapshot: string | null;
    readonly result: SearchResult | null;
  } | null;
}

/** What the plan for the structure remembers: what was asked for, and what limits cut off. */
export class StructureState {
  readonly policies = new Map<string, AskedPolicy>();
  counterparts = 0;
  readonly leaders = new Map<string, { readonly url: string; readonly name: string }>();
  readonly statistics = new Map<string, { readonly url: string; readonly name: string }>();
  readonly surveys = new Set<string>();
  readonly forms = new Map<string, AskedForm>();
  formsLeftOut = 0;
  search: AskedSearch | null = null;
  readonly deep: { readonly name: string; readonly url: string; readonly level: number }[] = [];

  /** Pages asked for that are read for their structure, whatever else they are. */
  wants(key: string): boolean {
    return (
      this.policies.has(key) ||
      this.leaders.has(key) ||
      this.statistics.has(key) ||
      this.surveys.has(key)
    );
  }

  noteDeep(seed: { name: string; url: string }, level: number, max: number): void {
    if (this.deep.length >= max || this.deep.some(({ url }) => url === seed.url)) return;
    this.deep.push({ name: seed.name, url: seed.url, level });
  }
}
