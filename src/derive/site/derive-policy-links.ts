import type { Fact } from '../../domain/fact.ts';
import { absent, observed, unobserved } from '../../domain/fact.ts';
import type {
  PolicyLinksView,
  PolicyPage,
  PolicyPair,
} from '../../domain/facts/structure-facts.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import { speaksOf } from '../structure/read-policy.ts';
import { documentNumberIn } from '../structure/title-kind.ts';
import { seenWhole } from './derive-structure.ts';
import type { TreeNode } from './derive-tree.ts';
import { pageKey } from './page-links.ts';
import type { PageSummary } from './page-summary.ts';
import type { SiteState } from './site-state.ts';
import type { AskedPolicy } from './structure-state.ts';

interface ReadPolicyPage {
  readonly asked: AskedPolicy;
  readonly page: PageSummary | null;
  readonly view: PolicyPage;
}

/** Policy files and interpretations with the links between them, both ways. */
export function derivePolicyLinks(
  state: SiteState,
  tree: readonly TreeNode[],
): Fact<PolicyLinksView> {
  const has = (kind: string): boolean => tree.some(({ section }) => section.kind === kind);
  if (!has('policy') && !has('interpretation')) {
    const why = seenWhole(state, tree);
    return why === null ? absent : unobserved(`没有认出政策文件、政策解读栏目，${why}`);
  }
  if (state.options.structure !== 'full') return unobserved('本次没有打开政策文件和解读的页面');
  const all = [...state.structure.policies.values()].map((asked) => readOne(state, asked));
  const policies = all.filter(({ asked }) => asked.side === 'policy');
  const interpretations = all.filter(({ asked }) => asked.side === 'interpretation');
  const unread = all.filter(({ page }) => page === null).length;
  return observed({
    policies: policies.filter(({ page }) => page).map(({ view }) => view),
    interpretations: interpretations.filter(({ page }) => page).map(({ view }) => view),
    pairs: pairsOf(policies, interpretations),
    complete: unread === 0 && all.length > 0,
    ...(unread > 0 ? { incompleteReason: `${unread} 个政策文件或解读页面未能读取` } : {}),
    ...(all.length === 0 ? { incompleteReason: '栏目里没有可以打开的政策文件或解读' } : {}),
  });
}

function readOne(state: SiteState, asked: AskedPolicy): ReadPolicyPage {
  const found = state.page(asked.key);
  const page = found?.outcome === 'ok' && found.structure.policy !== null ? found : null;
  const published = page?.publishedOn;
  const onPage =
    published && !published.yearUnknown && published.value <= state.today ? published.value : null;
  return {
    asked,
    page,
    view: {
      title: cutText(asked.title, 200),
      url: asked.url,
      date: asked.date ?? onPage,
      documentNumber:
        asked.side === 'policy'
          ? (documentNumberIn(asked.title) ?? page?.structure.policy?.documentNumber ?? null)
          : null,
      snapshot: page?.snapshot ?? null,
    },
  };
}

/** Two files may bear one title: where a link says which of them is meant, the name alone says nothing. */
function pairsOf(
  policies: readonly ReadPolicyPage[],
  interpretations: readonly ReadPolicyPage[],
): readonly PolicyPair[] {
  const pairs = policies.flatMap((policy) =>
    interpretations.flatMap((interpretation) => pairOf(policy, interpretation) ?? []),
  );
  const isLinked = ({ policyLinks, interpretationLinks }: PolicyPair): boolean =>
    policyLinks === true || interpretationLinks === true;
  const linked = new Set(
    pairs
      .filter(isLinked)
      .flatMap(({ policy, interpretation }) => [policy.url, interpretation.url]),
  );
  return pairs.filter(
    (pair) =>
      isLinked(pair) || !(linked.has(pair.policy.url) || linked.has(pair.interpretation.url)),
  );
}

/** A pair by a link of either page, or by the file's title in the interpretation's words. */
function pairOf(policy: ReadPolicyPage, interpretation: ReadPolicyPage): PolicyPair | null {
  const policyLinks = linksTo(policy.page, interpretation.asked.url);
  const interpretationLinks = linksTo(interpretation.page, policy.asked.url);
  const isNamed = speaksOf(
    {
      title: interpretation.asked.title,
      named: interpretation.page?.structure.policy?.named ?? [],
    },
    policy.asked.title,
  );
  if (policyLinks !== true && interpretationLinks !== true && !isNamed) return null;
  return {
    policy: policy.view,
    interpretation: interpretation.view,
    policyLinks,
    interpretationLinks,
  };
}

function linksTo(page: PageSummary | null, url: string): boolean | null {
  if (!page?.structure.policy) return null;
  const key = pageKey(url);
  const { targets, isScripted } = page.structure.policy;
  if (targets?.some((target) => pageKey(target) === key)) return true;
  return targets === null || isScripted ? null : false;
}
