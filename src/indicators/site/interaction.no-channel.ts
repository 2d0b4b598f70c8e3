import { defineIndicator } from '../../domain/indicator.ts';
import { breached, evidenceOf, met, undetermined } from '../shared/evidence.ts';
import {
  judgementWithoutSite,
  SITE_PARAMETERS,
  undeterminedAbsence,
  undeterminedWithoutPage,
  VISIT_FACTS,
} from '../shared/unreachable-site.ts';

/** A channel that works as far as can be seen without submitting anything. */
const EFFECTIVE: ReadonlySet<string> = new Set(['form', 'board', 'external', 'page']);

export const interactionNoChannel = defineIndicator({
  id: 'site.veto.interaction.no-channel',
  clause: '国办秘函〔2019〕19号 检查指标 第一部分 互动回应差',
  title: {
    met: '提供网上咨询建言渠道',
    breached: '未提供网上有效咨询建言渠道（网上信访、纪检举报等专门渠道除外）',
  },
  kind: 'veto',
  appliesTo: 'site',
  needs: [...VISIT_FACTS, 'site.channels'],
  parameters: SITE_PARAMETERS,
  judge(facts, parameters) {
    const without = judgementWithoutSite(facts, parameters);
    if (without) return without;
    const fact = facts['site.channels'];
    if (fact?.state !== 'observed') {
      return undeterminedWithoutPage(
        { facts, parameters },
        '没能看到咨询建言渠道',
        fact,
        'site.channels',
      );
    }
    const view = fact.value;
    const general = view.channels.filter((channel) => !channel.special);
    if (general.some((channel) => EFFECTIVE.has(channel.state))) return met;
    const unseen = general.find(
      (channel) => channel.state === 'unobserved' || channel.state === 'dead',
    );
    if (unseen)
      return undetermined(
        `有“${unseen.name}”入口，但没能打开（${unseen.reason ?? '原因不明'}），是否有效要人核实`,
        ['site.channels'],
      );
    if (!view.complete)
      return undetermined(
        `没有找到咨询建言渠道，但网站没有看全：${view.incompleteReason ?? '原因不明'}`,
        ['site.channels'],
      );
    const unseenSite = undeterminedAbsence(
      { facts, parameters },
      fact,
      '没有找到咨询建言渠道',
      'site.channels',
    );
    if (unseenSite) return unseenSite;
    const special = view.channels.filter((channel) => channel.special);
    const words =
      special.length > 0
        ? `只有专门渠道：${special.map((channel) => channel.name).join('、')}`
        : '首页、导航和互动栏目里都没有咨询建言入口';
    const rows = special.map((channel) =>
      evidenceOf(fact, channel.url, `专门渠道：${channel.name}`, channel.snapshot),
    );
    return breached(
      1,
      [evidenceOf(fact, 'site.channels', words, fact.snapshots[0] ?? null), ...rows],
      words,
    );
  },
});
