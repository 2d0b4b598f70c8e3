import { z } from 'zod';
import { PARAGRAPH_MAX, TEXT_MAX } from '../issue.ts';

const oneLine = z
  .string()
  .trim()
  .min(1)
  .max(TEXT_MAX)
  .regex(/^\P{Cc}*$/u);
/** What a correction is drafted from. */
export const DraftBody = z
  .strictObject({
    documentNumber: oneLine,
    issuedOn: z.iso.date(),
    wrong: z.string().trim().min(1).max(PARAGRAPH_MAX),
    correct: z.string().trim().max(PARAGRAPH_MAX),
    reason: oneLine,
  })
  .meta({
    id: 'NewBulletinCorrection',
    description: 'wrong 照通报原文抄写；correct 为空表示删去',
    example: {
      ...{ documentNumber: '湘政务函〔2020〕27号', issuedOn: '2020-10-12' },
      ...{ wrong: '临湘信访', correct: '临湘市信访局', reason: '账号已改名' },
    },
  });
