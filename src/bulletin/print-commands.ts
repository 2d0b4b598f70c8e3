import { join, resolve } from 'node:path';
import { type Command, defineCommand } from '../cli/command.ts';
import { picturePages } from '../documents/office-program.ts';
import type { BulletinDeps } from './commands.ts';
import { type RemadeFile, remakeBulletin } from './remake-bulletin.ts';

const period = { kind: 'text', value: '期次', help: '通报的期次', required: true } as const;
const out = { kind: 'text', value: '目录', help: '写到哪里', required: true } as const;

const SAME: Readonly<Record<'true' | 'false' | 'null', string>> = {
  true: '与当时一字不差',
  false: '与当时不同',
  null: '当时没有这个文件，或没有记下校验和',
};

const bulletinRemake = defineCommand<BulletinDeps>({
  words: ['bulletin', 'remake'],
  summary: '由冻结的批次重做一稿通报的全部文件，逐个与当时的比对；已印发的也可以',
  positionals: { name: '', min: 0, max: 0 },
  options: {
    ...{ period, out },
    sha256: { kind: 'text', value: '校验值', help: '哪一稿；不写是最新的一稿' },
  },
  needs: 'store',
  run: async ({ args, cwd, deps, out: output }) => {
    const outDir = resolve(cwd, args.text('out') ?? '');
    const remade = await remakeBulletin(deps, {
      ...{ period: args.text('period') ?? '', sha256: args.text('sha256'), outDir },
    });
    if (remade.pdfSkipped !== null) output.note(`没有生成 PDF：${remade.pdfSkipped}。`);
    const lineOf = ({ name, isSame }: RemadeFile): string =>
      `  ${join(outDir, name)}：${SAME[`${isSame}`]}`;
    const isSame = remade.files.every((each) => each.isSame !== false);
    output.result(
      { ...remade, isSame },
      [`${remade.period}（${remade.sha256.slice(0, 12)}）重做：`, ...remade.files.map(lineOf)].join(
        '\n',
      ),
    );
    if (!isSame)
      output.note(
        '不同的文件请打开比对：软件或打印 PDF 的浏览器换了版本，版面可以不同；bulletin.json 不同，说明内容变了。',
      );
    return isSame ? 0 : 1;
  },
});

const bulletinPictures = defineCommand<BulletinDeps>({
  words: ['bulletin', 'pictures'],
  summary: '把一份 .docx 或 .pdf 逐页画成图片（page-01.png……），核对版面用',
  positionals: { name: '文件', min: 1, max: 1 },
  options: {
    out,
    dpi: { kind: 'text', value: '点数', help: '每英寸的点数，36 到 300，默认 80' },
  },
  needs: 'none',
  run: async ({ args, cwd, out: output }) => {
    const pages = await picturePages({
      file: resolve(cwd, args.positionals[0] ?? ''),
      outDir: resolve(cwd, args.text('out') ?? ''),
      dpi: Number(args.text('dpi') ?? '80'),
    });
    output.result(
      { pages },
      `${pages.length} 页：\n${pages.map((each) => `  ${each}`).join('\n')}`,
    );
    return 0;
  },
});

export const printCommands: readonly Command<BulletinDeps>[] = [bulletinRemake, bulletinPictures];
