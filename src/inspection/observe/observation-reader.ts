import type { InteractionWay, SeenProfile } from '../../domain/account-facts.ts';
import { type Instant, isCalendarDate, shanghaiInstant } from '../../lib/pure/dates.ts';
import type { NewObservation } from './observation.repository.ts';
import { contradictionsOf, INTERACTION_WAYS, SIGHT_LIMITS } from './sight-rules.ts';

/** Columns of a file of sights, the first word of each as it is written out. */
export const FIELDS = {
  platform: ['平台', '账号平台', 'platform'],
  accountId: ['账号ID', '账号', '微信号', 'accountId'],
  observedAt: ['观察时间', '观测时间', '查看时间', 'observedAt'],
  newestOn: ['最新一条日期', '最新日期', '最后更新时间', '最后更新日期', 'newestOn'],
  ways: ['看到的互动方式', '互动方式', 'ways'],
  testedAt: ['测试留言时刻', '测试留言时间', 'testedAt'],
  repliedAt: ['回复时刻', '回复时间', 'repliedAt'],
  image: ['图片', '截图', 'image'],
  isThere: ['账号是否存在', '是否存在', 'isThere'],
  name: ['看到的名称', '平台上的名称', 'name'],
  operator: ['看到的认证主体', '认证主体', '账号主体', 'operator'],
  certified: ['是否认证', '认证情况', 'certified'],
  followers: ['粉丝数', '关注数', 'followers'],
  ads: ['商业广告', '广告', 'ads'],
  originalOn: ['最新一条原创日期', '最新原创日期', 'originalOn'],
  opens: ['能否打开', '能否下载使用', 'opens'],
  note: ['备注', '说明', 'note'],
  by: ['观察人', '检查人员', 'by'],
} as const;
export type Field = keyof typeof FIELDS;

export const NEEDED_FIELDS: readonly Field[] = ['platform', 'accountId', 'observedAt', 'newestOn'];

const YES: ReadonlySet<string> = new Set(['是', '能', '可以', '有', '存在', '已认证', '正常']);
const NO: ReadonlySet<string> = new Set(['否', '不能', '不可以', '无', '不存在', '未认证']);
const FOLLOWERS_FORM = /^(\d{1,10}(?:\.\d{1,4})?)(万|亿)?$/;
const TIMES = { 万: 10_000, 亿: 100_000_000 } as const;
/** What the column holds; no account of the whole country has more. */
const FOLLOWERS_MAX = 2_000_000_000;

/** Reads one row of a file of sights; what is wrong in it is added to `errors`, cell by cell. */
export class ObservationReader {
  readonly #cells: readonly string[];
  readonly #columns: ReadonlyMap<Field, number>;
  readonly #place: string;
  readonly #errors: string[];

  constructor(
    cells: readonly string[],
    columns: ReadonlyMap<Field, number>,
    place: string,
    errors: string[],
  ) {
    this.#cells = cells;
    this.#columns = columns;
    this.#place = place;
    this.#errors = errors;
  }

