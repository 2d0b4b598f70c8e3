import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, defineCommand } from '../cli/command.ts';
import { writeOfficialDocx } from '../documents/write-official-docx.ts';
import { type CalendarDate, endOfDay, isCalendarDate, shanghaiDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { RECTIFICATION_STATES, type RectificationCase } from './cases/case.ts';
import { OUTCOME_WORDS, STATE_WORDS, STEP_WORDS } from './cases/case-words.ts';
import { listCases } from './cases/list-cases.ts';
import { listNotices } from './cases/list-notices.ts';
import { marksWords, noticeDocument, readNotice } from './cases/notice-document.ts';
import { openCases } from './cases/open-cases.ts';
import { readCase } from './cases/read-case.ts';
import { StepBody, takeAskedStep } from './cases/take-step.ts';
import { runChecks } from './checks/run-checks.ts';
import { passClock } from './clock/pass-clock.ts';
import { countRectification } from './count-rectification.ts';
import { rectificationDb } from './rectification-db.ts';
import type { RectificationDeps } from './rectification-deps.ts';

/** Rows read at once, and at the most: a terminal is no place for more. */
const SLICE = 500;
const ROWS_MAX = 100_000;

const PERIOD = { name: '期次', min: 1, max: 1 } as const;
const NONE = { name: '', min: 0, max: 0 } as const;
const ONE = { name: '编号', min: 1, max: 1 } as const;

/** A date option. Throws {@link UserError} `usage.date`. */
export function dateOf(name: string, text: string | undefined): CalendarDate | null {
  if (text === undefined || isCalendarDate(text)) return text ?? null;
  throw new UserError('usage.date', `--${name} “${text}”应写成 2026-12-18。`, { field: name });
}

/** Throws {@link UserError} `usage.number`. */
function numberOf(text: string | undefined): number {
  if (text !== undefined && /^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UserError('usage.number', `“${text ?? ''}”不是编号。`, { field: '编号' });
}

const open = defineCommand<RectificationDeps>({
  words: ['rectify', 'open'],
  summary: '由已印发的批次下发整改通知：每个责任单位一份；重复执行不会重复下发',
  positionals: PERIOD,
  options: { deadline: { kind: 'text', value: '日期', help: '整改期限；不写按整改办法的工作日' } },
  needs: 'store',
  run: async ({ args, deps, out, actor, now }) => {
    const opened = await openCases(deps, actor, {
      period: args.positionals[0] ?? '',
      deadlineOn: dateOf('deadline', args.text('deadline')),
      at: now(),
    });
    out.result(
      opened,
      opened.cases === 0
        ? `${opened.period} 没有要新下发的整改事项。`
        : `${opened.period}：整改通知 ${opened.notices} 份，整改事项 ${opened.cases} 件（并入上期未办结的 ${opened.merged} 件），期限 ${opened.deadlineOn}${opened.provisional ? '（暂定）' : ''}。`,
    );
    return 0;
  },
});

const notices = defineCommand<RectificationDeps>({
  words: ['rectify', 'notices'],
  summary: '列出一个批次的整改通知；用 --docx 写成公文',
  positionals: PERIOD,
  options: { docx: { kind: 'text', value: '目录', help: '每份写一个 .docx 文件' } },
  needs: 'store',
  run: async ({ args, deps, out, actor, cwd }) => {
    const db = rectificationDb(deps.store.db);
    const folder = args.text('docx');
    for (let offset = 0; offset < ROWS_MAX; offset += SLICE) {
      const filter = { period: args.positionals[0] };
      const { items } = await listNotices(db, actor, filter, { limit: SLICE, offset });
      for (const item of items) {
        const file = folder === undefined ? null : resolve(cwd, folder, `整改通知-${item.id}.docx`);
        if (file !== null)
          await writeFile(
            file,
            await writeOfficialDocx(noticeDocument(await readNotice(deps, actor, item.id))),
          );
        out.result(
          { ...item, ...(file === null ? {} : { file }) },
          [item.number, item.unitName, `${item.cases} 件`, `期限 ${item.deadlineOn}`].join('\t'),
        );
      }
      if (items.length < SLICE) break;
    }
    return 0;
  },
});

const lineOf = (each: RectificationCase): string =>
  [
    ...[each.id, STATE_WORDS[each.state], each.unitName, each.subject.name, each.rule.label],
    `期限 ${each.deadline.on}${each.deadline.provisional ? '（暂定）' : ''}`,
    marksWords(each.marks),
  ].join('\t');

const list = defineCommand<RectificationDeps>({
  words: ['rectify', 'list'],
  summary: '列出整改事项',
  positionals: NONE,
  options: {
    period: { kind: 'text', value: '期次', help: '只列这个批次的' },
    state: { kind: 'text', value: '状态', help: RECTIFICATION_STATES.join('、') },
    overdue: { kind: 'flag', help: '只列逾期的' },
    escalated: { kind: 'flag', help: '只列升级督办的' },
    repeat: { kind: 'flag', help: '只列屡改屡犯的' },
  },
  needs: 'store',
  run: async ({ args, deps, out, actor, now }) => {
    const text = args.text('state');
    const state = RECTIFICATION_STATES.find((each) => each === text);
    if (text !== undefined && state === undefined)
      throw new UserError(
        'usage.choice',
        `--state 应是 ${RECTIFICATION_STATES.join('、')} 之一。`,
        { field: 'state' },
      );
    const filter = {
      ...{ state, period: args.text('period') },
      ...{ escalated: args.flag('escalated'), repeat: args.flag('repeat') },
      overdueOn: args.flag('overdue') ? shanghaiDate(now()) : undefined,
    };
    const db = rectificationDb(deps.store.db);
    for (let offset = 0; offset < ROWS_MAX; offset += SLICE) {
      const { items } = await listCases(db, actor, filter, { limit: SLICE, offset });
      for (const each of items) out.result(each, lineOf(each));
      if (items.length < SLICE) break;
    }
    return 0;
  },
});

const show = defineCommand<RectificationDeps>({
  words: ['rectify', 'show'],
  summary: '一件整改事项：经过、附件、延期、复核、此前情况',
  positionals: ONE,
  options: {},
  needs: 'store',
  run: async ({ args, deps, out, actor }) => {
    const view = await readCase(deps, actor, numberOf(args.positionals[0]));
    const steps = view.steps.map(
      ({ step, by, at, note }) => `  ${at}\t${by.name}\t${STEP_WORDS[step]}\t${note}`,
    );
    const { outcome } = view.given;
    out.result(
      view,
      [
        `${view.notice.number}\t${lineOf(view.given)}`,
        ...(outcome === null ? [] : [`复核：${OUTCOME_WORDS[outcome]}`]),
        ...steps,
      ].join('\n'),
    );
    return 0;
  },
});

const step = defineCommand<RectificationDeps>({
  words: ['rectify', 'step'],
  summary: '办一步：签收、填报、审核、延期、办结、退回……',
  positionals: ONE,
  options: {
    step: { kind: 'text', value: '步骤', help: Object.keys(STEP_WORDS).join('、'), required: true },
    note: { kind: 'text', value: '文字', help: '理由、情况或意见' },
    wished: { kind: 'text', value: '日期', help: '申请延期：希望延到哪一天' },
    deadline: { kind: 'text', value: '日期', help: '同意延期：新的期限' },
    mended: { kind: 'flag', help: '办结：已改正' },
  },
  needs: 'store',
  run: async ({ args, deps, out, actor, now }) => {
    const caseId = numberOf(args.positionals[0]);
    const { given } = await readCase(deps, actor, caseId);
    const wanted = args.text('step');
    const asked = StepBody.safeParse({
      ...{ step: wanted, note: args.text('note') ?? '', version: given.version },
      ...(wanted === 'askExtension' ? { wishedOn: args.text('wished') } : {}),
      ...(wanted === 'grantExtension' ? { deadlineOn: args.text('deadline') } : {}),
      ...(wanted === 'close' ? { mended: args.flag('mended') } : {}),
    });
    if (!asked.success)
      throw new UserError('usage.step', `“${wanted ?? ''}”不是能这样办的步骤，或缺少日期。`, {
        field: 'step',
      });
    await takeAskedStep(deps, actor, { caseId, at: now(), asked: asked.data });
    const after = await readCase(deps, actor, caseId);
    out.result(after.given, lineOf(after.given));
    return 0;
  },
});

const clock = defineCommand<RectificationDeps>({
  words: ['rectify', 'clock'],
  summary: '走一遍整改期限：催办、升级督办；重复执行不会重复催',
  positionals: NONE,
  options: { at: { kind: 'text', value: '日期', help: '按这一天走；不写是今天' } },
  needs: 'store',
  run: async ({ args, deps, out, actor, now }) => {
    const on = dateOf('at', args.text('at'));
    const pass = await passClock(deps, actor, { at: on === null ? now() : endOfDay(on) });
    out.result(pass, `${pass.today}：催办 ${pass.chasers} 件，升级督办 ${pass.escalated} 件。`);
    return 0;
  },
});

const recheck = defineCommand<RectificationDeps>({
  words: ['rectify', 'recheck'],
  summary: '做等着的复核和自测；服务运行时自动在做',
  positionals: NONE,
  options: {},
  needs: 'store',
  run: async ({ deps, out, now, signal }) => {
    const run = await runChecks(deps, { now, signal });
    out.result(run, `复核 ${run.done} 件${run.later > 0 ? `，${run.later} 件稍后再试` : ''}。`);
    return 0;
  },
});

const counts = defineCommand<RectificationDeps>({
  words: ['rectify', 'counts'],
  summary: '一个批次的整改情况：按时、逾期、改正、退回、屡改屡犯',
  positionals: PERIOD,
  options: {},
  needs: 'store',
  run: async ({ args, deps, out, now }) => {
    const counted = await countRectification(
      deps.store,
      args.positionals[0] ?? '',
      shanghaiDate(now()),
    );
    const { noticed, closed, mended, overdue, repeat } = counted.all;
    out.result(
      counted,
      `整改事项 ${noticed} 件：办结 ${closed}，改正 ${mended}，逾期 ${overdue}，连续两期以上 ${repeat}。`,
    );
    return 0;
  },
});

export const rectificationCommands: readonly Command<RectificationDeps>[] = [
  ...[open, notices, list, show, step, clock, recheck, counts],
];
