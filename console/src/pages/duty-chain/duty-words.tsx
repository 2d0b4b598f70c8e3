import type { AnswerOf, ItemOf } from '../../api/types.ts';
import { StateTag } from '../../ui/StateTag.tsx';

export type DutyItem = ItemOf<'/api/v1/duty/chains'>;
export type DutyPost = DutyItem['posts'][number];
export type DutyChain = AnswerOf<'/api/v1/duty/sites/{id}'>;
export type Handover = DutyChain['handovers'][number];

export const DUTY_STAND_WORDS = {
  lacking: '缺人或任期已过',
  handover: '交接中',
  late: '交接逾期',
  differs: '与名录不一致',
} as const;

/** What any change of a chain makes stale. */
export const DUTY_REFRESHES = [
  '/api/v1/duty/chains',
  '/api/v1/duty/sites/{id}',
  '/api/v1/duty/accounts/{id}',
] as const;

/** From which day to which. */
export function daysWords({
  validFrom,
  validTo,
}: {
  readonly validFrom: string | null;
  readonly validTo: string | null;
}): string {
  if (validFrom === null) return '—';
  return validTo === null ? `${validFrom} 起` : `${validFrom} 至 ${validTo}`;
}

export function DutyTags({ chain }: { readonly chain: DutyItem }) {
  const { posts, handoverDueOn, isHandoverLate } = chain;
  const lacking = posts.filter(({ isLacking }) => isLacking);
  const differs = posts.some(({ registerSays }) => registerSays !== null);
  if (lacking.length === 0 && handoverDueOn === null && !differs)
    return <StateTag tone="good">齐全</StateTag>;
  return (
    <span className="tag-row">
      {lacking.map(({ post, title, isExpired }) => (
        <StateTag key={post} tone="bad">
          {isExpired ? `${title}任期已过` : `缺${title}`}
        </StateTag>
      ))}
      {handoverDueOn !== null && (
        <StateTag tone={isHandoverLate ? 'bad' : 'waiting'}>
          {isHandoverLate ? '交接逾期' : '交接中'}
        </StateTag>
      )}
      {differs && <StateTag tone="warn">与名录不一致</StateTag>}
    </span>
  );
}

/** Who holds a post, in one line of a list. */
export function HolderText({ post }: { readonly post: DutyPost | undefined }) {
  if (post === undefined || post.name === '') return <>—</>;
  return (
    <>
      {post.name}
      {post.office !== '' && <span className="quiet">（{post.office}）</span>}
    </>
  );
}
