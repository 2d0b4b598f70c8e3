import type { Unit } from '../../domain/unit.ts';
import { addDays, type CalendarDate } from '../../lib/pure/dates.ts';
import type { CaseForm } from './case-form.ts';

/** What the register says around a case. */
export interface CaseSurroundings {
  /** The sponsor and what stands above it, nearest first. */
  readonly chain: readonly Pick<Unit, 'name' | 'divisionCode'>[];
  /** The account that the case is about, as it would be registered; null where it names none. */
  readonly platform: string | null;
  readonly name: string | null;
  /** Other accounts of the sponsor that still run on this platform. */
  readonly ownOnPlatform: readonly string[];
  /** How many accounts of other units bear this name on this platform. */
  readonly sameNamed: number;
  readonly today: CalendarDate;
  readonly announceDays: number;
}

const TOWNSHIP = /(?:乡|镇|街道|苏木)(?:党工委|党委|人民政府|政府|办事处|便民服务中心)*$/;
const COUNTY = /(?:县|旗)$|(?:县|旗)人民政府$/;

/**
 * Which unit a unit is, as far as name and division code say: `township`, a department of a `county`, or neither (null). A guess:
 * it only warns.
 */
export function lowLevelOf(
  chain: readonly Pick<Unit, 'name' | 'divisionCode'>[],
): 'township' | 'county' | null {
  if (chain.some(({ name }) => TOWNSHIP.test(name))) return 'township';
  const [own, ...above] = chain;
  if (own === undefined || above.length === 0) return null;
  const coded = above.find(({ divisionCode }) => divisionCode !== null);
  const isBelowCounty =
    above.some(({ name }) => COUNTY.test(name)) ||
    (own.divisionCode === null && coded !== undefined && isCountyCode(coded.divisionCode!));
  return isBelowCounty && !COUNTY.test(own.name) ? 'county' : null;
}

/** GB/T 2260: the last two digits name a county; 01–19 of a city's own districts count as well. */
const isCountyCode = (code: string): boolean => /^\d{6}$/.test(code) && !code.endsWith('00');

/**
 * What speaks against a case, in words for those who decide; it stands in nobody's way. One account a unit and platform, none of county
 * departments and townships (国办发〔2018〕123号 and local rules, new-media-apis.md §10), an announcement before a closing.
 */
export function warningsOf(form: CaseForm, around: CaseSurroundings): string[] {
  const warnings: string[] = [];
  const opens = form.kind === 'open' || form.kind === 'enrol';
  const low = opens ? lowLevelOf(around.chain) : null;
  if (opens && around.ownOnPlatform.length > 0)
    warnings.push(
      `本单位在${around.platform}已有账号（${around.ownOnPlatform.join('、')}）；一个单位原则上在同一平台只开设一个账号，请说明为何不整合。`,
    );
  if (low === 'county')
    warnings.push('申请单位像是县级部门；县级部门原则上不开设账号，请核对单位层级和必要性。');
  if (low === 'township')
    warnings.push('申请单位像是乡镇、街道；乡镇、街道原则上不开设账号，请核对单位层级和必要性。');
  if (around.sameNamed > 0)
    warnings.push(
      `名录里另有 ${around.sameNamed} 个${around.platform}账号也叫“${around.name}”，请核对是否重名或已登记。`,
    );
  if (form.kind === 'close') {
    const earliest = addDays(around.today, around.announceDays);
    if (form.closesOn < earliest)
      warnings.push(
        `拟停止更新的日期（${form.closesOn}）离今天不足 ${around.announceDays} 天；关停要提前公告，请核对日期。`,
      );
  }
  if (form.kind === 'suspend' && form.until <= around.today)
    warnings.push(`暂停的截止日期（${form.until}）不在今天之后，请核对。`);
  if (form.kind === 'deregister' && form.deregisteredOn > around.today)
    warnings.push(`注销日期（${form.deregisteredOn}）还没有到，请核对。`);
  return warnings;
}
