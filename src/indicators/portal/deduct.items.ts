import type { SiteTree, TreeSection } from '../../domain/facts/structure-facts.ts';
import type { Judgement } from '../../domain/finding.ts';
import { defineIndicator } from '../../domain/indicator.ts';
import { evidenceOf, notApplicable } from '../shared/evidence.ts';
import { charge, PART_TWO, PORTAL_FACTS, withPortalFact } from '../shared/judge-portal.ts';
import type { Observed } from '../shared/notice.ts';
import { withSectionsOfKind } from '../shared/sections-of-kind.ts';
import { KIND_PARAMETERS } from '../shared/single-pages.ts';

/** Whether the items are shown together and sorted (集中分类展示) is a person's to say. */
export const portalItems = defineIndicator({
  id: 'portal.deduct.items',
  clause: `${PART_TWO} 事项公开`,
  title: {
    met: '办事服务栏目有内容',
    breached: '没有办事服务栏目，或点击无内容（一个栏目记一处）',
  },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, 'subject.register', 'site.services', 'site.tree'],
  parameters: KIND_PARAMETERS,
  judge: (facts, parameters) => {
    const register = facts['subject.register'];
    if (register?.state === 'observed' && !register.value.hasService)
      return notApplicable('没有对外服务职能');
    const given = { facts, parameters };
    const services = facts['site.services'];
    const hasEntry = services?.state === 'observed' && services.value.entries.length > 0;
    const key = 'site.tree';
    return withPortalFact(given, { key, what: '栏目树' }, (tree) => {
      // An entry that leads to the shared platform shows the items there: then no section of the site's own is missing.
      if (hasEntry) return chargeBlank(tree, tree.value.sections);
      return withSectionsOfKind(
        given,
        tree,
        tree.value.sections,
        { key, kind: 'service', name: '办事服务', confidenceMin: parameters.confidenceMin },
        (own) => chargeBlank(tree, own),
      );
    });
  },
});

/** A service section that opens on nothing. */
function chargeBlank(tree: Observed<SiteTree>, sections: readonly TreeSection[]): Judgement {
  const blank = sections.filter(
    ({ kind, content, gone }) => kind === 'service' && content === 'blank' && !gone,
  );
  return charge({
    evidence: blank.map(({ name, url, snapshot }) =>
      evidenceOf(tree, url, `${name}：点击无内容`, snapshot),
    ),
    places: blank.map(({ url }) => url),
    unseen: 0,
    unseenReason: '',
    missing: ['site.tree'],
  });
}
