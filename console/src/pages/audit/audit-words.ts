import { REVIEW_WORDS, ROLE_WORDS, ROUND_STATE_WORDS } from '../../util/words.ts';
import { CONTEST_WORDS, DECISION_WORDS } from '../findings/decision-words.ts';

/** Fields as people call them. One that is not here keeps its own name, for a record must lose nothing. */
const FIELDS: Readonly<Record<string, string>> = {
  action: '动作',
  contest: '申辩',
  decision: '决定',
  isOn: '启用',
  login: '登录名',
  name: '姓名',
  note: '说明',
  reason: '理由',
  review: '审核',
  reviewWaived: '免予审核的理由',
  roles: '角色',
  secondFactor: '第二因素',
  state: '状态',
  text: '内容',
  undeterminedWaived: '不计入的理由',
  unit: '单位',
  unitId: '单位编号',
  version: '版本',
};

const STATES: Readonly<Record<string, string>> = {
  ...CONTEST_WORDS,
  ...REVIEW_WORDS,
  ...ROUND_STATE_WORDS,
  ...{ active: '正常', disabled: '已停用', locked: '已锁定', issued: '已签发' },
};
const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  review: REVIEW_WORDS,
  state: STATES,
  from: STATES,
  decision: DECISION_WORDS,
  roles: ROLE_WORDS,
};

export function fieldWords(path: string): string {
  return FIELDS[lastOf(path)] ?? path;
}

/** A value of a closed list in words; anything else as it stands. */
export function valueWords(path: string, value: string): string {
  const words = VALUES[lastOf(path)];
  return words
    ? value
        .split('、')
        .map((each) => words[each] ?? each)
        .join('、')
    : value;
}

const lastOf = (path: string): string => path.split('.').at(-1) ?? path;
