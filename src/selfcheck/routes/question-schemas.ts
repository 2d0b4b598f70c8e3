import { z } from 'zod';
import { RowIdText } from '../../http/row-id.ts';
import { QUESTION_KEY } from '../questions/question.ts';
import { Line, UnitParams } from './schemas.ts';

const NOTE_MAX = 1_000;
const VERSION = z.int().min(0).max(1_000_000).describe('看到的是第几次改动，没有人办过是 0');
const NOTE = z.string().trim().max(NOTE_MAX).default('');

const KEY = '0123456789abcdef0123456789abcdef';

export const QuestionParams = UnitParams.extend({
  key: z.string().regex(QUESTION_KEY).meta({ description: '比对里的 key', example: KEY }),
});
export const QuestionFileParams = QuestionParams.extend({ fileId: RowIdText });

export const AnswerBody = z
  .strictObject({
    version: VERSION,
    reason: z.string().max(40).describe('列出的原因之一'),
    note: NOTE.describe('说明；选“其他”时必填'),
  })
  .meta({ id: 'AnswerSelfCheckQuestion', example: { version: 0, reason: 'arose', note: '' } });
export const DecideBody = z
  .strictObject({
    version: VERSION,
    isAccepted: z.boolean().describe('false：追问'),
    note: NOTE.describe('追问时必填，市里会看到'),
  })
  .meta({
    id: 'DecideSelfCheckQuestion',
    example: { version: 1, isAccepted: false, note: '请附截图。' },
  });
export const SteppedView = z
  .object({ version: z.number() })
  .meta({ id: 'SteppedSelfCheckQuestion', example: { version: 1 } });

export const QuestionFileView = z
  .object({
    ...{ id: z.number(), answerId: z.number().nullable(), name: z.string() },
    ...{ mediaType: z.string(), sha256: z.string(), bytes: z.number() },
    ...{ addedBy: z.string(), addedAt: z.string() },
  })
  .meta({
    id: 'SelfCheckQuestionFile',
    example: {
      ...{ id: 1, answerId: null, name: '截图.png', mediaType: 'image/png', sha256: 'ab12' },
      ...{ bytes: 2048, addedBy: '市甲', addedAt: '2026-11-20T02:00:00.000Z' },
    },
  });

export const QuestionView = z
  .object({
    unitName: z.string(),
    line: Line.omit({ question: true }),
    ...{ question: z.string(), version: z.number() },
    dueOn: z.string().nullable().describe('答复的期限；还没有通知，或不用再答的是 null'),
    reasons: z.array(z.object({ id: z.string(), words: z.string() })),
    steps: z.array(
      z.object({
        ...{ id: z.number(), step: z.enum(['answer', 'accept', 'return']) },
        ...{ reason: z.string(), note: z.string(), byName: z.string(), at: z.string() },
      }),
    ),
    files: z.array(QuestionFileView),
    next: z.string().nullable().describe('下一个等着自己办的问题'),
    may: z.object({ answer: z.boolean(), decide: z.boolean() }),
  })
  .meta({
    id: 'SelfCheckQuestion',
    example: {
      ...{ unitName: '岳阳市', question: '省里没有发现：已经改好，还是省里漏了？请核对。' },
      line: {
        ...{ category: 'cityOnly', kind: 'site', subjectId: 12, name: '岳阳市门户' },
        ...{ sponsorName: '岳阳市人民政府', rules: [], cityWords: ['有错别字'], cityRows: [3] },
        ...{ checkedOn: '2026-11-16', province: 'notFound', findingIds: [] },
        ...{ key: KEY, stand: 'open' },
      },
      ...{ version: 0, dueOn: '2026-12-07', steps: [], files: [], next: null },
      reasons: [{ id: 'mended', words: '报送以后已经改好' }],
      may: { answer: true, decide: false },
    },
  });
