import {
  type FailingLink,
  LINK_CLASSES,
  type LinkClass,
  type LinkCounts,
  type LinkLook,
  type SiteLinks,
} from '../../domain/facts/link-facts.ts';
import type { LinkVerdict, SiteLink } from '../../domain/link-check.ts';

/** A link with its verdict and what led to it. */
export interface CheckedLink extends SiteLink {
  readonly onHome: boolean;
  readonly external: boolean;
  readonly verdict: LinkVerdict;
  /** Empty where the walk's own visit sufficed. */
  readonly looks: readonly LinkLook[];
  readonly snapshot: string | null;
}

const FAILING_MAX = 2_000;

/** The order of complaints: what nobody can dispute first. */
const RANK: ReadonlyMap<LinkClass, number> = new Map(
  (['dead', 'soft404', 'redirectHome', 'wrongTarget', 'tls', 'timeout', 'blocked'] as const).map(
    (name, at) => [name, at],
  ),
);

/** Sums up the links of one site for the fact `site.links`. `incompleteReason` in Chinese, or null. */
export function summariseLinks(
  links: readonly CheckedLink[],
  walk: { readonly pages: number; readonly incompleteReason: string | null },
): SiteLinks {
  const failing = links
    .flatMap((link) => failingLink(link) ?? [])
    .sort((one, other) => rankOf(one) - rankOf(other));
  const counted = links.filter(({ use }) => use !== 'asset');
  return {
    pages: walk.pages,
    home: countsOf(counted.filter(({ onHome }) => onHome)),
    otherPages: countsOf(counted.filter(({ onHome }) => !onHome)),
    failing: failing.slice(0, FAILING_MAX),
    failingLeftOut: Math.max(0, failing.length - FAILING_MAX),
    complete: walk.incompleteReason === null,
    ...(walk.incompleteReason === null ? {} : { incompleteReason: walk.incompleteReason }),
  };
}

/** By class, then the home page's before the others'; a stable sort keeps the page order within. */
const rankOf = (link: FailingLink): number =>
  (RANK.get(link.class) ?? RANK.size) * 2 + (link.onHome ? 0 : 1);

function failingLink(checked: CheckedLink): FailingLink | null {
  const { verdict, url, from, onHome, text, use, external, looks, snapshot } = checked;
  const { class: found, status, reason } = verdict;
  if (found === 'ok' || found === 'moved') return null;
  return { url, from, onHome, text, use, external, class: found, status, reason, looks, snapshot };
}

function countsOf(links: readonly CheckedLink[]): LinkCounts {
  const counts = Object.fromEntries(LINK_CLASSES.map((name) => [name, 0])) as Record<
    LinkClass,
    number
  >;
  for (const { verdict } of links) counts[verdict.class] += 1;
  return counts;
}
