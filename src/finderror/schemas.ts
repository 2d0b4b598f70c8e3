import { z } from 'zod';
import { FIND_ERROR_STATES, ORIGINS } from './find-error.ts';

/** A message as lists show it. */
export const MESSAGE = {
  id: z.number(),
  number: z.string().nullable().describe('国家平台的编号'),
  origin: z.enum(ORIGINS),
  siteName: z.string(),
  pageUrl: z.string(),
  problemType: z.string(),
  content: z.string(),
  unitId: z.number().nullable(),
  unitName: z.string().nullable(),
  state: z.enum(FIND_ERROR_STATES),
  receivedAt: z.string(),
  handOnBy: z.string(),
  dueOn: z.string(),
  isExtended: z.boolean(),
  isProvisional: z.boolean().describe('那一年的节假日安排还没有公布，期限可能会变'),
  isLate: z.boolean(),
  isHandOnLate: z.boolean().describe('过了转办的期限还没有交办'),
  answeredOn: z.string().nullable(),
  answer: z.string().nullable(),
  isTrue: z.boolean().nullable().describe('是否属实'),
  isPublished: z.boolean(),
  version: z.number(),
};
export const MESSAGE_EXAMPLE = {
  ...{ id: 4, number: '202611160001', origin: 'import' as const, siteName: '岳阳市门户' },
  ...{ pageUrl: 'http://yy.test/a.html', problemType: '内容无法访问', content: '打不开' },
  ...{ unitId: 3, unitName: '岳阳市', state: 'assigned' as const, handOnBy: '2026-11-17' },
  ...{ receivedAt: '2026-11-16T01:30:00.000Z', dueOn: '2026-11-19', isExtended: false },
  ...{ isProvisional: false, isLate: false, isHandOnLate: false, answeredOn: null },
  ...{ answer: null, isTrue: null, isPublished: false, version: 1 },
};
export const MessageList = z
  .object({
    items: z.array(z.object(MESSAGE)),
    total: z.number(),
    totalIsExact: z.boolean(),
  })
  .meta({
    id: 'FindErrorList',
    example: { items: [MESSAGE_EXAMPLE], total: 1, totalIsExact: true },
  });

export const MessageDetail = z
  .object({
    ...MESSAGE,
    ...{ siteId: z.number().nullable(), leftAt: z.string(), receivedOn: z.string() },
    reporterName: z.string().describe('留言人的称呼；只有本平台的表单有'),
    reporterContact: z.string().describe('留言人的联系方式；只给办理的人看'),
    reporterClearedOn: z.string().nullable().describe('按保存期限清除称呼和联系方式的日期'),
    publishedAt: z.string().nullable(),
    forPublic: z
      .object({ content: z.string(), answer: z.string(), name: z.string() })
      .describe('公布的文字；没有公布过的，是遮住个人信息以后的建议'),
    steps: z.array(
      z.object({ step: z.string(), byName: z.string(), at: z.string(), note: z.string() }),
    ),
  })
  .meta({
    id: 'FindErrorMessage',
    example: {
      ...{ ...MESSAGE_EXAMPLE, siteId: 9, leftAt: '2026-11-16T01:00:00.000Z' },
      ...{ receivedOn: '2026-11-16', reporterName: '王先生', reporterContact: '' },
      ...{ reporterClearedOn: null, publishedAt: null, steps: [] },
      forPublic: { content: '打不开', answer: '', name: '王**' },
    },
  });

export const Taken = z
  .object({ received: z.number(), assigned: z.number(), known: z.number() })
  .meta({ id: 'TakenFindErrors', example: { received: 1, assigned: 1, known: 0 } });

/** As the national platform sorts them. */
export const PROBLEM_TYPES = [
  ...['内容无法访问', '信息不更新', '内容不准确', '咨询留言不回复', '错别字'],
  ...['虚假伪造内容', '其他'],
] as const;
const Line = (max: number) => z.string().trim().max(max);
export const LeftBody = z
  .strictObject({
    siteName: Line(200).default('').describe('网站名称'),
    pageUrl: z
      .union([z.literal(''), z.url({ protocol: /^https?$/ }).max(1_000)])
      .default('')
      .describe('有问题的网页的网址'),
    problemType: z.enum(PROBLEM_TYPES),
    content: Line(2_000).min(5).describe('哪里不对'),
    name: Line(20).default('').describe('怎样称呼，可以不写'),
    contact: Line(100).default('').describe('电话或邮箱，可以不写；不公布'),
    homepage: z.literal('').default('').describe('留空；人看不到这一栏，程序才会填'),
  })
  .meta({
    id: 'LeftFindError',
    example: {
      ...{ siteName: '岳阳市门户', pageUrl: 'http://yy.test/a.html', problemType: '内容无法访问' },
      content: '首页的“办事大厅”打不开。',
    },
  });
export const FormState = z
  .object({
    ...{ isOpen: z.boolean(), problemTypes: z.array(z.string()), perDay: z.number() },
    keepDays: z.number().describe('答复以后，称呼和联系方式保存多少天'),
  })
  .meta({
    id: 'FindErrorForm',
    example: { isOpen: true, problemTypes: ['其他'], perDay: 5, keepDays: 180 },
  });
export const Published = z
  .object({
    items: z.array(
      z.object({
        ...{ id: z.number(), siteName: z.string(), problemType: z.string(), name: z.string() },
        ...{ content: z.string(), answer: z.string(), receivedOn: z.string() },
        ...{ answeredOn: z.string(), publishedAt: z.string() },
      }),
    ),
  })
  .meta({
    id: 'PublishedFindErrors',
    example: {
      items: [
        {
          ...{ id: 4, siteName: '岳阳市门户', problemType: '内容无法访问', name: '王**' },
          ...{ content: '首页打不开', answer: '已恢复。', receivedOn: '2026-11-16' },
          ...{ answeredOn: '2026-11-18', publishedAt: '2026-11-19T01:00:00.000Z' },
        },
      ],
    },
  });
