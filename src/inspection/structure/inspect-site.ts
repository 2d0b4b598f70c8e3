import { ipv6Fact, transportFact } from '../../derive/guideline/transport-facts.ts';
import { createSiteReader, type FactReader, type SiteFacts } from '../../derive/site/index.ts';
import type { SiteReader } from '../../domain/crawl.ts';
import type { Fact, FactKey, FactSet } from '../../domain/fact.ts';
import { observed } from '../../domain/fact.ts';
import type { DesignatedItem } from '../../domain/facts/guideline-facts.ts';
import type { RenderedView } from '../../domain/facts/render-facts.ts';
import type { StandardKind } from '../../domain/facts/structure-facts.ts';
import type { Judgement } from '../../domain/finding.ts';
import { isScored, type Rule, type Ruleset } from '../../domain/ruleset.ts';
import type { RenderPool } from '../../gather/browser/render-pool.ts';
import { type CrawlCounts, crawlSite } from '../../gather/crawl/crawl-site.ts';
import { lookAtTransport } from '../../gather/transport/look-at-transport.ts';
import { INDICATORS } from '../../indicators/index.generated.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import { parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { judgeSubject, verdictOf } from '../../scoring/index.ts';
import { openOutside, renderSite, typedRules } from '../../survey/index.ts';
import { listNotices, type NoticeItem } from '../read/list-notices.ts';
import { type ScoreView, viewScore } from '../read/score-view.ts';
import { recordFact } from '../record-facts.ts';

/** What one look at a site may cost: more than a round gives, since nobody else waits. Hitting a limit is in the report. */
export const LOOK_BUDGET = {
  requests: 240,
  bytes: 60 * 1024 * 1024,
  milliseconds: 10 * 60_000,
} as const;

export interface LookAtSite {
  readonly homeUrl: string;
  readonly monitoredAt: Instant;
  readonly resolve: readonly string[];
  readonly ruleset: Ruleset;
  readonly isPortal: boolean;
  readonly userAgent: string;
  /** Pages that only a browser can show are opened in it; null = the static pages only. */
  readonly browser: RenderPool | null;
  readonly overrides: ReadonlyMap<string, StandardKind>;
  /** Items that the site has to reprint within 24 hours. */
  readonly designated?: readonly DesignatedItem[];
  readonly signal: AbortSignal;
  readonly now: () => Instant;
}

/** One rule as it was judged of a single look. */
export interface LookedRule {
  readonly rule: Rule;
  readonly judgement: Judgement;
}

export interface SiteLook {
  readonly homeUrl: string;
  readonly monitoredAt: Instant;
  readonly facts: FactSet;
  readonly findings: readonly LookedRule[];
  /** Guideline checks (规范提示). */
  readonly notices: readonly NoticeItem[];
  /** How the site would be scored as a portal; null when it was not asked as one. */
  readonly score: ScoreView | null;
  readonly pages: number;
  readonly bytes: number;
  readonly hitLimits: readonly string[];
}

/** No row of a register stands behind a single look. */
const NO_SUBJECT = 0;

/** Looks at one site once, without a register: its facts, and what the rules say of them. A week of visits is not part of a look. */
export async function inspectSite(look: LookAtSite): Promise<SiteLook> {
  const resolve = typedRules(look.homeUrl, look.resolve);
  const outside = openOutside({
    userAgent: look.userAgent,
    resolve,
    now: look.now,
    sharedPace: null,
  });
  const reader = createSiteReader({
    homeUrl: look.homeUrl,
    siteCode: '',
    designated: look.designated ?? [],
    today: shanghaiDate(look.monitoredAt),
    monitoredAt: look.monitoredAt,
    structure: 'full',
    overrides: look.overrides,
  });
  const snapshots: string[] = [];
  try {
    const crawl = (of: SiteReader) =>
      crawlSite({
        reader: of,
        fetcher: outside,
        budget: LOOK_BUDGET,
        signal: look.signal,
        now: look.now,
        onPage: async (page) => void (page.snapshot && snapshots.push(page.snapshot)),
      });
    const counts = await crawl(reader);
    const rendered = await renderNeeded(look, { reader, fetcher: outside, crawl });
    const transport = await lookAtTransport({
      ...{ homeUrl: look.homeUrl, fetcher: outside, resolve: resolve.map(parseResolveRule) },
      ...{ userAgent: look.userAgent, now: look.now, signal: look.signal },
    });
    const facts = factSet(
      look,
      {
        ...reader.facts(),
        ...rendered,
        transport: transportFact(transport),
        ipv6: ipv6Fact(transport),
      },
      snapshots,
    );
    const findings = judged(look, facts);
    return {
      ...{ homeUrl: look.homeUrl, monitoredAt: look.monitoredAt, facts, findings },
      // Rules that are off were asked only to show what they would say.
      score: scoreOf(
        look,
        findings.filter(({ rule }) => rule.enabled),
      ),
      notices: listNotices(look, facts, 'site'),
      ...counts,
    };
  } finally {
    await outside.close();
  }
}

