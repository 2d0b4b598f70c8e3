import type { AnswerOf, ItemOf } from '../../api/types.ts';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';

export type CaseItem = ItemOf<'/api/v1/account-cases'>;
export type CaseDetail = AnswerOf<'/api/v1/account-cases/{id}'>;
export type CaseKind = CaseItem['kind'];

export const CASE_KIND_WORDS: Readonly<Record<CaseKind, string>> = {
  open: '开设',
  enrol: '补登记',
  change: '变更',
  suspend: '暂停更新',
  resume: '恢复更新',
  close: '关停',
  deregister: '注销',
};

export const CASE_STATE_WORDS: Readonly<Record<CaseItem['state'], string>> = {
  draft: '草稿',
  submitted: '待初审',
  reviewed: '待终审',
  approved: '已批准，待办结',
  done: '已办结',
  returned: '已退回',
  rejected: '不予批准',
  withdrawn: '已撤回',
};

export const CASE_ORIGIN_WORDS: Readonly<Record<CaseItem['origin'], string>> = {
  application: '单位申请',
  discovery: '系统外账号',
  upkeep: '每月维护',
};

const TONES: Readonly<Record<CaseItem['state'], Tone>> = {
  draft: 'plain',
  submitted: 'waiting',
  reviewed: 'waiting',
  approved: 'busy',
  done: 'good',
  returned: 'warn',
  rejected: 'bad',
  withdrawn: 'plain',
};

export function CaseStateTag({ given }: { readonly given: Pick<CaseItem, 'state' | 'isOverdue'> }) {
  return (
    <span className="tag-row">
      <StateTag tone={TONES[given.state]}>{CASE_STATE_WORDS[given.state]}</StateTag>
      {given.isOverdue && <StateTag tone="bad">逾期</StateTag>}
    </span>
  );
}
