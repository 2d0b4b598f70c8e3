import { defineIndicator } from '../../domain/indicator.ts';
import { isMiniProgram } from '../../domain/subject.ts';
import { met, notApplicable } from '../shared/evidence.ts';
import { observedOr } from '../shared/notice.ts';
import { judgeClaim, opensOf, PROFILE_NEEDS, SEEN_DAYS } from '../shared/profile-claim.ts';

export const miniProgram = defineIndicator({
  id: 'media.notice.mini-program',
  clause: '国办发〔2018〕123号 小程序属于政务新媒体；打不开怎样处理没有见到条文',
  title: { met: '小程序能打开和使用', breached: '小程序打不开或不能使用' },
  kind: 'notice',
  appliesTo: 'account',
  needs: [...PROFILE_NEEDS, 'subject.register'],
  parameters: { seenDays: SEEN_DAYS },
  judge(facts, { seenDays }) {
    const register = observedOr(facts, 'subject.register', '名录登记');
    if ('instead' in register) return register.instead;
    if (!isMiniProgram(register.fact.value.platform)) return notApplicable('不是小程序');
    return judgeClaim(facts, seenDays, {
      what: '小程序能不能打开',
      pick: opensOf,
      judge: (opens, report) => (opens ? met : report('打不开或不能使用')),
    });
  },
});
