import type { AnswerOf, BodyOf, ItemOf } from '../../api/types.ts';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';

export type RectificationItem = ItemOf<'/api/v1/rectification/cases'>;
export type RectificationDetail = AnswerOf<'/api/v1/rectification/cases/{id}'>;
export type RectificationState = RectificationItem['state'];
export type AskedStep = BodyOf<'/api/v1/rectification/cases/{id}/steps', 'post'>;

export const RECTIFICATION_STATE_WORDS: Readonly<Record<RectificationState, string>> = {
  noticed: '待签收',
  acknowledged: '已签收',
  planned: '整改中',
  answered: '待单位负责人审核',
  submitted: '待复核',
  rechecked: '待确认',
  returned: '退回重改',
  closed: '已办结',
  merged: '并入后一期',
};

const TONES: Readonly<Record<RectificationState, Tone>> = {
  noticed: 'waiting',
  acknowledged: 'busy',
  planned: 'busy',
  answered: 'waiting',
  submitted: 'busy',
  rechecked: 'waiting',
  returned: 'warn',
  closed: 'good',
  merged: 'plain',
};

export const OUTCOME_WORDS: Readonly<Record<NonNullable<RectificationItem['outcome']>, string>> = {
  met: '已改正',
  breached: '未改正',
  undetermined: '看不到，须人工核对',
};

const OUTCOME_TONES = { met: 'good', breached: 'bad', undetermined: 'warn' } as const;

export function OutcomeTag({ outcome }: Pick<RectificationItem, 'outcome'>) {
  if (outcome === null) return <span className="quiet">—</span>;
  return <StateTag tone={OUTCOME_TONES[outcome]}>{OUTCOME_WORDS[outcome]}</StateTag>;
}

type Standing = Pick<RectificationItem, 'state' | 'isOverdue' | 'escalatedOn'>;

export function RectificationStateTag({ given }: { readonly given: Standing }) {
  return (
    <span className="tag-row">
      <StateTag tone={TONES[given.state]}>{RECTIFICATION_STATE_WORDS[given.state]}</StateTag>
      {given.isOverdue && <StateTag tone="bad">逾期</StateTag>}
      {given.escalatedOn !== null && <StateTag tone="bad">升级督办</StateTag>}
    </span>
  );
}

/** A deadline; one that was counted through a year without a published calendar is said to be provisional. */
export function DeadlineText({
  given: { deadlineOn, provisional },
}: {
  readonly given: Pick<RectificationItem, 'deadlineOn' | 'provisional'>;
}) {
  return (
    <>
      <time dateTime={deadlineOn}>{deadlineOn}</time>
      {provisional && (
        <span className="quiet" title="那一年的节假日安排还没有公布，公布以后可能会变">
          （暂定）
        </span>
      )}
    </>
  );
}

/** What came before, in words; empty where nothing did. */
export function markWords({ marks, remindersIgnored }: RectificationItem): string[] {
  return [
    ...(marks.consecutive >= 2 ? [`连续 ${marks.consecutive} 期`] : []),
    ...(marks.relapsed ? ['改后又犯'] : []),
    ...(marks.withinYear > 0 ? [`一年内此前 ${marks.withinYear} 次`] : []),
    ...(marks.unmendedSince === null ? [] : [`自 ${marks.unmendedSince} 以来没有改正`]),
    ...(remindersIgnored || marks.remindersIgnored ? ['多次催办未报'] : []),
  ];
}
