import { type ErrorRule, NO_ANSWER, NOT_ASKED } from '../platform-errors.ts';

/**
 * Codes of the open platform, in its old and its new numbering (developer.open-douyin.com, status-code), and those of its OAuth
 * interfaces (refresh-access-token, refresh-token).
 */
export const DOUYIN_ERRORS: readonly ErrorRule[] = [
  {
    codes: [2100004, 28001005, 28001006, NO_ANSWER],
    action: 'retry',
    means: '抖音平台繁忙或没有答复',
    next: '系统稍后再试',
  },
  { codes: [NOT_ASKED], action: 'back-off', means: '一次访问的调用次数用完', next: '系统稍后再试' },
  {
    codes: [10008, 2190002, 2190008, 28001003, 28001008],
    action: 'refresh-token',
    means: '授权已过期，续期之后仍被拒绝',
    next: '请账号管理员在信源里重新授权',
  },
  {
    codes: [10010, 10020],
    action: 'reauthorise',
    means: '授权已超过可续期的时间或次数',
    next: '请账号管理员在信源里重新授权',
  },
  {
    codes: [10003, 10013],
    action: 'stop-operations',
    means: '应用的 client_key 或 client_secret 不正确',
    next: '请运维人员核对应用设置',
  },
  {
    codes: [28001016, 28001021],
    action: 'stop-operations',
    means: '应用已被封禁、下线，或测试应用已过期',
    next: '请运维人员联系抖音开放平台',
  },
  {
    codes: [28001015],
    action: 'stop-owner',
    means: '授权与名录里的账号（open_id）不一致',
    next: '请账号管理员用名录里的账号重新授权',
  },
  {
    codes: [2100009, 28001045, 28001046, 28001047],
    action: 'stop-owner',
    means: '抖音账号已注销、被封禁或设为私密',
    next: '请主办单位核对账号，并由人工观察',
  },
  {
    codes: [
      ...[2100007, 2190003, 2190004, 10004, 28001012, 28001014, 28001018, 28001019],
      ...[28001020, 28001056],
    ],
    action: 'drop-capability',
    means: '应用没有“查询视频列表”的能力，或账号授权时没有给',
    next: '请运维人员申请能力后由账号管理员重新授权，之前由人工观察',
  },
  {
    codes: [2190001, 28003017],
    action: 'park-day',
    means: '当天的调用配额用完',
    next: '系统次日再试',
  },
  {
    codes: [28003018, 28001052],
    action: 'back-off',
    means: '请求过于频繁',
    next: '系统稍后再试',
  },
  {
    codes: [10002, 10005, 2100005, 28001007, 28001017],
    action: 'defect',
    means: '请求不符合接口的要求',
    next: '请运维人员报告软件缺陷',
  },
];
