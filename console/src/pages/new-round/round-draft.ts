import { NO_WHOLE_SITES, type WholeSitesDraft, wholeSitesProblem } from './whole-sites.ts';

/** The form of a new round: what is typed, what is wrong with it, what is sent, and the summary read before sending. Pure. */
export interface RoundDraft {
  readonly period: string;
  readonly label: string;
  /** Dates YYYY-MM-DD in Asia/Shanghai. */
  readonly from: string;
  readonly to: string;
  readonly monitoredOn: string;
  readonly ruleset: string;
  readonly sites: CoverageDraft;
  readonly accounts: CoverageDraft;
  readonly wholeSites: WholeSitesDraft;
  readonly clock: 'live' | 'replay';
  /** Of a replay: where names lead, `*.example=127.0.0.1:8080`, one a line. */
  readonly resolve: string;
}

export interface CoverageDraft {
  readonly mode: 'census' | 'sample';
  readonly percent: number | null;
  readonly seed: number | null;
}

const CENSUS: CoverageDraft = { mode: 'census', percent: null, seed: null };

/** A live census that begins today (YYYY-MM-DD, Asia/Shanghai); the rest is for the person to say. */
export function emptyDraft(today: string): RoundDraft {
  return {
    period: '',
    label: '',
    ...{ from: today, to: '', monitoredOn: '', ruleset: '' },
    ...{ sites: CENSUS, accounts: CENSUS, clock: 'live', resolve: '' },
    wholeSites: NO_WHOLE_SITES,
  };
}

export type DraftProblems = Partial<Record<keyof RoundDraft, string>>;

const SEED_MAX = 2 ** 31 - 1;

/** Each field that cannot stand as it is, with what to do about it. `taken` = periods that exist already. */
export function problemsOf(draft: RoundDraft, taken: readonly string[]): DraftProblems {
  const problems: DraftProblems = {};
  const period = draft.period.trim().toUpperCase();
  if (period === '') problems.period = '请写期次，如 2020Q3、2020H1、2020-07';
  else if (/[\p{Cc}/\\]/u.test(period) || period.length > 40)
    problems.period = '期次最多 40 个字，不能有斜线';
  else if (taken.some((each) => each.toUpperCase() === period))
    problems.period = `已有 ${period} 这一期`;
  if (draft.from === '' || draft.to === '') problems.from = '请选采样时间的起止日期';
  else if (draft.to < draft.from) problems.from = '结束日期早于开始日期';
  if (draft.monitoredOn === '') problems.monitoredOn = '请选监测时间点';
  else if (!problems.from && (draft.monitoredOn < draft.from || draft.monitoredOn > draft.to))
    problems.monitoredOn = '监测时间点应在采样时间之内';
  if (draft.ruleset === '') problems.ruleset = '请选规则集';
  for (const kind of ['sites', 'accounts'] as const) {
    const why = coverageProblem(draft[kind]);
    if (why !== null) problems[kind] = why;
  }
  const why = wholeSitesProblem(draft.wholeSites, draft.clock);
  if (why !== null) problems.wholeSites = why;
  if (draft.clock === 'replay' && rulesIn(draft.resolve).length === 0)
    problems.resolve = '补采只访问本机的存档或演练环境，请写明域名指到本机哪里';
  return problems;
}

const rulesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function coverageProblem({ mode, percent, seed }: CoverageDraft): string | null {
  if (mode === 'census') return null;
  if (percent === null || percent <= 0 || percent > 100) return '抽查比例应大于 0、不超过 100';
  return seed !== null && (!Number.isInteger(seed) || seed < 0 || seed > SEED_MAX)
    ? `随机种子应为 0 到 ${SEED_MAX} 的整数`
    : null;
}

/** The body of POST /rounds. */
export function bodyOf(draft: RoundDraft) {
  const coverage = ({ mode, percent, seed }: CoverageDraft) =>
    mode === 'census'
      ? ({ mode } as const)
      : { mode, percent: percent ?? 0, ...(seed === null ? {} : { seed }) };
  const label = draft.label.trim();
  const { sites, pagesPerSite } = draft.wholeSites;
  return {
    period: draft.period.trim(),
    ...(label === '' ? {} : { label }),
    window: [draft.from, draft.to] as [string, string],
    at: draft.monitoredOn,
    ruleset: draft.ruleset,
    coverage: { sites: coverage(draft.sites), accounts: coverage(draft.accounts) },
    clock: draft.clock,
    ...(sites === 'none' || pagesPerSite === null ? {} : { wholeSites: { sites, pagesPerSite } }),
    ...(draft.clock === 'replay' && { resolve: rulesIn(draft.resolve) }),
  };
}

export function coverageWords(
  coverage: { readonly mode: string; readonly percent?: number; readonly seed?: number },
  kind: 'sites' | 'accounts',
): string {
  if (coverage.mode === 'census') return kind === 'sites' ? '全覆盖检查' : '普查';
  const seed = coverage.seed === undefined ? '' : `，种子 ${coverage.seed}`;
  return coverage.percent === undefined ? '按名单抽查' : `抽查 ${coverage.percent}%${seed}`;
}

const NUMERALS = ['一', '二', '三', '四'] as const;

/** The period as a bulletin prints it; the same reading as the server's. */
export function periodWords(period: string): string {
  const key = period.trim().toUpperCase();
  const quarter = /^(\d{4})Q([1-4])$/.exec(key);
  if (quarter) return `${quarter[1]}年第${NUMERALS[Number(quarter[2]) - 1]}季度`;
  const half = /^(\d{4})H([12])$/.exec(key);
  if (half) return `${half[1]}年${half[2] === '1' ? '上' : '下'}半年`;
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(key);
  return month ? `${month[1]}年${Number(month[2])}月` : period.trim();
}
