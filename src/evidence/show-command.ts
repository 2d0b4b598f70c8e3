import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type CommandContext, defineCommand } from '../cli/command.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { EvidenceDeps } from './evidence-deps.ts';
import { type OpenedFinding, type OpenedRow, openRow } from './open-row.ts';
import { parseRow } from './parse-row.ts';
import { recordTaken } from './record-taken.ts';
import { findingLine } from './row-view.ts';
import { showWords } from './show-words.ts';

/** Options that say which row is meant. */
export const ROW_OPTIONS = {
  period: { kind: 'text', value: '期次', help: '批次的期次；不写就用最近一个有这个对象的批次' },
  rule: { kind: 'text', value: '指标', help: '只看这条指标，如 site.veto.home-stale' },
} as const;

export const ROW_POSITIONAL = {
  name: '行（问题编号、网站标识码，或 平台:账号ID）',
  min: 1,
  max: 1,
};

/** Opens the row that the arguments name. */
export function rowOf(context: CommandContext<EvidenceDeps>) {
  return openRow(context.deps, parseRow(context.args.positionals[0] ?? ''), {
    period: context.args.text('period') ?? null,
    rule: context.args.text('rule') ?? null,
  });
}

/** `xunjian evidence show ROW`: exit 1 when a body that the evidence names cannot be opened. */
export const showCommand = defineCommand<EvidenceDeps>({
  words: ['evidence', 'show'],
  summary: '打开通报一行背后的证据：判断、事实、抓取原件',
  positionals: ROW_POSITIONAL,
  options: {
    ...ROW_OPTIONS,
    out: {
      kind: 'text',
      value: '目录',
      help: '把证据写进这个目录（判断和事实 .json，正文 .bin，WARC 记录 .warc.gz）',
    },
  },
  needs: 'store',
  run: async (context) => {
    const row = await rowOf(context);
    const out = context.args.text('out');
    const folder = out === undefined ? null : resolve(context.cwd, out);
    if (folder !== null) {
      for (const finding of row.findings) await writeFinding(folder, row, finding);
      const records = row.findings.reduce((sum, finding) => sum + finding.records.length, 0);
      await recordTaken(context, row, { records });
    }
    for (const finding of row.findings)
      context.out.result(findingLine(row, finding), showWords(row, finding));
    const closed = new Set(
      row.findings.flatMap(({ records }) =>
        records.filter(({ reading }) => reading.state !== 'whole').map(({ payload }) => payload),
      ),
    );
    if (closed.size === 0) return 0;
    context.out.note(`有 ${closed.size} 份原件打不开，原因见各行。`);
    return 1;
  },
});

/**
 * The finding as JSON (facts, visits and observations are rows, not bytes) and its bodies. Names are numbers and hashes:
 * nothing that a crawled page says decides where a file goes.
 */
async function writeFinding(folder: string, row: OpenedRow, finding: OpenedFinding): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const line = JSON.stringify(findingLine(row, finding), null, 1);
    await writeFile(join(folder, `finding-${finding.finding.id}.json`), `${line}\n`);
    for (const { payload, reading } of finding.records) {
      if (reading.state !== 'whole') continue;
      await writeFile(join(folder, `${payload}.bin`), reading.record.payload);
      await writeFile(join(folder, `${payload}.warc.gz`), reading.member);
    }
  } catch (cause) {
    throw new UserError('evidence.folder', `写不进目录 ${folder}：请换一个 --out。`, { cause });
  }
}
