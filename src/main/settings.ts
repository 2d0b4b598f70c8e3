import { z } from 'zod';
import { Secret } from '../lib/pure/secret.ts';

/** What a setting is for, in the words of the handbook and of `xunjian config show`. */
export interface SettingWords {
  /** Heading of the handbook's table. */
  readonly meaning: string;
  /** What may be written, as an error says it. */
  readonly allowed: string;
  /** The default in words, when it is computed or depends on others. */
  readonly unset?: string;
  /** Never printed, not even in an error. */
  readonly secret?: true;
}

const WORDS = z.registry<SettingWords>();

const PORT_MAX = 65_535;
const TEXT_MAX = 1000;

const text = z.string().max(TEXT_MAX);
const webAddress = z.url({ protocol: /^https?$/ }).max(TEXT_MAX);
const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.int().max(PORT_MAX));

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/**
 * Every environment variable that this program reads: the only list. An error, the effective configuration and the
 * handbook's table are made from it. Values are texts; a default is written as the person would write it.
 */
export const SETTINGS = z.object({
  XUNJIAN_DATA: text.optional().register(WORDS, {
    meaning: '数据目录：内嵌数据库、抓取原文、样例',
    allowed: '一个目录',
    unset: '程序目录下的 data',
  }),
  DATABASE_URL: text
    .regex(/^postgres(ql)?:\/\//)
    .transform((url) => new Secret(url))
    .optional()
    .register(WORDS, {
      meaning: 'PostgreSQL 的连接地址（15 或更新）',
      allowed: '以 postgres:// 或 postgresql:// 开头的地址',
      unset: '用内嵌数据库',
      secret: true,
    }),
  XUNJIAN_PORT: port.default(8620).register(WORDS, {
    meaning: '服务在 127.0.0.1 上的端口；被占用时往后找',
    allowed: `0 到 ${PORT_MAX} 的整数（0 表示任意空闲端口）`,
  }),
  XUNJIAN_CONTACT_URL: webAddress
    .default('https://example.invalid/xunjian-contact')
    .register(WORDS, {
      meaning: '联系页：写进用户代理，让被访问的网站找得到你们；正式使用前必须改',
      allowed: '以 http:// 或 https:// 开头的网址',
    }),
  XUNJIAN_USER_AGENT: text
    .regex(/^[\x20-\x7e]+$/)
    .optional()
    .register(WORDS, {
      meaning: '访问网站时的用户代理',
      allowed: '一行英文字符（不含中文）',
      unset: '由程序名、版本和联系页组成',
    }),
  XUNJIAN_LOG_LEVEL: z
    .enum(LOG_LEVELS)
    .default('info')
    .register(WORDS, {
      meaning: '服务写到标准错误的日志，从哪一级起',
      allowed: LOG_LEVELS.join('、'),
    }),
  CHROMIUM_PATH: text.optional().register(WORDS, {
    meaning: 'Chromium 的位置，用来印 PDF',
    allowed: '一个可执行文件',
    unset: '在常见位置寻找；没有就不出 PDF',
  }),
});

export type SettingName = keyof typeof SETTINGS.shape;
export const SETTING_NAMES = Object.keys(SETTINGS.shape) as SettingName[];

/** What the list says of one setting. */
export function wordsOf(name: SettingName): SettingWords {
  return WORDS.get(SETTINGS.shape[name]) ?? { meaning: '', allowed: '' };
}

/** The default as text: a value, or what happens without one. */
export function defaultWords(name: SettingName): string {
  const parsed: unknown = SETTINGS.shape[name].parse(undefined);
  return parsed === undefined ? (wordsOf(name).unset ?? '不设') : String(parsed);
}

/** A name further away than this is no slip of the pen. */
const SLIP_MAX = 4;

/** The known name that `name` was probably meant to be, or null. */
export function nearestSetting(name: string): SettingName | null {
  const [nearest] = SETTING_NAMES.map((known) => ({ known, far: editDistance(name, known) })).sort(
    (left, right) => left.far - right.far,
  );
  return nearest !== undefined && nearest.far <= SLIP_MAX ? nearest.known : null;
}

/** Smallest number of inserted, dropped or changed characters that turns `left` into `right`. */
function editDistance(left: string, right: string): number {
  let above = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const changed = above[column - 1]! + (left[row - 1] === right[column - 1] ? 0 : 1);
      line.push(Math.min(changed, above[column]! + 1, line[column - 1]! + 1));
    }
    above = line;
  }
  return above[right.length]!;
}
