import type { Instant } from '../lib/pure/dates.ts';

/** Register status (状态). Only `running` counts in 实际运行数. `closed` shows nothing new any more, `deregistered` (已注销) is gone. */
export type SubjectStatus =
  | 'applied'
  | 'running'
  | 'suspended'
  | 'closing'
  | 'closed'
  | 'deregistered'
  | 'migrated';

/** Statuses under which nothing new is published, in Chinese. */
export const ENDED_WORDS = {
  closed: '已关停',
  deregistered: '已注销',
  migrated: '已迁移',
} as const satisfies Partial<Record<SubjectStatus, string>>;
export const ENDED_STATUSES = Object.keys(ENDED_WORDS) as (keyof typeof ENDED_WORDS)[];

export type SubjectKind = 'site' | 'account';

interface SubjectBase {
  readonly id: number;
  readonly name: string;
  /** The sponsoring unit (主办单位 / 代表主体). */
  readonly sponsorId: number;
  readonly sponsorName: string;
  /** Print row (通报行) after inheritance from the unit tree. */
  readonly printRow: string;
  readonly status: SubjectStatus;
  /** Position in the register as imported; orders rows inside a print row. */
  readonly registryOrder: number;
  /** A monitoring time (监测时间点) of its own, when the register gives one. */
  readonly monitoredAt: Instant | null;
}

/** A government website (政府网站). Identity: its site code. */
export interface Site extends SubjectBase {
  readonly kind: 'site';
  /** Site code (网站标识码): ten digits, or `bm` + eight digits. */
  readonly siteCode: string;
  readonly homeUrl: string;
  readonly isPortal: boolean;
  /** Whether it has outward service duties (有无对外服务职能); without them the service rules do not apply. */
  readonly hasService: boolean;
}

/** A government new-media account (政务新媒体). Identity: platform + accountId. */
export interface Account extends SubjectBase {
  readonly kind: 'account';
  /** As registered: 微信公众号, 头条号, 抖音号, 新浪微博, 移动客户端 … */
  readonly platform: string;
  readonly accountId: string;
}

export type Subject = Site | Account;

/** The only platform not judged by media.veto.stale.two-weeks. */
export const MOBILE_APP_PLATFORM = '移动客户端';

export const isMiniProgram = (platform: string): boolean => platform.endsWith('小程序');

/** Apps and mini programs are opened and used; they are no accounts that publish on somebody else's platform. */
export const isApplication = (platform: string): boolean =>
  platform === MOBILE_APP_PLATFORM || isMiniProgram(platform);
