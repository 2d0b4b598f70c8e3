import { basename, join, resolve } from 'node:path';
import { type Command, defineCommand } from '../cli/command.ts';
import type { InspectionDeps } from '../inspection/index.ts';
import { readInput } from '../registry/index.ts';
import { buildBulletin } from './build-bulletin.ts';
import type { Issue } from './bulletin.ts';
import { correctionCommands } from './correction/correction-commands.ts';
import { documentNumberRemark, parseIssue } from './issue.ts';
import type { CountOwn } from './own-figures.ts';
import { printCommands } from './print-commands.ts';
import { listTemplates, type TemplateDeps } from './template/read-templates.ts';
import { bulletinVerify } from './verify/verify-command.ts';

export interface BulletinDeps extends InspectionDeps {
  readonly chromiumPath?: string | undefined;
  /** Where builds that were asked for over HTTP are kept. */
  readonly bulletinsDir: string;
  readonly templateDirs: TemplateDeps['templateDirs'];
  /** What the platform itself counts of other work; absent = the office gives every such figure. */
  readonly countOwn?: CountOwn | undefined;
}

const bulletinBuild = defineCommand<BulletinDeps>({
  words: ['bulletin', 'build'],
  summary: '由冻结的批次生成通报：bulletin.json、.docx、.html、annexes.xlsx、.pdf',
  positionals: { name: '', min: 0, max: 0 },
  options: {
    period: { kind: 'text', value: '期次', help: '批次的期次', required: true },
    out: { kind: 'text', value: '目录', help: '写到哪里', required: true },
    issue: { kind: 'text', value: '文件.json', help: '文号、署名、日期、期限、联系人等' },
    template: { kind: 'text', value: '模板', help: '通报模板（bulletin templates 列出）' },
  },
  needs: 'store',
  run: async (context) => {
    const { args, cwd, deps } = context;
    const issuePath = args.text('issue');
    const given: Issue =
      issuePath === undefined
        ? {}
        : parseIssue(
            new TextDecoder().decode(await readInput(resolve(cwd, issuePath))),
            basename(issuePath),
          );
    const template = args.text('template');
    const issue = template === undefined ? given : { ...given, template };
    const outDir = resolve(cwd, args.text('out') ?? '');
    const result = await buildBulletin(deps, context.actor, {
      period: args.text('period') ?? '',
      outDir,
      issue,
      at: context.now(),
    });
    const remark = documentNumberRemark(issue.documentNumber);
    if (remark !== null) context.out.note(`${remark}。`);
    if (result.pdfSkipped !== null) context.out.note(`没有生成 PDF：${result.pdfSkipped}。`);
    if (result.bulletin.isDraft) context.out.note('这是草案：审核被免除或批次为补采，不能签发。');
    const paths = result.files.map((name) => join(outDir, name));
    context.out.result(
      {
        period: result.bulletin.period,
        files: paths,
        isDraft: result.bulletin.isDraft,
        pdfSkipped: result.pdfSkipped,
      },
      `通报已生成：\n${paths.map((path) => `  ${path}`).join('\n')}`,
    );
    return 0;
  },
});

const bulletinTemplates = defineCommand<BulletinDeps>({
  words: ['bulletin', 'templates'],
  summary: '列出通报模板，写坏的说明坏在哪里',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out }) => {
    const templates = await listTemplates(deps);
    const line = ({ id, name, faults }: (typeof templates)[number]): string =>
      [`${id}\t${name}`, ...faults.map((fault) => `  ${fault}`)].join('\n');
    out.result(templates, templates.map(line).join('\n'));
    return templates.some(({ faults }) => faults.length > 0) ? 1 : 0;
  },
});

export const bulletinCommands: readonly Command<BulletinDeps>[] = [
  bulletinBuild,
  ...printCommands,
  ...(correctionCommands as readonly Command<BulletinDeps>[]),
  bulletinTemplates,
  bulletinVerify as Command<BulletinDeps>,
];
