import { defineIndicator } from '../../domain/indicator.ts';
import { isApplication } from '../../domain/subject.ts';
import { breached, evidenceOf, met, notApplicable } from '../shared/evidence.ts';
import { observedOr } from '../shared/notice.ts';

/** Names printed beside the count; the fact holds more. */
const NAMED = 5;

export const onePerPlatform = defineIndicator({
  id: 'media.notice.one-per-platform',
  clause: '国办发〔2018〕123号 一个单位原则上在同一第三方平台只开设一个账号',
  title: {
    met: '在这个平台只有一个账号',
    breached: '同一单位在同一平台有多个账号',
  },
  kind: 'notice',
  appliesTo: 'account',
  needs: ['subject.register', 'account.peers'],
  parameters: {},
  judge(facts) {
    const register = facts['subject.register'];
    if (register?.state === 'observed' && isApplication(register.value.platform))
      return notApplicable('移动客户端、小程序不是第三方平台上的账号');
    const seen = observedOr(facts, 'account.peers', '同一单位在这个平台的其他账号');
    if ('instead' in seen) return seen.instead;
    const { same, count } = seen.fact.value;
    if (count === 0) return met;
    const names = same.slice(0, NAMED).map(({ name, accountId }) => `“${name}”（${accountId}）`);
    const words = `名录里同一主办单位在这个平台还有 ${count} 个正常运行的账号：${names.join('、')}${count > NAMED ? '等' : ''}`;
    return breached(1, [evidenceOf(seen.fact, 'registry', words)], words);
  },
});
