import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Command, defineCommand } from '../../cli/command.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { Store } from '../../store/store.ts';
import { findBulletin } from '../bulletin.repository.ts';
import { PARAGRAPH_MAX, TEXT_MAX } from '../issue.ts';
import { unbuilt } from '../sign-bulletin.ts';
import { draftCorrection } from './correct-bulletin.ts';
import { type Correction, listCorrections } from './correction.repository.ts';
import { DraftBody } from './draft-body.ts';
import { CORRECTION_FILES, writeCorrection } from './write-correction.ts';

interface CorrectionDeps {
  readonly store: Store;
}

const bulletinCorrect = defineCommand<CorrectionDeps>({
  words: ['bulletin', 'correct'],
  summary: '起草已印发通报的更正通知；之后由两个人登录控制台签发',
  positionals: { name: '', min: 0, max: 0 },
  options: {
    period: { kind: 'text', value: '期次', help: '通报的期次', required: true },
    number: { kind: 'text', value: '文号', help: '更正通知的发文字号', required: true },
    'issued-on': { kind: 'text', value: '日期', help: '更正通知的成文日期', required: true },
    wrong: { kind: 'text', value: '文字', help: '通报里有误的文字，照原文抄写', required: true },
    correct: { kind: 'text', value: '文字', help: '应为什么；不写表示删去' },
    reason: { kind: 'text', value: '原因', help: '为什么更正', required: true },
  },
  needs: 'store',
  run: async ({ args, deps, actor, now, out }) => {
    const words = DraftBody.safeParse({
      ...{ documentNumber: args.text('number'), issuedOn: args.text('issued-on') },
      ...{ wrong: args.text('wrong'), correct: args.text('correct') ?? '' },
      reason: args.text('reason'),
    });
    if (!words.success)
      throw new UserError(
        'bulletin.correction.words',
        `更正通知写得不对：日期写成 2020-10-12，文号和原因各写一行（${TEXT_MAX} 字以内），文字 ${PARAGRAPH_MAX} 字以内，有误的文字和原因不能空。`,
        { details: words.error.issues.map(({ path }) => OPTION_OF[String(path[0])] ?? '') },
      );
    const period = args.text('period') ?? '';
    const draft = await draftCorrection(deps, actor, { period, at: now(), ...words.data });
    out.result(listed(draft), `${lineOf(draft)}\n请两个人登录控制台，在这一期通报的页面上签发。`);
    return 0;
  },
});

const OPTION_OF: Readonly<Record<string, string>> = {
  ...{ documentNumber: '--number', issuedOn: '--issued-on', reason: '--reason' },
  ...{ wrong: '--wrong', correct: '--correct' },
};

const bulletinCorrections = defineCommand<CorrectionDeps>({
  words: ['bulletin', 'corrections'],
  summary: '列出一期通报的更正通知；--out 把它们写成 .docx 和 .html',
  positionals: { name: '', min: 0, max: 0 },
  options: {
    period: { kind: 'text', value: '期次', help: '通报的期次', required: true },
    out: { kind: 'text', value: '目录', help: '写到哪里' },
  },
  needs: 'store',
  run: async ({ args, cwd, deps, out }) => {
    const period = args.text('period') ?? '';
    if ((await findBulletin(deps.store.db, period)) === null) throw unbuilt(period);
    const all = await listCorrections(deps.store.db, period);
    const folder = args.text('out');
    if (folder !== undefined) await writeAll(all, resolve(cwd, folder));
    out.result(all.map(listed), all.map(lineOf).join('\n') || '没有更正通知。');
    return 0;
  },
});

async function writeAll(all: readonly Correction[], folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    for (const each of all)
      for (const name of CORRECTION_FILES)
        await writeFile(
          join(folder, name.replace('.', `-${each.id}.`)),
          await writeCorrection(each, name),
        );
  } catch (cause) {
    throw new UserError('bulletin.folder', `写不进目录 ${folder}：${String(cause)}`, {
      ...{ field: 'out', cause },
    });
  }
}

const stateOf = ({ issuedAt, withdrawnAt, signatures }: Correction): string => {
  if (issuedAt !== null) return '已签发';
  return withdrawnAt === null ? `草稿，${signatures.length} 人签` : '已撤下';
};

const lineOf = (each: Correction): string =>
  `${each.id}\t${each.documentNumber}\t${stateOf(each)}\t“${each.wrong}”→“${each.correct}”（${each.reason}）`;

const listed = (each: Correction) => ({
  ...{ id: each.id, documentNumber: each.documentNumber, issuedOn: each.issuedOn },
  ...{ wrong: each.wrong, correct: each.correct, reason: each.reason, sha256: each.sha256 },
  ...{ issuedAt: each.issuedAt, withdrawnAt: each.withdrawnAt },
});

export const correctionCommands: readonly Command<CorrectionDeps>[] = [
  bulletinCorrect,
  bulletinCorrections,
];
