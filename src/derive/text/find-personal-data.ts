import { calendarDate } from '../../lib/pure/dates.ts';
import type { Candidate } from './candidate.ts';

/**
 * Personal data that a page should not show: identity numbers (GB 11643-1999, with checksum, region and date), mobile numbers, bank
 * cards (ISO/IEC 7812, Luhn). Masked ones (4301**********1234) show nothing. Numbers of offices are published on purpose.
 */
export function findPersonalData(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const match of text.matchAll(LONG_NUMBER)) {
    const [whole] = match;
    const number = whole.replaceAll(/[ -]/g, '').toUpperCase();
    const start = match.index;
    const around = contextOf(text, start, start + whole.length);
    if (isPartOfMore(text, start, start + whole.length)) continue;
    const judged = judgeNumber(number, around, () => isInOfficeList(text, start));
    if (judged) found.push({ start, end: start + whole.length, ...SHAPE, ...judged });
  }
  return found;
}

const SHAPE = { suggestion: '', class: 'personalData' } as const;
/** Digits, in groups or not, with the X of an identity number. */
const LONG_NUMBER = /\d(?:[ -]?\d){10,18}(?:[ -]?[Xx](?![A-Za-z0-9]))?/g;
/** Characters before and after a number that say what it is. */
const BEFORE = 30;
const AFTER = 12;

interface Context {
  readonly before: string;
  readonly after: string;
}

function contextOf(text: string, start: number, end: number): Context {
  const before = text.slice(Math.max(0, start - BEFORE), start);
  return {
    // What a line or sentence before says is of that line.
    before: before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('。')) + 1),
    after: text.slice(end, end + AFTER).split('\n')[0]!,
  };
}

/** Part of an address, of a longer code, of a decimal, or masked. */
function isPartOfMore(text: string, start: number, end: number): boolean {
  const [before, after] = [text[start - 1] ?? '', text[end] ?? ''];
  return (
    /[\w.*×/=_%#-]/.test(before) ||
    /[\w*×=_%]/.test(after) ||
    (after === '.' && /\d/.test(text[end + 1] ?? ''))
  );
}

type Judged = Pick<Candidate, 'severity' | 'confidence' | 'rule' | 'reason'>;

function judgeNumber(number: string, context: Context, isListed: () => boolean): Judged | null {
  if (isIdentityNumber(number)) {
    if (/信用代码|组织机构代码/.test(context.before)) return null;
    return judged('serious', 0.97, 'identity', '公民身份号码（校验位、地区、日期都成立）');
  }
  if (number.length === 15 && /身份证|身份号/.test(context.before) && isOldIdentityNumber(number))
    return judged('serious', 0.85, 'identity', '15 位旧身份证号码');
  if (/^(?:(?:00)?86)?1[3-9]\d{9}$/.test(number)) return judgeMobile(context, isListed);
  if (isBankCard(number)) return judgeCard(context);
  return null;
}

const judged = (
  severity: Judged['severity'],
  confidence: number,
  rule: string,
  reason: string,
): Judged => ({ severity, confidence, rule: `personal:${rule}`, reason });

/** First two digits: provinces, autonomous regions, municipalities, Hong Kong, Macao, Taiwan (GB/T 2260); 83 residence permits. */
const REGIONS = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(
    ' ',
  ),
);
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** Whether 18 characters are an identity number: region, a day that existed, ISO 7064 MOD 11-2. */
export function isIdentityNumber(number: string): boolean {
  if (!/^\d{17}[\dX]$/.test(number) || !REGIONS.has(number.slice(0, 2))) return false;
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(
    Number,
  );
  if (year! < 1880 || year! > 2099 || calendarDate(year!, month!, day!) === null) return false;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(number[at]), 0);
  return CHECKS[sum % 11] === number[17];
}

function isOldIdentityNumber(number: string): boolean {
  const [year, month, day] = [number.slice(6, 8), number.slice(8, 10), number.slice(10, 12)].map(
    Number,
  );
  return REGIONS.has(number.slice(0, 2)) && calendarDate(1900 + year!, month!, day!) !== null;
}

/** Words by which an office publishes its own number. */
const OFFICE =
  /(?:咨询|服务|监督|举报|投诉|值班|热线|办公|办事|受理|报名|报警|救援|应急|预约|业务|客服|公开|招聘|采购|项目|窗口|传真|单位|中心|经办|承办|工作)[\u3400-\u9fff]{0,6}(?:电话|热线|方式|手机|号码)|联系(?:人|电话|方式|手机)|联络员|电\s?话|客服|微信/;
const PERSONAL =
  /身份证|住址|家庭|个人|本人|患者|死者|考生|学生|家长|申请人|当事人|贫困户|低保|五保|残疾人|受助|户主|被告|原告|嫌疑人/;

/** How far above a number the heading of its column is looked for, in UTF-16 units. */
const LIST_MAX = 3000;
/** Headings of columns in which offices publish their own numbers; an office's list says nothing of persons' homes. */
const OFFICE_COLUMN =
  /(?<![\u3400-\u9fff])(?:办公|咨询|服务|监督|举报|投诉|值班|窗口|预约|单位|部门)(?:联系)?(?:电话|手机|号码)(?![\u3400-\u9fff\d:：])/;

/** Whether a number stands in a list of which a heading says that its numbers are for the public. */
function isInOfficeList(text: string, start: number): boolean {
  const above = text.slice(Math.max(0, start - LIST_MAX), start);
  return OFFICE_COLUMN.test(above) && !PERSONAL.test(above);
}

function judgeMobile({ before, after }: Context, isListed: () => boolean): Judged | null {
  if (PERSONAL.test(before)) return judged('serious', 0.9, 'mobile', '个人手机号码');
  if (OFFICE.test(before) || /同微信|（?联系人/.test(after) || isListed()) return null;
  return judged('ordinary', 0.7, 'mobile', '手机号码，未见办公联系电话的说明');
}

/** Lengths and first digits of bank cards in use: UnionPay 62, Visa 4, MasterCard 51–55, 2221–2720, JCB 35, Amex 34, 37. */
const CARD =
  /^(?:62\d{14,17}|4\d{15}|5[1-5]\d{14}|35(?:2[89]|[3-8]\d)\d{12}|3[47]\d{13}|9558\d{15})$/;
const OFFICE_ACCOUNT =
  /(?:户名|账户名称|收款单位|收款人|开户单位|单位名称)[:：]?[\u3400-\u9fff（）()]{2,30}(?:局|厅|委|办|院|校|会|公司|中心|财政|银行|处|站|所|社)|对公|财政专户|基本存款账户|非税|统一社会信用代码|订单|编号|流水|条形码/;

function isBankCard(number: string): boolean {
  if (!CARD.test(number)) return false;
  let sum = 0;
  for (let at = 0; at < number.length; at += 1) {
    const digit = Number(number[number.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function judgeCard({ before }: Context): Judged | null {
  if (OFFICE_ACCOUNT.test(before)) return null;
  const isNamed = /卡号|银行卡|账号|帐号|开户/.test(before);
  return judged('serious', isNamed ? 0.95 : 0.8, 'bankCard', '银行卡号（发卡行标识和校验位成立）');
}

/** The text with its personal data covered, for excerpts: what must not be published must not be published by us. */
export function maskPersonalData(text: string): string {
  let masked = text;
  for (const { start, end } of findPersonalData(text)) {
    const shown = text.slice(start, end);
    const covered = shown.slice(0, 3) + '*'.repeat(Math.max(1, shown.length - 5)) + shown.slice(-2);
    masked = masked.slice(0, start) + covered + masked.slice(end);
  }
  return masked;
}
