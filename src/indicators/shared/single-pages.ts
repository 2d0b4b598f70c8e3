import type { StandardKind } from '../../domain/facts/structure-facts.ts';
import type { Judgement } from '../../domain/finding.ts';
import { evidenceOf } from './evidence.ts';
import { charge, type PortalCase, withPortalFact } from './judge-portal.ts';
import { withSectionsOfKind } from './sections-of-kind.ts';
import { SITE_PARAMETERS } from './unreachable-site.ts';

/** Numbers of the rules that look for sections of a kind. */
export const KIND_PARAMETERS = {
  ...SITE_PARAMETERS,
  confidenceMin: { unit: '分', default: 50, why: '栏目类别没有把握时不算成立，交人核实' },
} as const;

type KindCase = PortalCase & {
  readonly parameters: PortalCase['parameters'] & { readonly confidenceMin: number };
};

/**
 * Sections that a portal must have and that are never due (概况信息, 机构职能): one occurrence where there is none, and one for each
 * that has no content. A page that could not be read says nothing.
 */
export function judgeSinglePages(
  given: KindCase,
  { kind, name }: { readonly kind: StandardKind; readonly name: string },
): Judgement {
  const key = 'site.tree';
  return withPortalFact(given, { key, what: '栏目树' }, (tree) => {
    const { confidenceMin } = given.parameters;
    const { sections } = tree.value;
    return withSectionsOfKind(given, tree, sections, { key, kind, name, confidenceMin }, (own) => {
      const blank = own.filter(({ content, gone }) => content === 'blank' && !gone);
      const unread = own.filter(({ content, gone }) => content === 'unobserved' || gone);
      // One page with content is what the rule asks for; beside it, others that were not read change nothing.
      const isShown = blank.length + unread.length < own.length;
      return charge({
        evidence: blank.map((section) =>
          evidenceOf(tree, section.url, `${section.name}：栏目没有内容`, section.snapshot),
        ),
        places: blank.map(({ url }) => url),
        unseen: isShown ? 0 : unread.length,
        unseenReason:
          unread.length === 0 || isShown ? '' : `“${unread[0]?.name ?? name}”没能打开，要人核实`,
        missing: [key],
      });
    });
  });
}
