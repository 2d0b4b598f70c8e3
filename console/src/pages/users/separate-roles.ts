import type { Role } from '../../api/types.ts';

/** The three administrators are separated (三员分立): one person holds one of them and nothing else. Pure. */
export const ADMINISTRATORS: readonly Role[] = ['systemAdmin', 'securityAdmin', 'auditor'];

/** What each role is for, as the form explains it. */
export const ROLE_NOTES: Readonly<Record<Role, string>> = {
  systemAdmin: '建用户、停用、重设密码，看任务和设置；不能授权，不能看操作记录',
  securityAdmin: '授予角色、解锁、重设第二因素；不能建用户',
  auditor: '看全部操作记录和一个问题的全部记录；什么都不能改',
  supervisor: '名录、批次、审核、冻结、通报、规则的全部工作',
  manager: '看本单位及下级的情况，导出，代表单位申辩，填报、审核整改',
  sponsor: '看本单位的问题和证据，申辩，填报整改',
  leader: '审核上报本单位的整改情况；看问题、证据和通报',
  inspector: '审核问题、登记问题',
  editor: '编辑（后续功能）',
  reviewer: '审稿（后续功能）',
};

/** Why these roles cannot be held together, or null. */
export function whyNotTogether(roles: readonly Role[]): string | null {
  const administrators = roles.filter((role) => ADMINISTRATORS.includes(role));
  if (administrators.length > 1) return '系统管理员、安全保密管理员、安全审计员必须由不同的人担任';
  return administrators.length === 1 && roles.length > 1
    ? '三员不能兼任业务角色：要么只做管理员，要么只做业务'
    : null;
}
