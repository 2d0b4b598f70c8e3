import type { SectionKind } from '../../domain/site-facts.ts';

const YEAR_WHY = '19号文没有给出“长期”的时长，按12个月（待核）';

/** How long a section may go without anything new before it is overdue (应更新未更新), by its kind. */
export const DUE_MONTHS = {
  interpretationMonths: { unit: '月', default: 12, why: YEAR_WHY },
  disclosureMonths: { unit: '月', default: 12, why: YEAR_WHY },
  dataMonths: { unit: '月', default: 12, why: YEAR_WHY },
  interactionMonths: { unit: '月', default: 12, why: YEAR_WHY },
  noticePolicyMonths: {
    unit: '月',
    default: 12,
    why: '二级的通知公告、政策文件栏目按应更新栏目看',
  },
  unknownMonths: { unit: '月', default: 12, why: '类别不明的列表栏目按12个月' },
} as const;

const OF = { of: 'site.veto.column-stale.should' } as const;

/** The same numbers for the rules that share them: a ruleset states once what overdue means. */
export const SHARED_DUE_MONTHS = {
  interpretationMonths: { ...DUE_MONTHS.interpretationMonths, ...OF },
  disclosureMonths: { ...DUE_MONTHS.disclosureMonths, ...OF },
  dataMonths: { ...DUE_MONTHS.dataMonths, ...OF },
  interactionMonths: { ...DUE_MONTHS.interactionMonths, ...OF },
  noticePolicyMonths: { ...DUE_MONTHS.noticePolicyMonths, ...OF },
  unknownMonths: { ...DUE_MONTHS.unknownMonths, ...OF },
} as const;

export type DueMonths = { readonly [K in keyof typeof DUE_MONTHS]: number };

export function dueMonthsOf(kind: SectionKind, months: DueMonths): number {
  if (kind === 'interpretation') return months.interpretationMonths;
  if (kind === 'disclosure') return months.disclosureMonths;
  if (kind === 'data') return months.dataMonths;
  if (kind === 'interaction') return months.interactionMonths;
  return kind === 'notice' || kind === 'policy' ? months.noticePolicyMonths : months.unknownMonths;
}
