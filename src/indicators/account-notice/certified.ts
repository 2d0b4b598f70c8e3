import { defineIndicator } from '../../domain/indicator.ts';
import { met } from '../shared/evidence.ts';
import { judgeClaim, PROFILE_NEEDS, SEEN_DAYS } from '../shared/profile-claim.ts';

export const certified = defineIndicator({
  id: 'media.notice.certified',
  clause: '国办发〔2018〕123号；账号应做平台认证见甘肃省2021年第二季度通报',
  title: { met: '已通过平台认证', breached: '没有通过平台认证' },
  kind: 'notice',
  appliesTo: 'account',
  needs: PROFILE_NEEDS,
  parameters: { seenDays: SEEN_DAYS },
  judge: (facts, { seenDays }) =>
    judgeClaim(facts, seenDays, {
      what: '平台认证',
      pick: ({ profile }) => profile?.certified ?? null,
      judge: (isCertified, report) => (isCertified ? met : report('平台上没有认证')),
    }),
});
