import { UserError } from '../../lib/pure/errors.ts';
import type { TakenStep } from './case.repository.ts';
import type {
  CheckOutcome,
  RectificationCase,
  RectificationState,
  RectificationStep,
  StepRefusal,
} from './case.ts';

/** Chinese words of cases, for people. */
export const STATE_WORDS: Readonly<Record<RectificationState, string>> = {
  noticed: '待签收',
  acknowledged: '已签收',
  planned: '整改中',
  answered: '待单位负责人审核',
  submitted: '待复核',
  rechecked: '待确认',
  returned: '退回重改',
  closed: '已办结',
  merged: '并入后一期',
};

export const STEP_WORDS: Readonly<Record<TakenStep['step'], string>> = {
  open: '下发整改通知',
  acknowledge: '签收',
  plan: '填报整改计划',
  answer: '填报整改情况',
  approve: '审核上报',
  sendBack: '退回经办人',
  askExtension: '申请延期',
  grantExtension: '同意延期',
  refuseExtension: '不同意延期',
  check: '自测',
  recheck: '再次复核',
  rechecked: '系统复核',
  close: '办结',
  return: '退回重改',
  escalate: '升级督办',
  merged: '并入后一期',
  attach: '添加附件',
  detach: '去掉附件',
};

export const OUTCOME_WORDS: Readonly<Record<CheckOutcome, string>> = {
  met: '已改正',
  breached: '未改正',
  undetermined: '看不到，须人工',
};

/** Throws nothing: makes {@link UserError} `rectification.state`, `rectification.same-person` or `identity.forbidden`. */
export function wordRefusal(
  given: RectificationCase,
  step: RectificationStep,
  refusal: StepRefusal,
): UserError {
  if (refusal === 'forbidden')
    return new UserError(
      'identity.forbidden',
      `您没有“${STEP_WORDS[step]}”的权限；请找本单位的管理员。`,
    );
  if (refusal === 'samePerson')
    return new UserError(
      'rectification.same-person',
      '填报的人不能自己审核上报；请由本单位的另一位负责人办理。',
      { family: 'state' },
    );
  if (given.state === 'closed')
    return new UserError(
      'rectification.closed',
      `这件整改事项已于 ${given.closedOn} 办结，不再接收反馈；如有新情况，请联系主管单位。`,
      { family: 'state' },
    );
  if (given.state === 'merged')
    return new UserError(
      'rectification.closed',
      '这件整改事项已并入后一期的同一问题；请打开后一期的整改事项办理。',
      { family: 'state' },
    );
  return new UserError(
    'rectification.state',
    `这件整改事项现在“${STATE_WORDS[given.state]}”，不能${STEP_WORDS[step]}。`,
    { family: 'state' },
  );
}
