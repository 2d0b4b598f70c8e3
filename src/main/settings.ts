import { z } from 'zod';
import { KEEP_DAYS_MAX, KEEP_DAYS_MIN } from '../finderror/index.ts';
import { WECHAT_API } from '../gather/accounts/wechat/gather-wechat.ts';
import { DEFAULT_POLICY } from '../identity/index.ts';
import { isAddressRange } from '../lib/node/http/address-guard.ts';
import { Secret } from '../lib/pure/secret.ts';
import { DEFAULT_LIFECYCLE_POLICY } from '../lifecycle/index.ts';
import { DEFAULT_MATRIX_POLICY } from '../matrix/index.ts';
import { DEFAULT_REGISTRY_POLICY } from '../registry/index.ts';
import { DATABASE_DEFAULTS } from '../store/database-settings.ts';
import { bytes, PORT_MAX, port, text, webAddress, wholeNumber } from './setting-values.ts';

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

const SECONDS_MAX = 86_400;
/** A name and a line on the contact page. */
const OPERATOR_MAX = 60;
const CONTACT_MAX = 200;
/** It stands on a button. */
const OIDC_NAME_MAX = 20;

export const RENDER_MODES = ['off', 'needed', 'looks'] as const;
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
  XUNJIAN_DATABASE_POOL: wholeNumber(2, 500).default(DATABASE_DEFAULTS.poolSize).register(WORDS, {
    meaning: '每个进程到 PostgreSQL 的连接数上限',
    allowed: '2 到 500 的整数',
  }),
  XUNJIAN_DATABASE_CONNECT_SECONDS: wholeNumber(1, 300)
    .default(DATABASE_DEFAULTS.connectSeconds)
    .register(WORDS, { meaning: '连接 PostgreSQL 最多等几秒', allowed: '1 到 300 的整数' }),
  XUNJIAN_DATABASE_STATEMENT_SECONDS: wholeNumber(0, SECONDS_MAX)
    .default(DATABASE_DEFAULTS.statementSeconds)
    .register(WORDS, {
      meaning: '一条语句最多跑几秒；0 = 不限',
      allowed: `0 到 ${SECONDS_MAX} 的整数`,
    }),
  XUNJIAN_DATABASE_RETRY_SECONDS: wholeNumber(0, SECONDS_MAX)
    .default(DATABASE_DEFAULTS.retrySeconds)
    .register(WORDS, {
      meaning: '数据库断开后，批次最多等几秒再放弃',
      allowed: `0 到 ${SECONDS_MAX} 的整数`,
    }),
  XUNJIAN_EVIDENCE_DIR: text.optional().register(WORDS, {
    meaning: '证据目录：抓取的原文（WARC）',
    allowed: '一个目录',
    unset: '数据目录下的 evidence',
  }),
  XUNJIAN_EVIDENCE_KEEP_ROUNDS: wholeNumber(1, 10_000).optional().register(WORDS, {
    meaning: '原文全部保留最近几个批次；更早的只留通报用到的',
    allowed: '1 到 10000 的整数',
    unset: '一直保留',
  }),
  XUNJIAN_EVIDENCE_KEEP_DAYS: wholeNumber(1, 100_000).optional().register(WORDS, {
    meaning: '原文全部保留几天；更早的只留通报用到的',
    allowed: '1 到 100000 的整数',
    unset: '一直保留',
  }),
  XUNJIAN_EVIDENCE_MAX_BYTES: bytes.optional().register(WORDS, {
    meaning: '证据的总容量上限；到了以后只留摘要，并会说明',
    allowed: '500GB、2TB 这样，或字节数',
    unset: '不限',
  }),
  XUNJIAN_EVIDENCE_S3_ENDPOINT: webAddress.optional().register(WORDS, {
    meaning: '把写完的证据段存到 S3 兼容的对象存储：它的地址',
    allowed: '以 http:// 或 https:// 开头的网址',
    unset: '留在证据目录里',
  }),
  XUNJIAN_EVIDENCE_S3_BUCKET: text
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
    .optional()
    .register(WORDS, { meaning: '对象存储的桶', allowed: '3 到 63 个小写字母、数字、点或横线' }),
  XUNJIAN_EVIDENCE_S3_REGION: text.default('us-east-1').register(WORDS, {
    meaning: '对象存储的区域',
    allowed: '一个名称',
  }),
  XUNJIAN_EVIDENCE_S3_PREFIX: text
    .regex(/^((?!\.+\/)[\w.-]+\/)*$/)
    .default('')
    .register(WORDS, { meaning: '桶里的前缀', allowed: 'xunjian/ 这样，以 / 结尾' }),
  XUNJIAN_EVIDENCE_S3_ACCESS_KEY: text
    .transform((key) => new Secret(key))
    .optional()
    .register(WORDS, { meaning: '对象存储的访问密钥', allowed: '一串字符', secret: true }),
  XUNJIAN_EVIDENCE_S3_SECRET_KEY: text
    .transform((key) => new Secret(key))
    .optional()
    .register(WORDS, { meaning: '对象存储的私有密钥', allowed: '一串字符', secret: true }),
  XUNJIAN_AUDIT_KEY: text
    .regex(/^[0-9a-fA-F]{64}([\s,]+[0-9a-fA-F]{64})*$/)
    .transform((key) => new Secret(key))
    .optional()
    .register(WORDS, {
      meaning: '审计链的密钥，最新的在前；几个进程共用一个 PostgreSQL 时必须都设，而且相同',
      allowed: '64 位十六进制；几把之间用空格隔开',
      unset: '数据目录下的 audit-key，第一次用时生成',
      secret: true,
    }),
  XUNJIAN_AUDIT_KEEP_DAYS: wholeNumber(180, 100_000).optional().register(WORDS, {
    meaning: '审计记录保存几天；更早的由 xunjian audit prune 清理',
    allowed: '180 到 100000 的整数',
    unset: '一直保留',
  }),
  XUNJIAN_PORT: port.default(8620).register(WORDS, {
    meaning: '服务在 127.0.0.1 上的端口；被占用时往后找',
    allowed: `0 到 ${PORT_MAX} 的整数（0 表示任意空闲端口）`,
  }),
  XUNJIAN_PUBLIC_URL: webAddress.optional().register(WORDS, {
    meaning: '别人访问本平台用的地址（本机的反向代理负责加密）',
    allowed: '以 https:// 或 http:// 开头的网址，不带路径',
    unset: '只接受本机访问',
  }),
  XUNJIAN_SECRET_KEY: text
    .regex(/^[\w-]{43}([\s,]+[\w-]{43}){0,4}$/)
    .transform((key) => new Secret(key))
    .optional()
    .register(WORDS, {
      meaning:
        '本安装的密钥：两步验证、账号密钥的封存由它派生；多台机器共用一个 PostgreSQL 时要相同',
      allowed: '32 字节的 base64url（43 个字符）；换密钥时新的在前，逗号后面是旧的',
      unset: '数据目录下的 secret.key，第一次使用时生成',
      secret: true,
    }),
  XUNJIAN_PASSWORD_MIN: wholeNumber(8, 64).default(DEFAULT_POLICY.passwordMin).register(WORDS, {
    meaning: '密码至少几个字符',
    allowed: '8 到 64 的整数',
  }),
  XUNJIAN_PASSWORDS_REMEMBERED: wholeNumber(0, 24)
    .default(DEFAULT_POLICY.passwordsRemembered)
    .register(WORDS, { meaning: '最近几次用过的密码不能再用', allowed: '0 到 24 的整数' }),
  XUNJIAN_SIGN_IN_FAILURES: wholeNumber(3, 100)
    .default(DEFAULT_POLICY.failuresMax)
    .register(WORDS, {
      meaning: '连续输错几次密码就锁定',
      allowed: '3 到 100 的整数',
    }),
  XUNJIAN_LOCK_MINUTES: wholeNumber(1, 1_440).default(DEFAULT_POLICY.lockMinutes).register(WORDS, {
    meaning: '锁定几分钟',
    allowed: '1 到 1440 的整数',
  }),
  XUNJIAN_SESSION_IDLE_MINUTES: wholeNumber(1, 1_440)
    .default(DEFAULT_POLICY.idleMinutes)
    .register(WORDS, { meaning: '多少分钟不操作就要重新登录', allowed: '1 到 1440 的整数' }),
  XUNJIAN_SESSION_HOURS: wholeNumber(1, 168).default(DEFAULT_POLICY.sessionHours).register(WORDS, {
    meaning: '一次登录最长几小时',
    allowed: '1 到 168 的整数',
  }),
  XUNJIAN_OIDC_ISSUER: webAddress.optional().register(WORDS, {
    meaning: '统一身份登录（OIDC）：发行者地址；与下面两项一起设才开启',
    allowed: '以 https:// 开头的网址（本机可用 http://）',
    unset: '只用密码登录',
  }),
  XUNJIAN_OIDC_CLIENT_ID: text.optional().register(WORDS, {
    meaning: '在统一身份服务登记本平台得到的客户端编号',
    allowed: '一串字符',
  }),
  XUNJIAN_OIDC_CLIENT_SECRET: text
    .transform((secret) => new Secret(secret))
    .optional()
    .register(WORDS, { meaning: '同时得到的客户端密钥', allowed: '一串字符', secret: true }),
  XUNJIAN_OIDC_NAME: z
    .string()
    .max(OIDC_NAME_MAX)
    .default('统一身份认证')
    .register(WORDS, {
      meaning: '登录页按钮上的名称：用“……”登录',
      allowed: `不超过 ${OIDC_NAME_MAX} 个字`,
    }),
  XUNJIAN_OIDC_CLAIM: text
    .regex(/^[\w:./-]{1,100}$/)
    .default('sub')
    .register(WORDS, {
      meaning: '用哪一项认人；必须一人一个、永不转给别人（邮箱、手机号不合适）',
      allowed: '一个声明（claim）的名称',
    }),
  XUNJIAN_OIDC_SCOPE: text
    .regex(/^openid( [\x21\x23-\x5b\x5d-\x7e]+)*$/)
    .default('openid profile')
    .register(WORDS, {
      meaning: '向统一身份服务要哪些内容（scope）',
      allowed: 'openid 开头，空格隔开',
    }),
  XUNJIAN_WECHAT_APPID: text.optional().register(WORDS, {
    meaning: '微信第三方平台（开放平台登记）的 AppID；与下面三项一起设，账号管理员才能扫码授权',
    allowed: '一串字符',
    unset: '只用各账号自己的 AppSecret',
  }),
  XUNJIAN_WECHAT_SECRET: text
    .transform((secret) => new Secret(secret))
    .optional()
    .register(WORDS, { meaning: '第三方平台的 AppSecret', allowed: '一串字符', secret: true }),
  XUNJIAN_WECHAT_TOKEN: text
    .transform((secret) => new Secret(secret))
    .optional()
    .register(WORDS, {
      meaning: '开放平台上填的“消息校验Token”',
      allowed: '一串字符',
      secret: true,
    }),
  XUNJIAN_WECHAT_ENCODING_KEY: text
    .regex(/^[A-Za-z0-9]{43}([\s,]+[A-Za-z0-9]{43})?$/)
    .transform((keys) => keys.split(/[\s,]+/).map((key) => new Secret(key)))
    .optional()
    .register(WORDS, {
      meaning: '开放平台上填的“消息加解密Key”；更换期间新的在前，逗号后面是旧的',
      allowed: '43 个字母和数字，一个或两个',
      secret: true,
    }),
  XUNJIAN_WECHAT_API: webAddress.default(WECHAT_API).register(WORDS, {
    meaning: '微信接口的地址；经代理访问时改成代理的',
    allowed: '以 https:// 或 http:// 开头的网址',
  }),
  XUNJIAN_CASE_REVIEW_WORKDAYS: wholeNumber(1, 60)
    .default(DEFAULT_LIFECYCLE_POLICY.reviewWorkdays)
    .register(WORDS, { meaning: '账号事项：初审几个工作日内办', allowed: '1 到 60 的整数' }),
  XUNJIAN_CASE_APPROVE_WORKDAYS: wholeNumber(1, 60)
    .default(DEFAULT_LIFECYCLE_POLICY.approveWorkdays)
    .register(WORDS, { meaning: '账号事项：终审几个工作日内办', allowed: '1 到 60 的整数' }),
  XUNJIAN_CLOSING_ANNOUNCE_DAYS: wholeNumber(0, 365)
    .default(DEFAULT_LIFECYCLE_POLICY.announceDays)
    .register(WORDS, {
      meaning: '关停账号：公告几天以后才关停；不满的要写明理由',
      allowed: '0 到 365 的整数',
    }),
  XUNJIAN_UPKEEP_DUE_DAY: wholeNumber(1, 28)
    .default(DEFAULT_LIFECYCLE_POLICY.dueDay)
    .register(WORDS, { meaning: '每月维护确认的期限：当月几日', allowed: '1 到 28 的整数' }),
  XUNJIAN_UPKEEP_CHASE_BEFORE: wholeNumber(0, 27)
    .default(DEFAULT_LIFECYCLE_POLICY.chaseDaysBefore)
    .register(WORDS, { meaning: '每月维护确认：到期前几天提醒', allowed: '0 到 27 的整数' }),
  XUNJIAN_UPKEEP_CHASE_EVERY: wholeNumber(1, 31)
    .default(DEFAULT_LIFECYCLE_POLICY.chaseEveryDays)
    .register(WORDS, { meaning: '每月维护确认：逾期以后每几天催一次', allowed: '1 到 31 的整数' }),
  XUNJIAN_RECTIFICATION_POLICY: text.optional().register(WORDS, {
    meaning: '整改办法：期限、催办、延期、升级的工作日数；只管以后下发的通知',
    allowed: '一个 .json 文件',
    unset: '程序目录下的 policies/rectification.json',
  }),
  XUNJIAN_FIND_ERROR_FORM_PER_DAY: wholeNumber(0, 100_000).default(0).register(WORDS, {
    meaning: '公开的找错表单（/find-error）一天最多收几条留言；0 = 不开',
    allowed: '0 到 100000 的整数',
  }),
  XUNJIAN_FIND_ERROR_KEEP_DAYS: wholeNumber(KEEP_DAYS_MIN, KEEP_DAYS_MAX)
    .default(180)
    .register(WORDS, {
      meaning: '找错留言答复以后，留言人的称呼和联系方式保存多少天；没有答复的一直保存',
      allowed: `${KEEP_DAYS_MIN} 到 ${KEEP_DAYS_MAX} 的整数`,
    }),
  XUNJIAN_ASSESSMENT_SCHEME: text.optional().register(WORDS, {
    meaning: '年度考核办法：指标、分值、启用哪些；只管以后开始的考核',
    allowed: '一个 .json 文件',
    unset: '程序目录下的 assessments/national-2019.json',
  }),
  XUNJIAN_IMPORT_REVIEW_CHANGES: wholeNumber(0, 1_000_000)
    .default(DEFAULT_REGISTRY_POLICY.reviewChanges)
    .register(WORDS, {
      meaning: '在控制台导入名录：新增和变更达到几处，要第二个人批准；0 = 不论多少都不用',
      allowed: '0 到 1000000 的整数',
    }),
  XUNJIAN_IMPORT_REVIEW_REMOVALS: wholeNumber(0, 1_000_000)
    .default(DEFAULT_REGISTRY_POLICY.reviewRemovals)
    .register(WORDS, {
      meaning: '在控制台导入名录：关停、注销、更换标识达到几处，要第二个人批准；0 = 不用',
      allowed: '0 到 1000000 的整数',
    }),
  XUNJIAN_REGISTER_DIFF_DAYS: wholeNumber(1, 365)
    .default(DEFAULT_REGISTRY_POLICY.diffDays)
    .register(WORDS, {
      meaning: '与全国报送系统的比对保存几天',
      allowed: '1 到 365 的整数',
    }),
  XUNJIAN_ALERT_LEAD_DAYS: wholeNumber(1, 13)
    .default(DEFAULT_MATRIX_POLICY.leadDays)
    .register(WORDS, {
      meaning: '账号多久没有更新就提醒：到规则集的期限（一般 14 天）之前几天',
      allowed: '1 到 13 的整数',
    }),
  XUNJIAN_SWEEP_AT: text
    .regex(/^(off|([01]\d|2[0-3]):[0-5]\d)$/)
    .default('04:00')
    .register(WORDS, {
      meaning: '每天几点起巡看账号（北京时间）；服务没有开着的，开了就补；off 不自动巡看',
      allowed: '04:00 这样的时间，或 off',
    }),
  XUNJIAN_SWEEP_WINDOW_MINUTES: wholeNumber(0, 360).default(60).register(WORDS, {
    meaning: '巡看在那以后几分钟之内开始：每天、每个安装各不相同，免得同时去问平台',
    allowed: '0 到 360 的整数',
  }),
  XUNJIAN_OPERATOR: z
    .string()
    .max(OPERATOR_MAX)
    .optional()
    .register(WORDS, {
      meaning: '使用本平台的单位全称：写在联系页和给网站主的函里',
      allowed: `不超过 ${OPERATOR_MAX} 个字`,
    }),
  XUNJIAN_CONTACT: z
    .string()
    .max(CONTACT_MAX)
    .optional()
    .register(WORDS, {
      meaning: '被访问的网站怎么找到你们：联系人、电话、邮箱，一行',
      allowed: `不超过 ${CONTACT_MAX} 个字`,
    }),
  XUNJIAN_CRAWL_ADDRESSES: text
    .transform((list) => list.split(/[\s,，、]+/).filter((each) => each !== ''))
    .refine((list) => list.every(isAddressRange))
    .default([])
    .register(WORDS, {
      meaning: '访问网站时的出口地址，几个之间用逗号或空格隔开：写在联系页和放行材料里',
      allowed: 'IP 地址或网段，如 203.0.113.8, 2001:db8::/64',
      unset: '不写',
    }),
  XUNJIAN_DESIGNATED_ITEMS: text.optional().register(WORDS, {
    meaning: '指定转载条目的清单（标题、发布时间、网址）：网站要在24小时内转载，用于规范提示',
    allowed: '一个 .csv 或 .xlsx 文件',
    unset: '不检查转载',
  }),
  XUNJIAN_CONTACT_URL: webAddress.optional().register(WORDS, {
    meaning: '联系页：写进用户代理，让被访问的网站找得到你们；要让外面打得开',
    allowed: '以 http:// 或 https:// 开头的网址',
    unset: '设了 XUNJIAN_PUBLIC_URL 就是它的 /about-crawler，否则是不能用的 example.invalid',
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
    meaning: 'Chromium 的位置，用来印 PDF、渲染页面',
    allowed: '一个可执行文件',
    unset: '在常见位置寻找；没有就不出 PDF，也不渲染',
  }),
  XUNJIAN_RENDER: z
    .enum(RENDER_MODES)
    .default('needed')
    .register(WORDS, {
      meaning:
        '批次里用浏览器（要有 Chromium）：off 不用；needed 只看静态网页上没有的，和要判为打不开、不对的链接；looks 还看首页的无障碍和适老化。补采不用',
      allowed: RENDER_MODES.join('、'),
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
