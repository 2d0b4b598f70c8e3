import type { FindingItem, RoundItem, SiteItem, VerdictView } from '../api/types.ts';
import {
  FINDING_STATUS_WORDS,
  REVIEW_WORDS,
  ROUND_STATE_WORDS,
  STATUS_WORDS,
} from '../util/words.ts';
import { StateTag, type Tone } from './StateTag.tsx';

// The tags of the closed lists: the same state looks the same on every page.

const VERDICT_TONES: Readonly<Record<VerdictView['kind'], Tone>> = {
  vetoed: 'bad',
  passed: 'good',
  scored: 'good',
  inconclusive: 'warn',
};

export function VerdictTag({ verdict }: { readonly verdict: VerdictView | null }) {
  if (verdict === null) return <StateTag tone="plain">尚未检查</StateTag>;
  const tone = verdict.isFailing ? 'bad' : VERDICT_TONES[verdict.kind];
  return <StateTag tone={tone}>{verdict.words}</StateTag>;
}

const SUBJECT_TONES: Readonly<Record<SiteItem['status'], Tone>> = {
  applied: 'waiting',
  running: 'good',
  suspended: 'warn',
  closing: 'warn',
  closed: 'plain',
  deregistered: 'plain',
  migrated: 'plain',
};

export function SubjectStatusTag({ status }: { readonly status: SiteItem['status'] }) {
  return <StateTag tone={SUBJECT_TONES[status]}>{STATUS_WORDS[status]}</StateTag>;
}

const ROUND_TONES: Readonly<Record<RoundItem['state'], Tone>> = {
  planned: 'waiting',
  gathering: 'busy',
  judging: 'busy',
  reviewing: 'warn',
  frozen: 'plain',
  issued: 'good',
};

export function RoundStateTag({ round }: { readonly round: Pick<RoundItem, 'state' | 'paused'> }) {
  if (round.paused && (round.state === 'gathering' || round.state === 'judging'))
    return <StateTag tone="warn">已暂停</StateTag>;
  return <StateTag tone={ROUND_TONES[round.state]}>{ROUND_STATE_WORDS[round.state]}</StateTag>;
}

const FINDING_TONES: Readonly<Record<FindingItem['status'], Tone>> = {
  breached: 'bad',
  undetermined: 'warn',
  met: 'good',
  notApplicable: 'plain',
};

interface FindingStatusProps {
  readonly status: FindingItem['status'];
  /** A bonus that is earned (成立) is no problem. */
  readonly ruleClass?: FindingItem['rule']['class'];
}

export function FindingStatusTag({ status, ruleClass }: FindingStatusProps) {
  if (ruleClass === 'bonus' && status === 'breached')
    return <StateTag tone="good">可加分</StateTag>;
  if (ruleClass === 'bonus' && status === 'met') return <StateTag tone="plain">不加分</StateTag>;
  return <StateTag tone={FINDING_TONES[status]}>{FINDING_STATUS_WORDS[status]}</StateTag>;
}

const REVIEW_TONES: Readonly<Record<FindingItem['review'], Tone>> = {
  open: 'waiting',
  once: 'busy',
  confirmed: 'good',
  rejected: 'plain',
  cannotJudge: 'warn',
  waived: 'plain',
};

export function ReviewTag({ review }: { readonly review: FindingItem['review'] }) {
  return <StateTag tone={REVIEW_TONES[review]}>{REVIEW_WORDS[review]}</StateTag>;
}
