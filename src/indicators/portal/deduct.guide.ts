import { defineIndicator } from '../../domain/indicator.ts';
import type { ServiceGuide } from '../../domain/site-facts.ts';
import { GUIDE_ELEMENTS } from '../../domain/site-facts.ts';
import { charge, PART_TWO } from '../shared/judge-portal.ts';
import { guideEvidence, SERVICE_FACTS, withServices } from '../shared/judge-services.ts';
import { SITE_PARAMETERS } from '../shared/unreachable-site.ts';

export const portalGuide = defineIndicator({
  id: 'portal.deduct.guide',
  clause: `${PART_TWO} 办事指南`,
  title: {
    met: '抽查的办事指南要素齐全',
    breached: '抽查的办事指南要素缺失（缺一类记一处）',
  },
  kind: 'deduction',
  appliesTo: 'site',
  needs: SERVICE_FACTS,
  parameters: {
    ...SITE_PARAMETERS,
    items: { unit: '个', default: 5, why: '抽查事项数，凭记忆（待核）' },
  },
  judge: (facts, parameters) =>
    withServices(facts, parameters, (services) => {
      const { items } = parameters;
      const { guides, unreadGuides, complete, incompleteReason } = services.value;
      const sample = sampleOf(guides, items);
      const poor = sample.filter(({ missing }) => missing.length > 0);
      const short = Math.min(items - sample.length, unreadGuides);
      // Guides on the shared platform are written there: where the site has none of its own, there is nothing to sample.
      const isUnknown = guides.length === 0 && !complete && unreadGuides === 0;
      return charge({
        evidence: poor.map((guide) => guideEvidence(services, guide)),
        occurrences: poor.reduce((sum, { missing }) => sum + missing.length, 0),
        unseen: (isUnknown ? items : short) * GUIDE_ELEMENTS.length,
        unseenReason: isUnknown
          ? `没有看到办事指南：${incompleteReason ?? '原因不明'}`
          : short > 0
            ? `应抽 ${items} 个事项，有 ${short} 个没能看到`
            : '',
        missing: ['site.services'],
        ...(guides.length === 0 && !isUnknown && short === 0
          ? { note: '本站没有自己的办事指南可抽查（在政务服务平台上）' }
          : {}),
      });
    }),
});

/**
 * A sample that anybody can draw again: guides in the order of a hash of their addresses, so that neither the site's own order nor
 * ours chooses them.
 */
function sampleOf(guides: readonly ServiceGuide[], count: number): readonly ServiceGuide[] {
  return [...guides]
    .map((guide) => ({ guide, rank: rankOf(guide.url) }))
    .sort((a, b) => a.rank - b.rank || (a.guide.url < b.guide.url ? -1 : 1))
    .slice(0, count)
    .map(({ guide }) => guide);
}

/** FNV-1a, 32 bits. */
function rankOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
