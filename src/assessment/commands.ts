import { type Command, defineCommand } from '../cli/command.ts';
import { shanghaiDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { listUnits } from '../registry/index.ts';
import type { AssessmentDeps } from './assessment-db.ts';
import { chaseReports } from './chase-reports.ts';
import { measureUnits } from './measures/index.ts';
import { measuredUnits, measuredYear, openAssessment } from './open-assessment.ts';
import { listAssessments, readAssessment } from './read-assessments.ts';
import { MEASURES } from './scheme.ts';
import { outcomeWords } from './words.ts';

/** The units that an option names; none named = those right below the topmost unit. */
async function unitsNamed(
  deps: AssessmentDeps,
  names: readonly string[],
): Promise<{ id: number; name: string }[]> {
  const units = await listUnits(deps.store.db);
  if (names.length === 0) {
    const roots = new Set(units.flatMap(({ id, parentId }) => (parentId === null ? [id] : [])));
    return units.filter(({ parentId }) => parentId !== null && roots.has(parentId));
  }
  return names.map((name) => {
    const unit = units.find((each) => each.name === name || each.aliases.includes(name));
    if (unit === undefined) throw new UserError('assessment.units', `名录里没有“${name}”。`);
    return unit;
  });
}

const yearOf = (text = ''): number => {
  if (!/^\d{4}$/.test(text)) throw new UserError('assessment.year', '请写四位数的年份，如 2026。');
  return Number(text);
};

const open = defineCommand<AssessmentDeps>({
  words: ['assessment', 'open'],
  summary: '开始一年的监管工作考核：数出平台知道的，请各单位自评',
  positionals: { name: '年份', min: 1, max: 1 },
  options: {
    'report-by': { kind: 'text', value: '日期', help: '自评的期限', required: true },
    unit: { kind: 'many', value: '单位', help: '考核的单位；不写就是最上级单位的直接下级' },
  },
  needs: 'store',
  run: async ({ deps, args, out, actor, now }) => {
    const units = await unitsNamed(deps, args.many('unit'));
    const id = await openAssessment(deps, actor, {
      ...{ year: yearOf(args.positionals[0]), unitIds: units.map((unit) => unit.id) },
      ...{ reportBy: args.text('report-by')!, at: now() },
    });
    out.result({ id, units: units.length }, `考核 ${id} 已开始，${units.length} 个单位。`);
    return 0;
  },
});

const list = defineCommand<AssessmentDeps>({
  words: ['assessment', 'list'],
  summary: '年度考核：状态、已报和已核定的单位数',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, actor }) => {
    const items = await listAssessments(deps, actor);
    const lines = items.map(
      ({ id, year, name, state, units, reported, reviewed }) =>
        `${id}  ${year}  ${name}  ${state}  ${units} 个单位，已报 ${reported}，已核定 ${reviewed}`,
    );
    out.result({ items }, lines.join('\n') || '还没有年度考核。');
    return 0;
  },
});

const show = defineCommand<AssessmentDeps>({
  words: ['assessment', 'show'],
  summary: '一次年度考核的各单位得分和名次',
  positionals: { name: '编号', min: 1, max: 1 },
  options: {},
  needs: 'store',
  run: async ({ deps, args, out, actor }) => {
    const id = Number(args.positionals[0]);
    if (!Number.isSafeInteger(id) || id < 1)
      throw new UserError('assessment.unknown', '请写考核的编号（assessment list 里有）。');
    const page = await readAssessment(deps, actor, id);
    const lines = page.units.map(
      ({ unitName, outcome, rank }) => `${rank ?? '—'}  ${unitName}  ${outcomeWords(outcome)}`,
    );
    out.result(page, [`${page.head.year} 年${page.head.name}`, ...lines].join('\n'));
    return 0;
  },
});

const measure = defineCommand<AssessmentDeps>({
  words: ['assessment', 'measure'],
  summary: '平台为考核数出的各项数字和依据，不开始考核',
  positionals: { name: '年份', min: 1, max: 1 },
  options: {
    unit: { kind: 'many', value: '单位', help: '单位；不写就是最上级单位的直接下级' },
  },
  needs: 'store',
  run: async ({ deps, args, out, now }) => {
    const units = await unitsNamed(deps, args.many('unit'));
    const figures = await measureUnits(deps.store, {
      wanted: new Set(MEASURES),
      units: await measuredUnits(
        deps,
        units.map(({ id }) => id),
      ),
      year: measuredYear(yearOf(args.positionals[0]), shanghaiDate(now())),
    });
    const items = units.map(({ id, name }) => ({
      ...{ unitId: id, unitName: name },
      figures: Object.fromEntries(
        MEASURES.map((measureId) => [measureId, figures.get(measureId)?.get(id) ?? null]),
      ),
    }));
    const lines = items.map(({ unitName, figures: of }) => {
      const counts = MEASURES.map((measureId) => `${measureId} ${of[measureId]?.count ?? '？'}`);
      return `${unitName}：${counts.join('，')}`;
    });
    out.result({ items }, lines.join('\n'));
    return 0;
  },
});

const chase = defineCommand<AssessmentDeps>({
  words: ['assessment', 'chase'],
  summary: '催报年度考核的自评；重复执行不会重复催',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, now }) => {
    const told = await chaseReports(deps, { at: now() });
    out.result({ told }, `发出 ${told} 条催报。`);
    return 0;
  },
});

export const assessmentCommands: readonly Command<AssessmentDeps>[] = [
  ...[open, list, show, measure, chase],
];
