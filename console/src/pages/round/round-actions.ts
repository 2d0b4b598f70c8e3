import type { RoundDetail } from '../../api/types.ts';

/** What may be done with a round now; each a reason why not, or null. Pure. */
export interface RoundActions {
  /** 开始 for a planned round, 继续 for one that was paused or stopped. */
  readonly run: { readonly words: string; readonly whyNot: string | null };
  readonly pause: string | null;
  readonly freeze: string | null;
  readonly retry: string | null;
}

type RoundNow = Pick<RoundDetail, 'state' | 'paused' | 'running'>;

const isUnderWay = ({ state }: RoundNow): boolean => state === 'gathering' || state === 'judging';
const isOver = ({ state }: RoundNow): boolean => state === 'frozen' || state === 'issued';

export function roundActions(
  round: RoundNow,
  mayNot: { readonly run: string | null; readonly freeze: string | null },
): RoundActions {
  return {
    run: {
      words: round.state === 'planned' ? '开始采集' : '继续',
      whyNot: mayNot.run ?? whyNotRun(round),
    },
    pause: mayNot.run ?? (round.running && !round.paused ? null : '批次没有在运行，不需要暂停'),
    freeze: mayNot.freeze ?? whyNotFreeze(round),
    retry: mayNot.run ?? whyNotRetry(round),
  };
}

function whyNotRun(round: RoundNow): string | null {
  if (round.state === 'planned') return null;
  if (!isUnderWay(round)) return isOver(round) ? '批次已冻结，不再变化' : '采集和判定都已完成';
  return round.running && !round.paused ? '批次正在运行' : null;
}

function whyNotFreeze(round: RoundNow): string | null {
  if (isOver(round)) return '批次已经冻结';
  if (round.running) return '批次正在运行，请等它完成';
  return round.state === 'reviewing' ? null : '采集、判定完成后才能审核和冻结';
}

function whyNotRetry(round: RoundNow): string | null {
  if (isOver(round)) return '批次已冻结，不能再采集';
  return round.state === 'planned' ? '批次还没有开始' : null;
}

export interface Blockers {
  /** Breaches that are not confirmed by all who must. */
  readonly open: number;
  readonly undetermined: number;
  /** Contests without an answer: these cannot be waived. */
  readonly contested: number;
  /** Letters whose days to object are not over. */
  readonly contestRuns: { readonly letters: number; readonly until: string } | null;
}

export interface Waivers {
  readonly review: string;
  readonly undetermined: string;
  readonly contests: string;
}

const REASON_MIN = 2;

/** Why the round cannot be frozen with these waivers, or null. */
export function whyNotFreezeWith(blockers: Blockers, waivers: Waivers): string | null {
  if (blockers.contested > 0) return `有 ${blockers.contested} 条申辩没有答复，请先答复`;
  if (blockers.contestRuns !== null && waivers.contests.trim().length < REASON_MIN)
    return `申辩期到 ${blockers.contestRuns.until} 才满：请等期满，或写明提前结束的理由`;
  if (blockers.open > 0 && waivers.review.trim().length < REASON_MIN)
    return `有 ${blockers.open} 条问题没有审核完：请审核，或写明免予审核的理由`;
  if (blockers.undetermined > 0 && waivers.undetermined.trim().length < REASON_MIN)
    return `有 ${blockers.undetermined} 条无法判定：请判定，或写明不计入的理由`;
  return null;
}

/** The body of the freeze: a waiver is sent only where something is waived. */
export function freezeBody(blockers: Blockers, waivers: Waivers) {
  return {
    ...(blockers.open > 0 && { reviewWaived: waivers.review.trim() }),
    ...(blockers.contestRuns !== null && { contestsEnded: waivers.contests.trim() }),
    ...(blockers.undetermined > 0 && { undeterminedWaived: waivers.undetermined.trim() }),
  };
}
