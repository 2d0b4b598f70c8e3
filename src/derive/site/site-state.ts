import type { CrawlRequest, PageRole } from '../../domain/crawl.ts';
import type { DesignatedItem } from '../../domain/facts/guideline-facts.ts';
import type { StandardKind } from '../../domain/facts/structure-facts.ts';
import type { SectionKind } from '../../domain/site-facts.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import { vetoKindOf } from '../structure/section-kind.ts';
import { KNOWN_NAME } from './classify-name.ts';
import type { SectionSeed } from './find-sections.ts';
import { SITE_LIMITS, type SiteLimits } from './limits.ts';
import { folderOf, pageKey, type Scope, scopeOf } from './page-links.ts';
import type { PageSummary } from './page-summary.ts';
import { StructureState } from './structure-state.ts';

/** What a reader is made for. `today`: the date of the monitoring time, Asia/Shanghai; nothing later counts. */
export interface SiteReaderOptions {
  readonly homeUrl: string;
  readonly siteCode: string;
  readonly today: CalendarDate;
  readonly monitoredAt: Instant;
  readonly limits?: Partial<SiteLimits>;
  /** Home page of the portal of the place or office above; null or absent = not known. */
  readonly portalHomeUrl?: string | null;
  /** Items that every site has to reprint within 24 hours (指定转载条目); absent = nobody said which. */
  readonly designated?: readonly DesignatedItem[];
  /** `full`: also asks for what only the structure needs (search, forms, leaders, policy pages). Without: `plain`. */
  readonly structure?: 'full' | 'plain';
  /** What persons decided of sections of this site, by `pageKey` of their addresses. */
  readonly overrides?: ReadonlyMap<string, StandardKind>;
}

/** A section as known so far. Keys are `pageKey` of addresses. */
export interface SectionNode {
  readonly key: string;
  readonly url: string;
  name: string;
  level: number;
  parentKey: string | null;
  kind: SectionKind;
  confidence: number;
  readonly inMenu: boolean;
  readonly scope: Scope;
}

/** A link that promises a way to consult (or a special channel). */
export interface ChannelLink {
  readonly key: string;
  readonly url: string;
  readonly name: string;
  readonly special: boolean;
  readonly scope: Scope;
  /** Hops from the first page that named it. */
  readonly hop: number;
}

/** An item asked for by its own page: whose list it stands in. */
export interface AskedItem {
  readonly key: string;
  readonly url: string;
  readonly title: string;
  readonly ownerKey: string;
}

/** A letter's page that was asked for, with the date that its list gives (null: none). */
export interface AskedLetter extends AskedItem {
  readonly date: CalendarDate | null;
}

/** Everything a reader remembers: summaries, plans and what limits cut off. No DOM. */
export class SiteState {
  readonly options: SiteReaderOptions;
  readonly limits: SiteLimits;
  readonly homeUrls: string[];
  /** Keys of the pages that make up the home page: itself, its frames and data files. */
  readonly homeParts: string[] = [];
  /** Every address on the way to the home page shown, redirects and entry pages among them; empty while none came. */
  readonly homeWay: string[] = [];
  homeKey: string;
  homeHops = 0;
  readonly #pages = new Map<string, PageSummary>();
  /** Where a page was found to lead to, for links that name the target itself: the crawler fetches nothing twice. */
  readonly #aliases = new Map<string, string>();
  readonly asked = new Map<string, PageRole>();
  readonly sections = new Map<string, SectionNode>();
  readonly channels = new Map<string, ChannelLink>();
  readonly guides = new Map<string, AskedItem>();
  readonly messages = new Map<string, AskedLetter>();
  readonly articles = new Map<string, AskedItem>();
  readonly maintenance = new Map<string, AskedItem>();
  /** Board pages by the section or channel they belong to. */
  readonly boardPages = new Map<string, string[]>();
  readonly structure = new StructureState();
  /** Sections not kept, guides not opened … by a limit. */
  sectionsLeftOut = 0;
  sectionPagesAsked = 0;
  guidesLeftOut = 0;
  channelsLeftOut = 0;

  constructor(options: SiteReaderOptions) {
    this.options = options;
    this.limits = { ...SITE_LIMITS, ...options.limits };
    this.homeUrls = [options.homeUrl];
    this.homeKey = pageKey(options.homeUrl);
  }

  get today(): CalendarDate {
    return this.options.today;
  }

  /** The summary of a page by the address asked for, or by the one that a redirect led to. */
  page(key: string): PageSummary | undefined {
    return this.#pages.get(key) ?? this.#pages.get(this.#aliases.get(key) ?? '');
  }

