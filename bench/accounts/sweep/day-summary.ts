import type { SweepLine } from './run-sweep.ts';

/** The bound of issue 6 for a whole sweep. */
const MOST_SECONDS = 15 * 60;
/** Memory is flat when its second half is no higher than its first by more than this. */
const GROWTH_MAX = 1.15;

/** What the reference documents, by code of refusal: whoever keeps within the quotas never hears it, unless others used them up. */
const QUOTA_CODES: Readonly<Record<string, string>> = {
  'wechat 45009': '公众号每日',
  'wechat 45011': '公众号每分钟',
  'weibo 10022': '微博每小时（地址）',
  'weibo 10023': '微博每小时（用户）',
  'douyin 2190001': '抖音每日',
};

interface Day {
  readonly accounts: number;
  readonly day: number;
  readonly lines: readonly (SweepLine & { readonly at: number })[];
  /** Since the first day. */
  readonly counts: Readonly<Record<string, number>>;
  readonly stands: ReadonlyMap<string, number>;
}

/** Figures of one day for people, and whether the bounds hold. */
export function daySummary({ accounts, day, lines, counts, stands }: Day): {
  readonly text: string;
  readonly holds: boolean;
} {
  const last = lines.at(-1);
  const sweep = last?.sweep;
  if (!last || !sweep) return { text: `第 ${day + 1} 天：巡看没有做完\n`, holds: false };
  const seconds = (Date.parse(sweep.endedAt ?? '') - Date.parse(sweep.startedAt)) / 1_000;
  const isInTime = seconds <= (MOST_SECONDS * accounts) / 120_000 || seconds <= MOST_SECONDS;
  const memory = memoryOf(lines);
  const rows: readonly (readonly [string, string])[] = [
    [
      `第 ${day + 1} 天`,
      `看了 ${sweep.asked}/${sweep.total} 个信源，${sweep.told} 个读到内容，${sweep.postponed} 个推迟`,
    ],
    [
      '用时',
      `${seconds.toFixed(0)} 秒，${(sweep.asked / seconds).toFixed(0)} 个/秒，巡看进程 CPU ${last.cpuSeconds.toFixed(0)} 秒；要求 ≤ ${MOST_SECONDS} 秒：${isInTime ? '达到' : '没有达到'}`,
    ],
    ['内存', `${memory.text}：${memory.isFlat ? '平稳' : '在增长'}`],
    ['请求（累计）', requestsOf(counts)],
    ['额度拒绝（累计）', quotaRefusals(counts)],
    ['信源状态', [...stands].map(([what, count]) => `${what} ${count}`).join('，')],
  ];
  return {
    text: rows.map(([what, figure]) => `${what}　${figure}\n`).join(''),
    holds: isInTime && memory.isFlat,
  };
}

function memoryOf(lines: Day['lines']): { readonly text: string; readonly isFlat: boolean } {
  const at = (share: number): number =>
    lines[Math.min(lines.length - 1, Math.floor(lines.length * share))]?.rssMb ?? 0;
  const peak = (from: number, to: number): number =>
    Math.max(
      0,
      ...lines
        .slice(Math.floor(lines.length * from), Math.ceil(lines.length * to))
        .map(({ rssMb }) => rssMb),
    );
  const [first, second] = [peak(0, 0.5), peak(0.5, 1)];
  return {
    text: `开始 ${at(0)}、中间 ${at(0.5)}、结束 ${at(1)} MB，前半最高 ${first}、后半最高 ${second} MB`,
    isFlat: second <= first * GROWTH_MAX,
  };
}

const requestsOf = (counts: Day['counts']): string =>
  Object.entries(counts)
    .filter(([what]) => what.includes('.'))
    .map(([host, count]) => `${host} ${count}`)
    .join('，');

const quotaRefusals = (counts: Day['counts']): string =>
  Object.entries(QUOTA_CODES)
    .map(([what, words]) => `${words} ${counts[what] ?? 0}`)
    .join('，');
