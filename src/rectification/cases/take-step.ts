import { z } from 'zod';
import type { Acting } from '../../domain/acting.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { checkNow } from '../checks/ask-check.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import {
  acknowledgeCase,
  answerCase,
  approveAnswer,
  planCase,
  sendAnswerBack,
} from './answer-case.ts';
import { closeCase, escalateCase, recheckCase, returnCase } from './decide-case.ts';
import { askExtension, grantExtension, refuseExtension } from './extend-case.ts';

const Note = z.string().trim().max(4_000);
const common = {
  note: Note.default('').describe('理由、情况或意见'),
  version: z.int().min(1).max(1_000_000).describe('看到的版本；变了就不算'),
};
/** A step as somebody asks for it, over HTTP or at the command line. */
export const StepBody = z
  .discriminatedUnion('step', [
    z.strictObject({
      step: z.enum([
        ...(['acknowledge', 'plan', 'answer', 'approve', 'sendBack', 'check'] as const),
        ...(['refuseExtension', 'return', 'escalate', 'recheck'] as const),
      ]),
      ...common,
    }),
    z.strictObject({
      step: z.literal('askExtension'),
      wishedOn: z.iso.date().describe('希望延到哪一天，东八区'),
      ...common,
    }),
    z.strictObject({
      step: z.literal('grantExtension'),
      deadlineOn: z.iso.date().describe('新的期限，东八区；不晚于希望的'),
      ...common,
    }),
    z.strictObject({
      step: z.literal('close'),
      mended: z.boolean().describe('是否已改正；系统复核已改正的一律算改正'),
      ...common,
    }),
  ])
  .meta({
    id: 'RectificationStep',
    example: { step: 'answer', note: '已恢复更新，见附件', version: 2 },
  });
export type AskedStep = z.infer<typeof StepBody>;

/** Takes the step that somebody asked for. Throws what that step's operation throws. */
export function takeAskedStep(
  deps: Pick<RectificationDeps, 'store'>,
  acting: Acting,
  {
    caseId,
    at,
    asked,
  }: { readonly caseId: number; readonly at: Instant; readonly asked: AskedStep },
): Promise<void> {
  const input = { caseId, at, note: asked.note, version: asked.version };
  switch (asked.step) {
    case 'askExtension':
      return askExtension(deps, acting, { ...input, wishedOn: asked.wishedOn });
    case 'grantExtension':
      return grantExtension(deps, acting, { ...input, deadlineOn: asked.deadlineOn });
    case 'close':
      return closeCase(deps, acting, { ...input, mended: asked.mended });
    default:
      return PLAIN[asked.step](deps, acting, input);
  }
}

const PLAIN = {
  ...{ acknowledge: acknowledgeCase, plan: planCase, answer: answerCase, approve: approveAnswer },
  ...{ sendBack: sendAnswerBack, check: checkNow, refuseExtension, return: returnCase },
  ...{ escalate: escalateCase, recheck: recheckCase },
};
