import { defineIndicator } from '../../domain/indicator.ts';
import { met } from '../shared/evidence.ts';
import { judgeClaim, PROFILE_NEEDS, SEEN_DAYS } from '../shared/profile-claim.ts';

export const accountAds = defineIndicator({
  id: 'media.notice.ads',
  clause: '国办发〔2018〕123号 不得发布与部门职能无关的商业广告（凭记忆）',
  title: { met: '没有看到商业广告', breached: '内容或页面里有商业广告' },
  kind: 'notice',
  appliesTo: 'account',
  needs: PROFILE_NEEDS,
  parameters: { seenDays: SEEN_DAYS },
  judge: (facts, { seenDays }) =>
    judgeClaim(facts, seenDays, {
      what: '商业广告',
      pick: ({ ads }) => ads ?? null,
      judge: (words, report) => (words === '' ? met : report(`看到商业广告：${words}`)),
    }),
});
