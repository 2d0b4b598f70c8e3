import type { AnswerOf, ItemOf } from '../../api/types.ts';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';

export type FindErrorItem = ItemOf<'/api/v1/find-errors'>;
export type FindErrorDetail = AnswerOf<'/api/v1/find-errors/{id}'>;

export const FIND_ERROR_STATE_WORDS: Readonly<Record<FindErrorItem['state'], string>> = {
  received: '待交办',
  assigned: '已交办，待受理',
  accepted: '办理中',
  answered: '已答复',
};
export const STAND_WORDS = { overdue: '逾期没有答复', ...FIND_ERROR_STATE_WORDS } as const;

export const ORIGIN_WORDS: Readonly<Record<FindErrorItem['origin'], string>> = {
  import: '国家平台（导入）',
  api: '国家平台（接口）',
  form: '本平台表单',
};

const TONES: Readonly<Record<FindErrorItem['state'], Tone>> = {
  received: 'waiting',
  assigned: 'waiting',
  accepted: 'busy',
  answered: 'good',
};

export function FindErrorStateTag({ message }: { readonly message: FindErrorItem }) {
  const { state, isLate, isHandOnLate, isPublished } = message;
  return (
    <span className="tag-row">
      <StateTag tone={TONES[state]}>{FIND_ERROR_STATE_WORDS[state]}</StateTag>
      {isLate && <StateTag tone="bad">{state === 'answered' ? '超期答复' : '逾期'}</StateTag>}
      {isHandOnLate && <StateTag tone="bad">交办逾期</StateTag>}
      {isPublished && <StateTag tone="plain">已公布</StateTag>}
    </span>
  );
}

/** Until when it is to be answered. */
export function DueText({ message }: { readonly message: FindErrorItem }) {
  const { dueOn, isExtended, isProvisional } = message;
  const words = [...(isExtended ? ['已延期'] : []), ...(isProvisional ? ['暂定'] : [])];
  return (
    <>
      <time dateTime={dueOn}>{dueOn}</time>
      {words.length > 0 && <span className="quiet">（{words.join('，')}）</span>}
    </>
  );
}

export const titleOf = ({ id, siteName, problemType }: FindErrorItem): string =>
  `${siteName || '（没有写明网站）'}：${problemType || `第 ${id} 号留言`}`;
