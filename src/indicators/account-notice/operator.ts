import { defineIndicator } from '../../domain/indicator.ts';
import { met, undetermined } from '../shared/evidence.ts';
import { observedOr } from '../shared/notice.ts';
import { judgeClaim, PROFILE_NEEDS, SEEN_DAYS } from '../shared/profile-claim.ts';
import { operatorStanding } from '../shared/unit-names.ts';

export const operator = defineIndicator({
  id: 'media.notice.operator',
  clause: '国办发〔2018〕123号 谁开设、谁主办；认证主体要与登记一致见甘肃省2021年第二季度通报',
  title: { met: '认证主体与登记的代表主体一致', breached: '认证主体与登记的代表主体不一致' },
  kind: 'notice',
  appliesTo: 'account',
  needs: [...PROFILE_NEEDS, 'account.register'],
  parameters: { seenDays: SEEN_DAYS },
  judge(facts, { seenDays }) {
    const registered = observedOr(facts, 'account.register', '账号的登记');
    if ('instead' in registered) return registered.instead;
    const { sponsor } = registered.fact.value;
    return judgeClaim(facts, seenDays, {
      what: '认证主体',
      pick: ({ profile }) => profile?.operator ?? null,
      judge: (seen, report) => {
        const standing = operatorStanding(seen, sponsor);
        if (standing === 'own') return met;
        if (standing === 'related')
          return undetermined(
            `认证主体“${seen}”是代表主体“${sponsor.name}”的上级或下级单位，由人对照登记认定`,
            ['account.register'],
          );
        return report(`认证主体是“${seen}”，登记的代表主体是“${sponsor.name}”`);
      },
    });
  },
});
