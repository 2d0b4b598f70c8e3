import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { type CommandContext, defineCommand } from '../cli/command.ts';
import { decodePage } from '../derive/page/decode-page.ts';
import type { TextFinding } from '../domain/facts/text-facts.ts';
import { isCalendarDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { readInput } from '../registry/index.ts';
import { openTextChecker, readSeedLexicon } from './load-resources.ts';
import { parseLexicon } from './parse-lexicon.ts';

/** `xunjian text check FILE|-`: one line a finding, without a database. */
export const textCheck = defineCommand<unknown>({
  words: ['text', 'check'],
  summary: '检查一段文字或一个网页的表述、错别字、格式和个人信息；- 读标准输入',
  positionals: { name: '文件', min: 1, max: 1 },
  options: {
    at: {
      kind: 'text',
      value: '日期',
      help: '文章的日期；有期限的词条和职务按它判断',
      required: true,
    },
    lexicon: { kind: 'many', value: '文件', help: '另加的词库（.json、.csv、.xlsx）；可多次' },
    home: { kind: 'flag', help: '这是首页：问题加重一级' },
    'no-seed': { kind: 'flag', help: '不用随软件提供的词库' },
  },
  needs: 'none',
  run: async (context) => {
    const { args, out } = context;
    const at = (args.text('at') ?? '').trim();
    if (!isCalendarDate(at))
      throw new UserError('text.at', `--at “${args.text('at')}”应写成 2020-09-17。`, {
        field: 'at',
      });
    const lexicons = args.flag('no-seed') ? [] : [await readSeedLexicon()];
    for (const file of args.many('lexicon'))
      lexicons.push(await parseLexicon(await readInput(resolve(context.cwd, file)), file));
    const checker = await openTextChecker(lexicons);
    const { raw, isWhole } = await readRaw(context);
    const { findings, cut } = checker.check({ raw, at, home: args.flag('home') });
    for (const finding of findings) out.result(finding, wordFinding(finding));
    if (cut || !isWhole) out.note('文字太长，只检查了前面的部分。');
    if (findings.length === 0) out.note('没有发现疑似问题。');
    return 0;
  },
});

/** Bytes read of an input: an article has some ten thousand, and twenty million characters are all that is checked. */
const BYTES_MAX = 64 * 1024 * 1024;
/** Share of characters that are no text (NUL, undecodable) above which an input is none: a picture, an archive. */
const NO_TEXT_SHARE = 0.02;

/** The text as its bytes say, of a file as of standard input: a page may be GB18030 and say so in its head. */
async function readRaw({
  args,
  cwd,
}: CommandContext<unknown>): Promise<{ raw: string; isWhole: boolean }> {
  const name = args.positionals[0] ?? '';
  const path = resolve(cwd, name);
  const source = name === '-' ? process.stdin : createReadStream(path, { end: BYTES_MAX });
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of source) {
      chunks.push(chunk as Uint8Array);
      size += (chunk as Uint8Array).length;
      if (size > BYTES_MAX) break;
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '未知原因';
    throw new UserError('file.unreadable', `读不了文件 ${path}（${code}）。`, { cause });
  }
  const raw = decodePage(Buffer.concat(chunks).subarray(0, BYTES_MAX)).text;
  const unreadable = raw.match(/[\0\ufffd]/g)?.length ?? 0;
  if (unreadable > raw.length * NO_TEXT_SHARE)
    throw new UserError('text.binary', `${name} 不是文字文件；请先另存为纯文本或网页。`);
  return { raw, isWhole: size <= BYTES_MAX };
}

const SEVERITY_WORDS: Readonly<Record<TextFinding['severity'], string>> = {
  veto: '疑似严重表述错误',
  serious: '严重',
  ordinary: '一般',
  notice: '提示',
};

function wordFinding(finding: TextFinding): string {
  const { start, end, text, suggestion, severity, reason, confidence } = finding;
  const change = suggestion === '' ? text : `${text} → ${suggestion}`;
  return `${start}–${end}\t${SEVERITY_WORDS[severity]}\t${change}\t${reason}（${Math.round(confidence * 100)}%）`;
}
