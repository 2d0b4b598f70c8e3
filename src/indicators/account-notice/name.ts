import { defineIndicator } from '../../domain/indicator.ts';
import { met } from '../shared/evidence.ts';
import { observedOr } from '../shared/notice.ts';
import { judgeClaim, PROFILE_NEEDS, SEEN_DAYS } from '../shared/profile-claim.ts';
import { foldName } from '../shared/unit-names.ts';

export const platformName = defineIndicator({
  id: 'media.notice.name',
  clause: '国办发〔2018〕123号 开设、变更要备案；不随意改名见甘肃省2021年第二季度通报',
  title: { met: '平台上的名称与登记一致', breached: '平台上的名称与登记不一致' },
  kind: 'notice',
  appliesTo: 'account',
  needs: [...PROFILE_NEEDS, 'account.register'],
  parameters: { seenDays: SEEN_DAYS },
  judge(facts, { seenDays }) {
    const registered = observedOr(facts, 'account.register', '账号的登记');
    if ('instead' in registered) return registered.instead;
    const { name, formerNames } = registered.fact.value;
    return judgeClaim(facts, seenDays, {
      what: '平台上的名称',
      pick: ({ profile }) => profile?.name ?? null,
      judge: (seen, report) => {
        if (foldName(seen) === foldName(name)) return met;
        const former = formerNames.some((each) => foldName(each) === foldName(seen));
        return report(`平台上是“${seen}”${former ? '（以前登记的名称）' : ''}，登记的是“${name}”`);
      },
    });
  },
});
