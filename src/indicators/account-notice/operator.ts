import { defineIndicator } from '../../domain/indicator.ts';
import { met, undetermined } from '../shared/evidence.ts';
import { observedOr } from '../shared/notice.ts';
import { judgeClaim, PROFILE_NEEDS, SEEN_DAYS } from '../shared/profile-claim.ts';
import { foldName } from '../shared/unit-names.ts';

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
    const { name, otherNames, above, below } = registered.fact.value.sponsor;
    const isAmong = (names: readonly string[], seen: string): boolean =>
      names.some((each) => foldName(each) === foldName(seen));
    return judgeClaim(facts, seenDays, {
      what: '认证主体',
      pick: ({ profile }) => profile?.operator ?? null,
      judge: (seen, report) => {
        const own = [name, ...otherNames];
        // 岳阳市 is registered, 岳阳市人民政府办公室 is certified: the longer name says more of the same.
        if (own.some((each) => each !== '' && foldName(seen).includes(foldName(each)))) return met;
        if (isAmong([...above, ...below], seen))
          return undetermined(
            `认证主体“${seen}”是代表主体“${name}”的上级或下级单位，由人对照登记认定`,
            ['account.register'],
          );
        return report(`认证主体是“${seen}”，登记的代表主体是“${name}”`);
      },
    });
  },
});
