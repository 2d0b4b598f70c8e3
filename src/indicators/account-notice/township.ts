import { defineIndicator } from '../../domain/indicator.ts';
import { isTownshipName } from '../../domain/township.ts';
import { breached, evidenceOf, met } from '../shared/evidence.ts';
import { observedOr } from '../shared/notice.ts';

export const township = defineIndicator({
  id: 'media.notice.township',
  clause: '国办发〔2018〕123号；乡镇、街道原则上不开设为湖南的规定（湘政务函〔2022〕20号，转引）',
  title: { met: '不是乡镇、街道的账号', breached: '乡镇、街道原则上不开设账号' },
  kind: 'notice',
  appliesTo: 'account',
  needs: ['account.register'],
  parameters: {},
  judge(facts) {
    const seen = observedOr(facts, 'account.register', '账号的登记');
    if ('instead' in seen) return seen.instead;
    const { name } = seen.fact.value.sponsor;
    if (!isTownshipName(name)) return met;
    const words = `代表主体“${name}”是乡镇或街道；确需保留的，核对有没有批准手续`;
    return breached(1, [evidenceOf(seen.fact, 'registry', words)], words);
  },
});
