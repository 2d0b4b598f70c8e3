import { z } from 'zod';

/** What each kind of case is asked with: the forms, checked wherever they come in. Dates are days of Asia/Shanghai. */

export const FUNCTIONS = ['信息发布', '政务互动', '办事服务'] as const;

const words = (max: number) => z.string().trim().min(1).max(max);
const optional = (max: number) => z.string().trim().max(max);
const Reason = words(1000).describe('理由');
const Link = z
  .string()
  .max(1000)
  .refine((text) => text === '' || isWebAddress(text), '应是 http 或 https 的网址')
  .describe('网址；没有就写空');

/** Shown as a link: nothing but a web address may stand there. */
export function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  );
}

/** Who answers for an account, and what it is for: columns of the national system (new-media-apis.md §10). */
const PROFILE = {
  functions: z.array(z.enum(FUNCTIONS)).min(1).max(FUNCTIONS.length).describe('功能定位'),
  leader: optional(50).describe('分管领导'),
  responsible: words(50).describe('责任人'),
  contact: words(50).describe('联系人'),
  phone: words(60).describe('联系电话'),
  homeLink: Link.describe('主页链接；没有就写空'),
};

const NEW_ACCOUNT = {
  platform: words(50).describe('平台，如 微信公众号'),
  name: words(200).describe('账号名称'),
  ...PROFILE,
  reason: Reason,
};

export const OpenForm = z.strictObject({ kind: z.literal('open'), ...NEW_ACCOUNT });
export const EnrolForm = z.strictObject({
  kind: z.literal('enrol'),
  ...NEW_ACCOUNT,
  accountId: words(200).describe('平台上的账号 ID'),
  openedOn: z.iso.date().nullable().describe('开设日期'),
});

/** Only what is to change stands in it. */
const Changes = z
  .strictObject({
    name: words(200).optional(),
    accountId: words(200).optional(),
    sponsorId: z
      .int()
      .min(1)
      .max(2 ** 31 - 1)
      .optional()
      .describe('新的代表主体'),
    functions: PROFILE.functions.optional(),
    leader: PROFILE.leader.optional(),
    responsible: PROFILE.responsible.optional(),
    contact: PROFILE.contact.optional(),
    phone: PROFILE.phone.optional(),
    homeLink: Link.optional(),
  })
  .refine((changes) => Object.keys(changes).length > 0, '至少要改一项');
export type Changes = z.infer<typeof Changes>;
export type ChangeField = keyof Changes;

export const ChangeForm = z.strictObject({
  kind: z.literal('change'),
  changes: Changes,
  reason: Reason,
});
export const SuspendForm = z.strictObject({
  kind: z.literal('suspend'),
  until: z.iso.date().describe('暂停到哪一天'),
  reason: Reason,
});
export const ResumeForm = z.strictObject({ kind: z.literal('resume'), reason: Reason });
export const CloseForm = z.strictObject({
  kind: z.literal('close'),
  closesOn: z.iso.date().describe('拟停止更新的日期'),
  followers: words(1000).describe('粉丝和已发布的内容怎么处理'),
  announcement: optional(3000).describe('公告正文；空：按模板生成'),
  reason: Reason,
});
export const DeregisterForm = z.strictObject({
  kind: z.literal('deregister'),
  deregisteredOn: z.iso.date().describe('在平台上注销的日期'),
  reason: Reason,
});

export const CaseForm = z.discriminatedUnion('kind', [
  OpenForm,
  EnrolForm,
  ChangeForm,
  SuspendForm,
  ResumeForm,
  CloseForm,
  DeregisterForm,
]);
export type CaseForm = z.infer<typeof CaseForm>;
export type FormOf<K extends CaseForm['kind']> = Extract<CaseForm, { kind: K }>;

/** Fields of a change that are further columns of the register. */
export const PROFILE_FIELDS = [
  ...(['functions', 'leader', 'responsible', 'contact', 'phone', 'homeLink'] as const),
] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];

export const FIELD_WORDS: Readonly<Record<ChangeField, string>> = {
  name: '账号名称',
  accountId: '账号 ID',
  sponsorId: '代表主体',
  functions: '功能定位',
  leader: '分管领导',
  responsible: '责任人',
  contact: '联系人',
  phone: '联系电话',
  homeLink: '主页链接',
};

/** Every field of the forms, for whoever left one out. */
export const FORM_WORDS: Readonly<Record<string, string>> = {
  ...FIELD_WORDS,
  platform: '平台',
  openedOn: '开设日期',
  reason: '理由',
};