  keep(key: string, summary: PageSummary): void {
    this.#pages.set(key, summary);
    const target = pageKey(summary.url);
    if (target !== key && !this.#aliases.has(target)) this.#aliases.set(target, key);
  }

  scope(url: string): Scope {
    return scopeOf(url, this.homeUrls);
  }

  /** A request, unless the page was asked for already. */
  ask(
    url: string,
    role: PageRole,
    about: Pick<CrawlRequest, 'name' | 'ownerUrl' | 'level' | 'priority'>,
  ): readonly CrawlRequest[] {
    const key = pageKey(url);
    if (this.asked.has(key)) return [];
    this.asked.set(key, role);
    return [{ url, role, ...about }];
  }

  isHome(url: string): boolean {
    const key = pageKey(url).replace(/\/(index|default)\.\w{2,6}$/iu, '');
    return this.homeUrls.some(
      (home) => pageKey(home).replace(/\/(index|default)\.\w{2,6}$/iu, '') === key,
    );
  }

  /** Keeps a section that was met on `parent` (null: on the home page). Returns it when it is new and wanted. */
  addSection(seed: SectionSeed, parent: SectionNode | null): SectionNode | null {
    const key = pageKey(seed.url);
    const known = this.sections.get(key);
    if (known) {
      if (!this.options.overrides?.has(key)) rename(known, seed);
      return null;
    }
    if (this.isHome(seed.url)) return null;
    const scope = this.#sectionScope(seed);
    if (scope === 'external' && !seed.inMenu && seed.confidence < KNOWN_NAME) return null;
    const place = this.#placeOf(seed, parent);
    if (place.level > this.limits.depth) {
      this.structure.noteDeep(seed, place.level, this.limits.deepSections);
      return null;
    }
    if (this.sections.size >= this.limits.sections) {
      this.sectionsLeftOut += 1;
      return null;
    }
    const { kind, confidence } = this.#kindOf(key, seed, place.parentKey);
    const node: SectionNode = {
      key,
      url: seed.url,
      name: seed.name,
      ...place,
      kind,
      confidence,
      inMenu: seed.inMenu,
      scope,
    };
    this.sections.set(key, node);
    return node;
  }

  /** What a person decided; else what the name and the place say. */
  #kindOf(
    key: string,
    seed: SectionSeed,
    parentKey: string | null,
  ): Pick<SectionNode, 'kind' | 'confidence'> {
    const decided = this.options.overrides?.get(key);
    if (decided) return { kind: vetoKindOf(decided), confidence: 100 };
    return inherit(seed, parentKey === null ? null : this.sections.get(parentKey));
  }

  /** A host below the site's own counts as a part of it only under a section's name; else it is a site of its own. */
  #sectionScope(seed: SectionSeed): Scope {
    const scope = this.scope(seed.url);
    return scope === 'sub' && seed.confidence < 80 ? 'external' : scope;
  }

  #placeOf(
    seed: SectionSeed,
    parent: SectionNode | null,
  ): { level: number; parentKey: string | null } {
    const headKey = seed.headUrl === null ? null : pageKey(seed.headUrl);
    const head =
      headKey === null || headKey === pageKey(seed.url)
        ? null
        : (this.sections.get(headKey) ?? null);
    if (parent === null) {
      if (seed.inMenu)
        return { level: seed.depth, parentKey: seed.depth > 1 ? (head?.key ?? null) : null };
      const above = this.#folderAbove(seed.url);
      if (above) return { level: above.level + 1, parentKey: above.key };
      return { level: head ? 2 : 1, parentKey: head?.key ?? null };
    }
    if (parent.level >= 2 && !isUnder(seed.url, parent.url))
      return { level: parent.level, parentKey: parent.parentKey };
    return { level: parent.level + 1, parentKey: parent.key };
  }

  /** The deepest known section whose folder holds the address. */
  #folderAbove(url: string): SectionNode | null {
    let best: SectionNode | null = null;
    for (const node of this.sections.values()) {
      if (node.scope === 'external' || !node.inMenu || !isUnder(url, node.url)) continue;
      if (!best || folderOf(node.url).length > folderOf(best.url).length) best = node;
    }
    return best;
  }
}

function rename(known: SectionNode, seed: SectionSeed): void {
  if (known.name !== '' && seed.confidence <= known.confidence) return;
  if (seed.name === '' || (known.inMenu && known.name !== '' && known.confidence >= KNOWN_NAME))
    return;
  known.name = known.inMenu && known.name !== '' ? known.name : seed.name;
  known.kind = seed.kind;
  known.confidence = seed.confidence;
}

/** Unknown names under 办事服务, 互动交流, 概况 … are of their parent's kind, not lists that must be kept fresh. */
function inherit(
  seed: SectionSeed,
  parent: SectionNode | null | undefined,
): Pick<SectionNode, 'kind' | 'confidence'> {
  if (
    parent &&
    seed.confidence < KNOWN_NAME &&
    /^(service|interaction|page|data)$/u.test(parent.kind)
  ) {
    return { kind: parent.kind, confidence: 50 };
  }
  return { kind: seed.kind, confidence: seed.confidence };
}

/** Whether `url` lies in the folder of `above`, deeper than it. */
export function isUnder(url: string, above: string): boolean {
  const folder = folderOf(above);
  if (folder === '/' || new URL(url).host !== new URL(above).host) return false;
  const own = folderOf(url);
  return own.startsWith(folder) && own.length > folder.length;
}
