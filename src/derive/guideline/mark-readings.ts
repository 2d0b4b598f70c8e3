import type { MarkName, MarkReading } from '../../domain/facts/guideline-facts.ts';
import { MARK_NAMES } from '../../domain/facts/guideline-facts.ts';
import type { FooterView } from '../../domain/site-facts.ts';
import { isPlaceholder } from '../page/read-footer.ts';

export type MarkReadings = Readonly<Record<MarkName, MarkReading>>;

const UNSEEN = '页脚由脚本写成，没有看到';

/** The seven elements of one page's foot (国办发〔2017〕47号 底部功能区). `isUnseen` = the foot may stand in what was not read. */
export function markReadings(foot: FooterView, isUnseen: boolean): MarkReadings {
  const none: MarkReading = isUnseen
    ? { state: 'unsure', value: null, reason: UNSEEN }
    : { state: 'missing', value: null };
  return {
    党政机关网站标识: partyGovMark(foot, none),
    我为政府网站找错: findError(foot, none),
    网站标识码: numberMark(foot.siteCode, none),
    主办单位: sponsorMark(foot, none),
    联系方式: foot.contact === undefined ? none : { state: 'shown', value: foot.contact },
    ICP备案号: numberMark(foot.icp, none),
    公安机关备案号: numberMark(foot.policeRecord, none),
  };
}

function partyGovMark({ partyGovMark: mark }: FooterView, none: MarkReading): MarkReading {
  if (mark === false) return none;
  if (mark === 'image-only')
    return { state: 'defective', value: null, reason: '只有图片，没有链接到标识证书' };
  return { state: 'shown', value: null };
}

function findError(
  { findError: entry, findErrorCode }: FooterView,
  none: MarkReading,
): MarkReading {
  const value = findErrorCode ?? null;
  if (entry === false) return none;
  if (entry === 'image-only') return { state: 'defective', value, reason: '只有图片，没有链接' };
  if (entry === 'outdated') return { state: 'defective', value, reason: '入口地址已经停用' };
  return { state: 'shown', value };
}

function numberMark(value: string | null, none: MarkReading): MarkReading {
  if (value === null) return none;
  return isPlaceholder(value)
    ? { state: 'defective', value, reason: `“${value}”是占位的号码` }
    : { state: 'shown', value };
}

/** 版权所有 names an office too; whether that is the sponsor is for a person to say. */
function sponsorMark({ sponsor, copyright }: FooterView, none: MarkReading): MarkReading {
  if (sponsor !== undefined) return { state: 'shown', value: sponsor };
  if (copyright === undefined) return none;
  const reason = `只写了“版权所有：${copyright}”，没有写主办单位`;
  return { state: 'unsure', value: copyright, reason };
}

const RANK = { shown: 0, defective: 1, unsure: 2, missing: 3 } as const;

/** The feet of one page's parts (frames, scripts that write it) together: what any of them shows is shown. */
export function mergeMarks(all: readonly [MarkReadings, ...MarkReadings[]]): MarkReadings {
  const best = (name: MarkName): MarkReading =>
    all
      .map((readings) => readings[name])
      .reduce((one, other) => (RANK[other.state] < RANK[one.state] ? other : one));
  return Object.fromEntries(MARK_NAMES.map((name) => [name, best(name)])) as MarkReadings;
}
