import type { AnswerOf, ItemOf } from '../../api/types.ts';
import { DateText } from '../../ui/DateText.tsx';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';

export type SelfCheck = AnswerOf<'/api/v1/self-checks/{id}'>;
export type Agreement = NonNullable<SelfCheck['units'][number]['agreement']>;
export type ComparedLine = ItemOf<'/api/v1/self-checks/{id}/units/{unitId}/comparison'>;
export type Category = ComparedLine['category'];

export const CATEGORY_WORDS: Readonly<Record<Category, string>> = {
  both: '双方都发现',
  cityOnly: '只有市里发现',
  toPair: '写法不同，待核对',
  provinceOnly: '只有省里发现',
  notChecked: '市里没有检查',
};

export const PROVINCE_WORDS: Readonly<Record<ComparedLine['province'], string>> = {
  found: '发现',
  notFound: '没有发现',
  unclear: '没有能判定',
  notChecked: '没有检查',
};

export type Stand = NonNullable<ComparedLine['stand']>;

export const STAND_WORDS: Readonly<Record<Stand, string>> = {
  open: '待答复',
  returned: '省里追问，待答复',
  answered: '已答复，待省里认可',
  accepted: '已认可',
};
const STAND_TONES: Readonly<Record<Stand, Tone>> = {
  ...{ open: 'waiting', returned: 'warn', answered: 'busy', accepted: 'good' },
};

/** How far a question to the city is answered. */
export const QuestionStand = ({ of }: { readonly of: Stand }) => (
  <StateTag tone={STAND_TONES[of]}>{STAND_WORDS[of]}</StateTag>
);

/** Questions that wait for the city, and those that wait for the province. */
export const openQuestions = ({ questions }: Agreement) => ({
  city: questions.open + questions.returned,
  province: questions.answered,
});

/** The checked part of a unit's subjects, as 80.0%; — where there are none. */
export const checkedShare = ({ checkedSubjects, total }: Agreement): string =>
  total === 0 ? '—' : `${((100 * checkedSubjects) / total).toFixed(1)}%`;

/** What a change of a self-check makes stale. */
export const SELF_CHECK_REFRESHES = [
  ...(['/api/v1/self-checks', '/api/v1/self-checks/{id}'] as const),
  ...([
    '/api/v1/self-checks/{id}/units/{unitId}',
    '/api/v1/self-checks/{id}/units/{unitId}/rows',
    '/api/v1/self-checks/{id}/units/{unitId}/comparison',
    '/api/v1/self-checks/{id}/units/{unitId}/questions/{key}',
  ] as const),
] as const;

export function DueDay(due: { readonly dueOn: string; readonly isProvisional: boolean }) {
  return (
    <>
      <DateText at={due.dueOn} as="date" />
      {due.isProvisional && <span className="quiet">（暂定，节假日安排还没有公布）</span>}
    </>
  );
}
