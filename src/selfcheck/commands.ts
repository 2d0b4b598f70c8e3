import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type Command, defineCommand } from '../cli/command.ts';
import { findRoundBy } from '../inspection/index.ts';
import { UserError } from '../lib/pure/errors.ts';
import { listUnits, readInput } from '../registry/index.ts';
import type { StoreDeps } from '../store/store.ts';
import { chaseSelfChecks } from './chase-units.ts';
import { agreementLines, exportComparison } from './export-comparison.ts';
import type { AskedUnit } from './hold-unit.ts';
import { importDraft } from './import-draft.ts';
import { openSelfCheck } from './open-self-check.ts';
import { readComparison, submittedWords } from './read-comparison.ts';
import { selfCheckDb } from './self-check-db.ts';
import { submitDraft } from './step-draft.ts';

async function unitNamed({ store }: StoreDeps, name: string): Promise<number> {
  const units = await listUnits(store.db);
  const unit = units.find((each) => each.name === name || each.aliases.includes(name));
  if (unit === undefined) throw new UserError('selfcheck.units', `名录里没有“${name}”。`);
  return unit.id;
}

async function checkOf({ store }: StoreDeps, period: string): Promise<number> {
  const round = await findRoundBy(store.db, { period });
  const check = await selfCheckDb(store.db)
    .selectFrom('self_check')
    .select('id')
    .where('round_id', '=', round.id)
    .executeTakeFirst();
  if (check === undefined)
    throw new UserError(
      'selfcheck.unknown',
      `批次 ${period} 没有布置自查；请先运行 selfcheck open ${period}。`,
    );
  return check.id;
}

async function askedUnit(deps: StoreDeps, period: string, unit: string): Promise<AskedUnit> {
  return { id: await checkOf(deps, period), unitId: await unitNamed(deps, unit) };
}

const PERIOD = { name: '批次', min: 1, max: 1 } as const;
const UNIT = { kind: 'text', value: '单位', help: '市（部门）的名称', required: true } as const;

const open = defineCommand<StoreDeps>({
  words: ['selfcheck', 'open'],
  summary: '为一个批次布置市级自查，并通知各单位',
  positionals: PERIOD,
  options: {
    workdays: { kind: 'text', value: '天数', help: '期限，几个工作日', required: true },
    unit: { kind: 'many', value: '单位', help: '要自查的单位；不写就是最上级单位的直接下级' },
    note: { kind: 'text', value: '说明', help: '写在通知里的说明' },
  },
  needs: 'store',
  run: async ({ deps, args, out, actor, now }) => {
    const unitIds: number[] = [];
    for (const name of args.many('unit')) unitIds.push(await unitNamed(deps, name));
    const opened = await openSelfCheck(deps, actor, {
      ...{ period: args.positionals[0]!, unitIds, workdays: Number(args.text('workdays')) },
      ...{ note: args.text('note') ?? '', at: now() },
    });
    out.result(opened, `已布置，${opened.units} 个单位，期限 ${opened.dueOn}。`);
    return 0;
  },
});

const take = defineCommand<StoreDeps>({
  words: ['selfcheck', 'import'],
  summary: '导入一个市的自查结果（.xlsx、.csv）作为草稿，再导入会替换；加 --submit 就报送',
  positionals: { name: '文件', min: 1, max: 1 },
  options: {
    period: { kind: 'text', value: '批次', help: '对应的省级批次', required: true },
    unit: UNIT,
    submit: { kind: 'flag', help: '导入后报送，报送后不能再改' },
    reason: { kind: 'text', value: '原因', help: '更正已报送的，要写原因' },
  },
  needs: 'store',
  run: async ({ deps, args, out, actor, cwd, now }) => {
    const path = args.positionals[0]!;
    const asked = await askedUnit(deps, args.text('period')!, args.text('unit')!);
    const file = { name: basename(path), bytes: await readInput(resolve(cwd, path)) };
    const draft = await importDraft(deps, actor, { ...asked, file, at: now() });
    const isSubmitted = args.flag('submit');
    if (isSubmitted)
      await submitDraft(deps, actor, {
        ...{ ...asked, revision: draft.revision, reason: args.text('reason') ?? '', at: now() },
      });
    out.result(
      { ...draft, submitted: isSubmitted },
      `第 ${draft.version} 版，${draft.rows} 行；没有对上名录 ${draft.unmatched} 行，重复 ${draft.repeated} 行。${isSubmitted ? '已报送。' : '是草稿，还没有报送。'}`,
    );
    return 0;
  },
});

const compared = defineCommand<StoreDeps>({
  words: ['selfcheck', 'compare'],
  summary: '把一个市报送的自查结果与省级批次比对；加 --out 写成 .xlsx',
  positionals: PERIOD,
  options: { unit: UNIT, out: { kind: 'text', value: '文件', help: '写成 .xlsx' } },
  needs: 'store',
  run: async ({ deps, args, out, actor, cwd, now }) => {
    const asked = await askedUnit(deps, args.positionals[0]!, args.text('unit')!);
    const result = await readComparison(deps, actor, asked);
    const target = args.text('out');
    if (target !== undefined) {
      const bytes = await exportComparison(deps, actor, { ...asked, filter: {}, at: now() });
      await writeFile(resolve(cwd, target), bytes);
    }
    const { unitName, round, version, isAfterFreeze, agreement, lines } = result;
    out.result(
      { unitName, period: round.period, version, isAfterFreeze, agreement, lines },
      [
        `${unitName}：${submittedWords(result)}`,
        ...agreementLines(agreement).map(([name, value]) => `${name}：${value}`),
      ].join('\n'),
    );
    return 0;
  },
});

const chase = defineCommand<StoreDeps>({
  words: ['selfcheck', 'chase'],
  summary: '催报没有报送的自查结果，催答比对里的问题；重复执行不会重复催',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, now }) => {
    const told = await chaseSelfChecks(deps, { at: now() });
    out.result({ told }, `发出 ${told} 条催办。`);
    return 0;
  },
});

export const selfCheckCommands: readonly Command<StoreDeps>[] = [open, take, compared, chase];