/** Opens what only a browser can show; {} when nothing needs one or there is none. */
async function renderNeeded(
  look: LookAtSite,
  {
    reader,
    fetcher,
    crawl,
  }: { reader: FactReader; fetcher: Fetcher; crawl: (of: SiteReader) => Promise<CrawlCounts> },
): Promise<{ rendered?: Fact<RenderedView> }> {
  const { browser: pool, signal, homeUrl } = look;
  if (pool === null || reader.renderNeeds().length === 0) return {};
  const { rendered } = await renderSite({
    ...{ reader, pool, fetcher, signal, homeUrl, today: shanghaiDate(look.monitoredAt) },
    crawl: async (of) => void (await crawl(of)),
  });
  return { rendered };
}

function factSet(
  look: LookAtSite,
  facts: SiteFacts & { readonly rendered?: Fact<RenderedView> } & Record<
      'transport' | 'ipv6',
      Fact<unknown>
    >,
  snapshots: readonly string[],
): FactSet {
  const origin = {
    subjectId: NO_SUBJECT,
    gatherer: 'crawl/site',
    gatheredAt: look.now(),
    snapshots,
  };
  const register = {
    status: 'running' as const,
    hasService: true,
    isPortal: look.isPortal,
    platform: '',
  };
  const recorded = [
    recordFact('round.monitoredAt', observed(look.monitoredAt), origin),
    recordFact('subject.register', observed(register), origin),
    ...(Object.entries(facts) as [keyof typeof facts, Fact<never>][]).map(([name, fact]) =>
      recordFact(`site.${name}` as FactKey, fact, origin),
    ),
  ];
  return Object.fromEntries(recorded.map(({ key, ...fact }) => [key, fact])) as FactSet;
}

/**
 * Nobody reviewed anything, and no register says whose the site is. A veto that one look cannot determine (a week of visits) does
 * not keep the points back.
 */
function scoreOf(
  { ruleset, isPortal }: LookAtSite,
  findings: readonly LookedRule[],
): ScoreView | null {
  const standing = findings
    .filter(({ rule, judgement }) => isScored(rule) || judgement.status !== 'undetermined')
    .map(({ rule, judgement }) => ({ ruleId: rule.id, judgement, review: 'open' as const }));
  const duties = { hasService: true, siteCode: '' };
  return viewScore(ruleset, isPortal, verdictOf(ruleset, standing, isPortal ? duties : null));
}

/**
 * Every portal rule that a machine can judge, also those that are off until somebody verified them (待核): a look shows what they
 * would say, and the report says of each whether it counts.
 */
function withPortalRules(ruleset: Ruleset): Ruleset {
  const known = new Set(INDICATORS.map(({ id }) => id));
  return {
    ...ruleset,
    rules: ruleset.rules.map((rule) =>
      rule.object === 'portal' && known.has(rule.id)
        ? { ...rule, judgedBy: 'machine', enabled: true }
        : rule,
    ),
  };
}

/** Findings with the rules as the ruleset has them: on, or off. */
function judged({ ruleset, isPortal }: LookAtSite, facts: FactSet): LookedRule[] {
  const asked = isPortal ? withPortalRules(ruleset) : ruleset;
  return withRules(ruleset, judgeSubject(asked, INDICATORS, facts, 'site'));
}

function withRules(ruleset: Ruleset, findings: ReturnType<typeof judgeSubject>): LookedRule[] {
  const rules = new Map(ruleset.rules.map((rule) => [rule.id, rule]));
  return findings.flatMap(({ ruleId, judgement }) => {
    const rule = rules.get(ruleId);
    return rule ? [{ rule, judgement }] : [];
  });
}
