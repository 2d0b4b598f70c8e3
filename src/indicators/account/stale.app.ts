import { defineIndicator } from '../../domain/indicator.ts';
import { MOBILE_APP_PLATFORM } from '../../domain/subject.ts';
import { met, notApplicable, suspected } from '../shared/evidence.ts';
import { observedOr } from '../shared/notice.ts';
import { judgeClaim, opensOf, PROFILE_NEEDS } from '../shared/profile-claim.ts';

/**
 * An app that one person could not open may open for the next: people say whether it is so. The machine shows them the look that
 * makes it doubtful, and says when a look was good.
 */
export const staleApp = defineIndicator({
  id: 'media.veto.stale.app',
  clause: '国办秘函〔2019〕19号 检查指标 第一部分 内容不更新',
  title: {
    met: '移动客户端能下载和使用',
    breached: '移动客户端（APP）无法下载或使用，发生“僵尸”“睡眠”情况',
  },
  kind: 'veto',
  advises: true,
  appliesTo: 'account',
  needs: [...PROFILE_NEEDS, 'subject.register'],
  parameters: {
    seenDays: { unit: '天', default: 14, why: '打不开的可能几天后就修好，只看最近的观察' },
  },
  judge(facts, { seenDays }) {
    const register = observedOr(facts, 'subject.register', '名录登记');
    if ('instead' in register) return register.instead;
    if (register.fact.value.platform !== MOBILE_APP_PLATFORM)
      return notApplicable('不是移动客户端');
    const judged = judgeClaim(facts, seenDays, {
      what: '移动客户端能不能下载和使用',
      pick: opensOf,
      judge: (opens, report) => (opens ? met : report('无法下载或使用')),
    });
    if (judged.status !== 'breached') return judged;
    return suspected(
      `${judged.note ?? ''}。要由人认定：换一台手机、换一个网络再试，并到应用市场核对；是的录入这一问题并由另一人确认，不是的驳回并写明理由`,
      judged.evidence,
    );
  },
});
