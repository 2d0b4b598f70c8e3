import { type ErrorRule, NO_ANSWER, NOT_ASKED } from '../platform-errors.ts';

const REAUTHORISE = '请账号管理员在信源里重新授权';

/** Codes of the interfaces (open.weibo.com wiki, Error_code): 1xxxx of the system, 2xxxx of a service, 213xx of OAuth. */
export const WEIBO_ERRORS: readonly ErrorRule[] = [
  {
    codes: [10001, 10002, 10003, 10009, 10010, 10011, 21331, NO_ANSWER],
    action: 'retry',
    means: '微博平台繁忙或没有答复',
    next: '系统稍后再试',
  },
  { codes: [NOT_ASKED], action: 'back-off', means: '一次访问的调用次数用完', next: '系统稍后再试' },
  // An ordinary application gets no refresh token: whatever is wrong with a token, its owner has to authorise anew.
  {
    codes: [21314, 21315, 21316, 21317, 21319, 21327, 21332, 10006],
    action: 'reauthorise',
    means: '授权已过期、被收回或无效',
    next: REAUTHORISE,
  },
  {
    codes: [10022],
    action: 'park-hour',
    means: '本机地址本小时的调用次数已满',
    next: '系统在下一个整点再试',
  },
  {
    codes: [10023, 10024],
    action: 'park-hour',
    means: '这个账号本小时的调用次数已满',
    next: '系统在下一个整点再试',
  },
  {
    codes: [10004],
    action: 'stop-operations',
    means: '本机地址不许调用接口',
    next: '请运维人员在微博开放平台核对服务器地址',
  },
  {
    codes: [10005, 10014, 21337],
    action: 'drop-capability',
    means: '应用没有这个接口的权限',
    next: '请运维人员在微博开放平台申请，申请到之前由人工观察',
  },
  {
    codes: [21321],
    action: 'drop-capability',
    means: '应用没有通过审核，只能授权给 15 个测试账号',
    next: '请运维人员提交应用审核，通过之前由人工观察',
  },
  {
    codes: [10013, 20003],
    action: 'stop-owner',
    means: '微博账号不存在或已被封禁',
    next: '请主办单位核对账号，并由人工观察',
  },
  {
    codes: [10008, 10012, 10016, 10017, 10018, 10020, 10021],
    action: 'defect',
    means: '请求不符合接口的要求',
    next: '请运维人员报告软件缺陷',
  },
];
