import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { CommandArguments } from '../cli/command.ts';
import { readTable } from '../documents/workbook.ts';
import { parsePeriod } from '../domain/period.ts';
import {
  type CalendarDate,
  endOfDay,
  type Instant,
  isCalendarDate,
  shanghaiInstant,
} from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { InspectionDeps } from './inspection-deps.ts';
import type { PlanInput } from './plan-round.ts';
import type { Coverage } from './round.ts';
import { readSampleRows, type SampleRow } from './sample-file.ts';
import { parseSampleRatios } from './sample-subjects.ts';
import { PAGES_PER_SITE, WHOLE_SITES, type WholeSites } from './whole-sites.ts';

/** Reads `2020-07-07..2020-09-17`. */
export function parseWindow(text: string): readonly [CalendarDate, CalendarDate] {
  const [from, to, more] = text.split('..');
  if (
    more !== undefined ||
    !from ||
    !to ||
    !isCalendarDate(from) ||
    !isCalendarDate(to) ||
    from > to
  ) {
    throw new UserError(
      'round.window',
      `采样时间“${text}”写法不对：应写成 2020-07-07..2020-09-17，起不晚于止。`,
      { field: 'window' },
    );
  }
  return [from, to];
}

/** Reads a monitoring time: a date means the end of that day in Asia/Shanghai; `YYYY-MM-DD HH:MM` and instants in UTC stand as they are. */
export function parseMonitoringTime(
  text: string,
  window: readonly [CalendarDate, CalendarDate],
): Instant {
  const at = isCalendarDate(text) ? endOfDay(text) : (utcInstant(text) ?? shanghaiInstant(text));
  if (at === null)
    throw new UserError(
      'round.at',
      `监测时间点“${text}”写法不对：应写成 2020-09-17 或“2020-09-17 18:00”。`,
      { field: 'at' },
    );
  if (
    at < new Date(Date.parse(endOfDay(window[0])) - 86_399_999).toISOString() ||
    at > endOfDay(window[1])
  ) {
    throw new UserError('round.at', `监测时间点 ${text} 不在采样时间 ${window.join('..')} 之内。`, {
      field: 'at',
    });
  }
  return at;
}

function utcInstant(text: string): Instant | null {
  const at = /^\d{4}-\d{2}-\d{2}T[\d:.]{5,12}Z$/.test(text) ? new Date(text) : null;
  return at === null || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

const SEED_MAX = 2 ** 31 - 1;

/** The plan that the options of `round run` describe. */
export async function readPlan(
  args: CommandArguments,
  context: { cwd: string; now: Instant; deps: InspectionDeps },
): Promise<PlanInput> {
  const window = parseWindow(args.text('window') ?? '');
  const clock = args.text('clock') ?? 'live';
  if (clock !== 'live' && clock !== 'replay')
    throw new UserError('round.clock', `--clock 只能是 live 或 replay，不是“${clock}”。`, {
      field: 'clock',
    });
  const { coverage, sampleRows } = await readCoverage(args, context.cwd);
  return {
    period: parsePeriod(args.text('period') ?? ''),
    window,
    monitoredAt: parseMonitoringTime(args.text('at') ?? '', window),
    ruleset: await context.deps.loadRuleset(args.text('ruleset') ?? ''),
    clock,
    coverage,
    sampleRows,
    wholeSites: readWholeSites(args),
    resolveRules: args.many('resolve'),
    at: context.now,
  };
}

function readWholeSites(args: CommandArguments): WholeSites {
  const given = args.text('whole-sites') ?? 'none';
  const sites = WHOLE_SITES.find((each) => each === given);
  if (sites === undefined)
    throw new UserError(
      'round.whole-sites',
      `--whole-sites 只能是 ${WHOLE_SITES.join('、')}，不是“${given}”。`,
      { field: 'whole-sites' },
    );
  const text = args.text('pages-per-site');
  const pagesPerSite = text === undefined ? PAGES_PER_SITE.usual : Number(text);
  const { least, most } = PAGES_PER_SITE;
  if (!Number.isInteger(pagesPerSite) || pagesPerSite < least || pagesPerSite > most)
    throw new UserError(
      'round.pages-per-site',
      `--pages-per-site 要是 ${least} 到 ${most} 的整数，不是“${text}”。`,
      { field: 'pages-per-site' },
    );
  return { sites, pagesPerSite };
}

async function readCoverage(
  args: CommandArguments,
  cwd: string,
): Promise<{ coverage: Coverage; sampleRows: SampleRow[] }> {
  const sample = args.text('sample');
  const seedText = args.text('seed');
  const seed = Number(seedText ?? Number.NaN);
  if (seedText !== undefined && (!Number.isInteger(seed) || seed < 0 || seed > SEED_MAX)) {
    throw new UserError('round.seed', '--seed 要是非负整数。', { field: 'seed' });
  }
  if (sample === undefined)
    return {
      coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } },
      sampleRows: [],
    };
  if (/^\s*(sites|accounts)\s*=/.test(sample)) {
    if (seedText === undefined)
      throw new UserError('round.seed', '按比例抽样要用 --seed 记下种子，以便重现。', {
        field: 'seed',
      });
    return { coverage: parseSampleRatios(sample, seed), sampleRows: [] };
  }
  const bytes = await readFile(resolve(cwd, sample)).catch((cause: unknown) => {
    throw new UserError('round.sample', `读不了抽查名单 ${sample}。`, { field: 'sample', cause });
  });
  const sampleRows = readSampleRows(await readTable(bytes, basename(sample)), basename(sample));
  return { coverage: coverageOfList(sampleRows, basename(sample)), sampleRows };
}

/** A list covers the kinds that it names; a kind of which it names nobody is checked whole. */
function coverageOfList(rows: readonly SampleRow[], file: string): Coverage {
  const list = { mode: 'sample', by: 'list', file } as const;
  const census = { mode: 'census' } as const;
  return {
    sites: rows.some((row) => row.siteCode !== '') ? list : census,
    accounts: rows.some((row) => row.accountId !== '') ? list : census,
  };
}
