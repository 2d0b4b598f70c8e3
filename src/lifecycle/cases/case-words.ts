import type { SubjectStatus } from '../../domain/subject.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { AccountCase, CaseKind, CaseState, CaseStep, Refusal } from './case.ts';

export const KIND_WORDS: Readonly<Record<CaseKind, string>> = {
  open: '开设',
  enrol: '补登记',
  change: '变更',
  suspend: '暂停更新',
  resume: '恢复更新',
  close: '关停',
  deregister: '注销',
};

export const STATE_WORDS: Readonly<Record<CaseState, string>> = {
  draft: '草稿',
  submitted: '待初审',
  reviewed: '待终审',
  approved: '已批准，待办结',
  done: '已办结',
  returned: '已退回',
  rejected: '不予批准',
  withdrawn: '已撤回',
};

export const STEP_WORDS: Readonly<Record<CaseStep | 'draft', string>> = {
  draft: '新建',
  amend: '修改内容',
  submit: '提交申请',
  withdraw: '撤回申请',
  review: '初审通过',
  takeBack: '收回初审',
  approve: '终审批准',
  return: '退回补正',
  reject: '不予批准',
  announce: '登记公告',
  complete: '办结',
  revoke: '撤销批准',
};

export const STATUS_WORDS: Readonly<Record<SubjectStatus, string>> = {
  applied: '申请中',
  running: '正常运行',
  suspended: '暂停',
  closing: '关停中',
  closed: '已关停',
  deregistered: '已注销',
  migrated: '已迁移',
};

/** Why a step is refused, for the one who wanted it. */
export function wordRefusal(given: AccountCase, step: CaseStep, refusal: Refusal): UserError {
  const state = (code: string, message: string): UserError =>
    new UserError(code, message, { family: 'state' });
  if (refusal === 'forbidden')
    return new UserError('identity.forbidden', FORBIDDEN[step] ?? '您没有办这一步的权限。');
  if (refusal === 'notOwn')
    return new UserError(
      'identity.forbidden',
      '只有申请人和本单位的人能改动、撤回和办结这件事项。',
    );
  if (refusal === 'notReviewer')
    return new UserError('identity.forbidden', '只有给出初审的本人能收回初审。');
  if (refusal === 'samePerson')
    return state(
      'case.same-person',
      '申请、初审、终审要由不同的人来做；这件事项您已经办过一步，请由另一个人办。',
    );
  return state(
    'case.state',
    `这件事项现在“${STATE_WORDS[given.state]}”，不能再这样办；请刷新看最新进展。`,
  );
}

const FORBIDDEN: Partial<Record<CaseStep, string>> = {
  review: '您没有初审的权限：初审由市（部门）管理员或主管单位办。',
  revoke: '您没有撤销批准的权限：由看得到全部单位的主管单位办。',
  approve: '您没有终审的权限：终审由看得到全部单位的主管单位办。',
};