  read(context: {
    accounts: ReadonlyMap<string, number>;
    origin: string;
    now: Instant;
  }): NewObservation | null {
    const before = this.#errors.length;
    const [platform, id] = [this.#cell('platform'), this.#cell('accountId')];
    const accountId = context.accounts.get(`${platform}\u0000${id}`);
    if (accountId === undefined)
      this.#complain('accountId', `名录里没有“${platform}”的账号“${id}”`);
    const observedAt = this.#time('observedAt');
    if (observedAt === null && this.#cell('observedAt') === '')
      this.#complain('observedAt', '不能为空');
    const observation = {
      newestOn: this.#day('newestOn'),
      ways: this.#ways(),
      testedAt: this.#time('testedAt'),
      repliedAt: this.#time('repliedAt'),
      image: this.#cell('image') || null,
      origin: context.origin,
      profile: this.#profile(),
      ads: this.#ads(),
      originalOn: this.#day('originalOn'),
      opens: this.#yesOrNo('opens'),
      note: this.#words('note', SIGHT_LIMITS.note),
      by: this.#words('by', SIGHT_LIMITS.by),
    };
    if (observedAt !== null)
      for (const { field, message } of contradictionsOf(
        { observedAt, ...observation },
        context.now,
      ))
        this.#complain(field, message);
    if (this.#errors.length > before || accountId === undefined || observedAt === null) return null;
    return { accountId, observedAt, ...observation };
  }

  #cell(field: Field): string {
    return (this.#cells[this.#columns.get(field) ?? -1] ?? '').trim();
  }

  #complain(field: Field, message: string): void {
    this.#errors.push(`${this.#place}“${FIELDS[field][0]}”列：${message}`);
  }

  #profile(): SeenProfile {
    return {
      isThere: this.#yesOrNo('isThere'),
      name: this.#words('name', SIGHT_LIMITS.name),
      operator: this.#words('operator', SIGHT_LIMITS.operator),
      certified: this.#yesOrNo('certified'),
      followers: this.#followers(),
    };
  }

  #words(field: Field, charactersMax: number): string | null {
    const text = this.#cell(field);
    if (text.length > charactersMax) this.#complain(field, `不能超过 ${charactersMax} 字`);
    return text === '' ? null : text;
  }

  /** 无: he looked, and there were none. */
  #ads(): string | null {
    const text = this.#words('ads', SIGHT_LIMITS.ads);
    return text !== null && /^(无|没有|否)$/.test(text) ? '' : text;
  }

  #yesOrNo(field: Field): boolean | null {
    const text = this.#cell(field);
    if (text === '') return null;
    if (YES.has(text)) return true;
    if (!NO.has(text)) this.#complain(field, `“${text}”应写“是”或“否”，没有看的不写`);
    return false;
  }

  #followers(): number | null {
    const text = this.#cell('followers').replaceAll(',', '').replaceAll('，', '');
    if (text === '') return null;
    const [, digits, times] = FOLLOWERS_FORM.exec(text) ?? [];
    const count = Math.round(Number(digits) * (times ? TIMES[times as keyof typeof TIMES] : 1));
    if (digits !== undefined && count <= FOLLOWERS_MAX) return count;
    this.#complain('followers', `“${text}”应写成 12345 或 1.2万`);
    return null;
  }

  #time(field: Field): Instant | null {
    const text = this.#cell(field).replaceAll('/', '-');
    if (text === '') return null;
    const padded = text.replace(
      /^(\d{4})-(\d{1,2})-(\d{1,2})/,
      (_all, year: string, month: string, day: string) =>
        `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    );
    const at = shanghaiInstant(isCalendarDate(padded) ? `${padded} 00:00` : padded);
    if (at === null) this.#complain(field, `“${text}”应写成 2020-09-17 09:30`);
    return at;
  }

  #day(field: Field): string | null {
    const text = this.#cell(field);
    if (text === '') return null;
    if (/^(无|无动态信息|没有)$/.test(text)) return 'none';
    const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s.*)?$/.exec(text);
    const date = match
      ? `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}`
      : text;
    if (!isCalendarDate(date)) this.#complain(field, `“${text}”应写成 2020-09-17，没有内容写“无”`);
    return date;
  }

  #ways(): InteractionWay[] | null {
    const text = this.#cell('ways');
    if (text === '') return null;
    if (text === '无') return [];
    const ways = text
      .split(/[;；、,，/]/)
      .map((way) => way.trim())
      .filter((way) => way !== '');
    const known: readonly string[] = INTERACTION_WAYS;
    const unknown = ways.filter((way) => !known.includes(way));
    if (unknown.length > 0)
      this.#complain('ways', `不认识“${unknown.join('、')}”；可写 ${known.join('、')}，没有写“无”`);
    return ways as InteractionWay[];
  }
}
