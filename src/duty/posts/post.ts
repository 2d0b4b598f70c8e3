import type { RecordField } from '../../domain/account-record.ts';

export const POSTS = ['leader', 'responsible', 'onDuty', 'operator'] as const;
/** Who answers for a site or an account, and for what. */
export type Post = (typeof POSTS)[number];

interface PostSpec {
  readonly title: string;
  /** Without it a running site or account is listed as lacking. */
  readonly isRequired: boolean;
  /** Another person comes in by a hand-over, not by a stroke of the pen. */
  readonly changesHands: boolean;
  /** Where the register keeps the same of an account: one truth, kept in both at once. */
  readonly registerName: RecordField;
  readonly registerPhone?: RecordField;
  readonly nameMax: number;
}

export const POST_SPECS: Readonly<Record<Post, PostSpec>> = {
  leader: {
    ...{ title: '分管领导', isRequired: true, changesHands: false, nameMax: 50 },
    registerName: 'leader',
  },
  responsible: {
    ...{ title: '责任人', isRequired: true, changesHands: true, nameMax: 50 },
    registerName: 'responsible',
  },
  onDuty: {
    ...{ title: '管理员', isRequired: true, changesHands: true, nameMax: 50 },
    ...{ registerName: 'contact', registerPhone: 'phone' },
  },
  operator: {
    ...{ title: '运维单位', isRequired: false, changesHands: false, nameMax: 200 },
    registerName: 'upkeepCompany',
  },
};

export const REQUIRED_POSTS = POSTS.filter((post) => POST_SPECS[post].isRequired);
export const OFFICE_MAX = 100;
export const PHONE_MAX = 60;
