import { resolve } from 'node:path';
import { type Command, defineCommand } from '../cli/command.ts';
import { shanghaiText } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { readInput } from '../registry/index.ts';
import {
  activateLexicon,
  keepLexicon,
  listLexicons,
  readLexicon,
  type WordingDeps,
} from './keep-lexicon.ts';
import { parseLexicon } from './parse-lexicon.ts';

const lexiconImport = defineCommand<WordingDeps>({
  words: ['lexicon', 'import'],
  summary: '导入词库（.json、.csv、.xlsx）为新的一版，从现在起用它',
  positionals: { name: '文件', min: 1, max: 1 },
  options: {
    id: { kind: 'text', value: '名', help: '词库名；不写用文件里的 id 或文件名' },
    reason: { kind: 'text', value: '文字', help: '为什么改', required: true },
  },
  needs: 'store',
  run: async ({ args, cwd, deps, out, actor, now }) => {
    const file = args.positionals[0] ?? '';
    const parsed = await parseLexicon(await readInput(resolve(cwd, file)), file);
    const lexicon = { ...parsed, id: args.text('id') ?? parsed.id };
    const reason = args.text('reason') ?? '';
    const kept = await keepLexicon(deps, actor, { lexicon, reason, at: now() });
    const counts = `词条 ${lexicon.terms.length}、保护名称 ${lexicon.names.length}、职务 ${lexicon.roles.length}、词语 ${lexicon.words.length}`;
    const known = kept.isKnown ? '（内容与这一版相同，没有另存）' : '';
    out.result(kept, `词库 ${kept.id}@${kept.version} 已启用${known}：${counts}`);
    return 0;
  },
});

const lexiconList = defineCommand<WordingDeps>({
  words: ['lexicon', 'list'],
  summary: '列出导入过的词库各版',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out }) => {
    for (const each of await listLexicons(deps)) {
      const counts = `词条 ${each.terms}\t名称 ${each.names}\t职务 ${each.roles}\t词语 ${each.words}`;
      const made = `${shanghaiText(each.importedAt)} ${each.importedBy}：${each.reason}`;
      out.result(
        each,
        `${each.id}@${each.version}${each.isActive ? '（在用）' : ''}\t${counts}\t${made}`,
      );
    }
    return 0;
  },
});

const lexiconShow = defineCommand<WordingDeps>({
  words: ['lexicon', 'show'],
  summary: '显示一版词库：本省 或 本省@2；--json 的输出可以再导入',
  positionals: { name: '词库', min: 1, max: 1 },
  options: {},
  needs: 'store',
  run: async ({ args, deps, out }) => {
    const { id, version } = parseReference(args.positionals[0] ?? '');
    const lexicon = await readLexicon(deps, id, version);
    const lines = [
      `${lexicon.id}@${lexicon.version}`,
      ...lexicon.terms.map(
        (one) => `词条\t${one.wrong} → ${one.right}\t${one.class}\t${one.severity}`,
      ),
      ...lexicon.names.map((one) => `名称\t${one.name}\t${one.kind}\t${one.severity}`),
      ...lexicon.roles.map(
        (one) => `职务\t${one.person}\t${one.organ}${one.post}\t${one.from ?? ''}—${one.to ?? ''}`,
      ),
      ...lexicon.words.map((one) => `词语\t${one}`),
    ];
    out.result(lexicon, lines.join('\n'));
    return 0;
  },
});

const lexiconActivate = defineCommand<WordingDeps>({
  words: ['lexicon', 'activate'],
  summary: '改用以前的一版：lexicon activate 本省@2',
  positionals: { name: '词库', min: 1, max: 1 },
  options: {},
  needs: 'store',
  run: async ({ args, deps, out, actor, now }) => {
    const { id, version } = parseReference(args.positionals[0] ?? '');
    if (version === null)
      throw new UserError('lexicon.version', '请写明哪一版，例如 本省@2。', { field: 'lexicon' });
    await activateLexicon(deps, actor, { id, version, at: now() });
    out.result({ id, version }, `词库 ${id} 改用第 ${version} 版。`);
    return 0;
  },
});

function parseReference(text: string): { id: string; version: number | null } {
  const match = /^(.+?)(?:@(\d{1,9}))?$/.exec(text);
  return { id: match?.[1] ?? text, version: match?.[2] === undefined ? null : Number(match[2]) };
}

export const lexiconCommands: readonly Command<WordingDeps>[] = [
  lexiconImport,
  lexiconList,
  lexiconShow,
  lexiconActivate,
];
