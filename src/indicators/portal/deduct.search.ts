import { defineIndicator } from '../../domain/indicator.ts';
import { breached, evidenceOf, met } from '../shared/evidence.ts';
import { oneInDoubt, PART_TWO, PORTAL_FACTS, withPortalFact } from '../shared/judge-portal.ts';
import { SITE_PARAMETERS, undeterminedAbsence } from '../shared/unreachable-site.ts';

const KEY = 'site.search';

export const portalSearch = defineIndicator({
  id: 'portal.deduct.search',
  clause: `${PART_TWO} 全站搜索`,
  title: {
    met: '全站搜索能搜到本站内容',
    breached: '没有全站搜索，或搜索不能用、搜不到本站内容',
  },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, KEY],
  parameters: SITE_PARAMETERS,
  judge: (facts, parameters) => {
    const given = { facts, parameters };
    return withPortalFact(
      given,
      { key: KEY, what: '全站搜索' },
      (fact) => {
        const { url, outcome, reason, title, resultUrl, snapshot } = fact.value;
        const failing = (words: string) =>
          breached(1, [evidenceOf(fact, resultUrl ?? url, words, snapshot)]);
        if (outcome === 'hit') return met;
        if (outcome === 'failed') return failing(`搜索不能用：${reason ?? '结果页出错'}`);
        if (outcome === 'miss' && title !== null)
          return failing(`用本站稿件的标题“${title}”搜索，结果里没有这篇`);
        return oneInDoubt(`没能试用全站搜索：${reason ?? '原因不明'}`, KEY);
      },
      (fact) => {
        const words = '首页上没有搜索框，也没有搜索入口';
        return (
          undeterminedAbsence(given, fact, words, KEY) ??
          breached(1, [evidenceOf(fact, KEY, words, fact.snapshots[0] ?? null)])
        );
      },
    );
  },
});
