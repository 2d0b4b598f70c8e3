import type { FailingLink, LinkClass } from '../../domain/facts/link-facts.ts';
import { defineIndicator } from '../../domain/indicator.ts';
import { evidenceOf } from '../shared/evidence.ts';
import {
  ANY_NUMBER,
  charge,
  PART_TWO,
  PORTAL_FACTS,
  withPortalFact,
} from '../shared/judge-portal.ts';
import { SITE_PARAMETERS } from '../shared/unreachable-site.ts';

/** Nothing stands there, or a home page in its place. A wrong target (错链) is for a person to confirm. */
const CERTAIN: readonly LinkClass[] = ['dead', 'soft404', 'redirectHome'];

export const portalAvailability = defineIndicator({
  id: 'portal.deduct.availability',
  clause: `${PART_TWO} 可用性`,
  title: {
    met: '抽查页面的链接都能打开',
    breached: '首页或其他页面的链接（含图片、附件、外部链接）打不开或错误（一个链接记一处）',
  },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, 'site.links'],
  parameters: {
    ...SITE_PARAMETERS,
    pagesEnough: {
      unit: '个',
      default: 200,
      why: '看过这么多页面的链接即作抽查，没看到的不再影响判定（本平台口径）',
    },
  },
  judge: (facts, parameters) =>
    withPortalFact({ facts, parameters }, { key: 'site.links', what: '链接' }, (fact) => {
      const { home, otherPages, failing, pages, complete, incompleteReason } = fact.value;
      const broken = CERTAIN.reduce((sum, each) => sum + home[each] + otherPages[each], 0);
      const wrong = home.wrongTarget + otherPages.wrongTarget;
      const isEnough = complete || pages >= parameters.pagesEnough;
      const reasons = [
        ...(wrong > 0 ? [`有 ${wrong} 个链接疑似指错，要人核实`] : []),
        ...(isEnough ? [] : [`只看了 ${pages} 个页面：${incompleteReason ?? '没有看全'}`]),
      ];
      return charge({
        evidence: failing
          .filter((link) => CERTAIN.includes(link.class) && link.use !== 'asset')
          .map((link) => evidenceOf(fact, link.url, wordsOf(link), link.snapshot)),
        occurrences: broken,
        unseen: isEnough ? wrong : ANY_NUMBER,
        unseenReason: reasons.join('；'),
        missing: ['site.links'],
      });
    }),
});

function wordsOf({ text, from, reason, onHome }: FailingLink): string {
  const where = onHome ? '首页' : from;
  return `${where} 上的${text === '' ? '链接' : `“${text}”`}：${reason}`;
}
