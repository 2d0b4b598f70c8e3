import type { ProvinceCase } from '../read-case.ts';
import { isGroupRow } from './print-rows.ts';

/** First two digits of the division codes (GB/T 2260) by the beginning of the province's name. */
const PROVINCES: Readonly<Record<string, string>> = {
  北京: '11',
  天津: '12',
  河北: '13',
  山西: '14',
  内蒙古: '15',
  辽宁: '21',
  吉林: '22',
  黑龙江: '23',
  上海: '31',
  江苏: '32',
  浙江: '33',
  安徽: '34',
  福建: '35',
  江西: '36',
  山东: '37',
  河南: '41',
  湖北: '42',
  湖南: '43',
  广东: '44',
  广西: '45',
  海南: '46',
  重庆: '50',
  四川: '51',
  贵州: '52',
  云南: '53',
  西藏: '54',
  陕西: '61',
  甘肃: '62',
  青海: '63',
  宁夏: '64',
  新疆: '65',
};

/** Prefectures of 湖南省; other provinces' are made up unless a case's site codes tell them. */
const HUNAN: Readonly<Record<string, string>> = {
  长沙市: '4301',
  株洲市: '4302',
  湘潭市: '4303',
  衡阳市: '4304',
  邵阳市: '4305',
  岳阳市: '4306',
  常德市: '4307',
  张家界市: '4308',
  益阳市: '4309',
  郴州市: '4310',
  永州市: '4311',
  怀化市: '4312',
  娄底市: '4313',
  湘西自治州: '4331',
  湘西土家族苗族自治州: '4331',
};

/** No place's: a province that nobody knows. */
const NOWHERE = '99';

export interface DivisionCodes {
  readonly root: string;
  /** Six digits by print row; empty where the case's site codes name several places. */
  readonly byRow: ReadonlyMap<string, string>;
}

const pad = (digits: string): string => digits.padEnd(6, '0');

/** Whether the print rows of `root` are prefectures (else they are counties of one city). */
export const isProvince = (root: string): boolean =>
  !/[市州盟县区]$/.test(root) || /自治区$/.test(root);

/** Codes that never contradict the case's own site codes: taken from them, else real, else free ones beside them. */
export function divisionCodes(source: ProvinceCase, root: string): DivisionCodes {
  const given = givenCodes(source);
  const width = isProvince(root) ? 4 : 6;
  const rootDigits = rootPrefix([...given.values()].flat(), root, width - 2);
  const byRow = new Map<string, string>();
  for (const row of source.rows) {
    const codes = given.get(row);
    if (codes) byRow.set(row, prefixOf(codes, width));
    else if (isGroupRow(row)) byRow.set(row, pad(rootDigits));
    else if (rootDigits === '43' && HUNAN[row]) byRow.set(row, pad(HUNAN[row]));
  }
  const taken = new Set([...byRow.values(), ...Object.values(HUNAN).map(pad)]);
  const free = freeCodes(rootDigits, taken);
  for (const row of source.rows) {
    if (!byRow.has(row)) byRow.set(row, free.next().value ?? '');
  }
  return { root: pad(rootDigits), byRow };
}

function* freeCodes(rootDigits: string, taken: ReadonlySet<string>): Generator<string, undefined> {
  for (let number = 1; number < 100; number += 1) {
    const code = pad(`${rootDigits}${String(number).padStart(2, '0')}`);
    if (!taken.has(code)) yield code;
  }
}

function givenCodes(source: ProvinceCase): Map<string, string[]> {
  const given = new Map<string, string[]>();
  for (const { row, siteCode } of source.failingSites) {
    if (siteCode.startsWith('bm')) continue;
    given.set(row, [...(given.get(row) ?? []), siteCode]);
  }
  return given;
}

function rootPrefix(codes: readonly string[], root: string, width: number): string {
  const known = Object.entries(PROVINCES).find(([name]) => root.startsWith(name))?.[1];
  const [first] = codes;
  const shared =
    first !== undefined && codes.every((code) => code.startsWith(first.slice(0, width)));
  if (shared) return first.slice(0, width);
  return (known ?? NOWHERE).padEnd(width, width === 4 ? '01' : '');
}

/** The longest whole code level that a row's site codes agree on, as six digits; empty when they agree on none. */
function prefixOf(codes: readonly string[], width: number): string {
  for (let length = width; length >= 2; length -= 2) {
    const prefix = codes[0]!.slice(0, length);
    if (codes.every((code) => code.startsWith(prefix))) return pad(prefix);
  }
  return '';
}
