import type { SourceStanding } from '../gather/accounts/source-gathered.ts';
import { type Instant, shanghaiText } from '../lib/pure/dates.ts';
import type { SourceState } from '../registry/index.ts';

/** How a source stands, as it is kept and shown. */
export interface SourceStatus {
  readonly state: SourceState;
  /** Chinese; '' while all is well. */
  readonly reason: string;
  /** Chinese: who does what next; '' while all is well. */
  readonly nextStep: string;
  readonly failures: number;
  /** Sweeps leave it alone until then. */
  readonly parkUntil: Instant | null;
}

/** Codes that say: the platform took the account or its interfaces away (new-media-apis §2.6; Weibo 10013, 20003; Douyin 28001045 …). */
const BANS: ReadonlySet<number> = new Set([
  ...[48004, 50002],
  ...[10013, 20003],
  ...[2100009, 28001045, 28001046, 28001047],
]);

const HOUR_MS = 3_600_000;
/** What failed is asked again after an hour, then after two, four …: a bridge that is down for a week is asked seven times. */
const FAILING_FIRST_MS = HOUR_MS;
const FAILING_MAX_MS = 24 * HOUR_MS;
/** What only a person can mend is looked at once a day, in case he did. */
const MENDED_MS = 20 * HOUR_MS;

/** How a source stands after it was asked at `at`; `reason` is why there is no view, or ''. */
export function statusAfter(
  { failures }: { readonly failures: number },
  standing: SourceStanding,
  reason: string,
  at: Instant,
): SourceStatus {
  const later = (ms: number): Instant => new Date(Date.parse(at) + ms).toISOString();
  const words = standing.alarm?.message ?? reason;
  switch (standing.state) {
    case 'working':
      return reason === ''
        ? { state: 'ok', reason: words, nextStep: '', failures: 0, parkUntil: null }
        : failing(failures, words, later);
    case 'waiting': {
      const parkUntil = standing.parkUntil ?? later(FAILING_FIRST_MS);
      const nextStep = `系统 ${shanghaiText(parkUntil)} 以后再看`;
      return { state: 'parked', reason: words, nextStep, failures: failures + 1, parkUntil };
    }
    case 'expired':
      return {
        ...{ state: 'expired', reason: words, failures: failures + 1 },
        ...{ nextStep: '请账号管理员重新授权，或更换密钥', parkUntil: later(MENDED_MS) },
      };
    default:
      return BANS.has(standing.alarm?.errcode ?? 0)
        ? {
            ...{ state: 'banned', reason: words, failures: failures + 1 },
            nextStep: '请主办单位到平台查看处罚或封禁的原因；之前由检查人员打开账号查看',
            parkUntil: later(MENDED_MS),
          }
        : {
            ...{ state: 'failing', reason: words, failures: failures + 1 },
            nextStep:
              standing.alarm?.audience === 'owner'
                ? '请账号管理员按原因处理，之后点“立即测试”'
                : '请运维人员按原因处理，之后点“立即测试”',
            parkUntil: later(MENDED_MS),
          };
  }
}

function failing(failures: number, reason: string, later: (ms: number) => Instant): SourceStatus {
  const pause = Math.min(FAILING_FIRST_MS * 2 ** Math.min(failures, 10), FAILING_MAX_MS);
  const parkUntil = later(pause);
  return {
    ...{ state: 'failing', reason, failures: failures + 1, parkUntil },
    nextStep: `系统 ${shanghaiText(parkUntil)} 以后再看；一直如此，请核对信源的地址，或改用其他信源`,
  };
}
