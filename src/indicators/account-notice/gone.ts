import { defineIndicator } from '../../domain/indicator.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { met, notApplicable, undetermined } from '../shared/evidence.ts';
import { judgeClaim, PROFILE_NEEDS, SEEN_DAYS } from '../shared/profile-claim.ts';
import { SOURCE_FACTS, sourceSightsOf } from '../shared/source-sights.ts';

export const gone = defineIndicator({
  id: 'media.notice.gone',
  clause: '国办发〔2018〕123号 开设、变更、关停、注销全程备案',
  title: { met: '登记的账号在平台上', breached: '登记为正常运行，平台上已没有这个账号' },
  kind: 'notice',
  appliesTo: 'account',
  needs: [...PROFILE_NEEDS, 'subject.register', ...SOURCE_FACTS],
  parameters: { seenDays: SEEN_DAYS },
  judge(facts, { seenDays }) {
    const register = facts['subject.register'];
    if (register?.state === 'observed' && register.value.status !== 'running')
      return notApplicable('名录里不是正常运行');
    return judgeClaim(facts, seenDays, {
      what: '平台上有没有这个账号',
      pick: ({ profile }) => profile?.isThere ?? null,
      judge: (isThere, report, sight) => {
        if (isThere) return met;
        const seenOn = shanghaiDate(sight.observedAt);
        const alive = sourceSightsOf(facts).find(
          ({ newest }) => newest !== null && newest.publishedOn > seenOn,
        );
        if (alive)
          return undetermined(
            `人工观察没有找到账号，但${alive.name}在 ${alive.newest!.publishedOn} 还有发布，由人再看一次`,
            ['account.observations'],
          );
        return report('平台上没有这个账号（已注销或查无此号）；先变更登记，确已停用的按规定注销');
      },
    });
  },
});
