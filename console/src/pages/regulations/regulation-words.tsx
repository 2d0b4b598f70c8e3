import type { AnswerOf, BodyOf, ItemOf } from '../../api/types.ts';
import { StateTag } from '../../ui/StateTag.tsx';

export type RegulationItem = ItemOf<'/api/v1/duty/regulations'>;
export type Regulation = AnswerOf<'/api/v1/duty/regulations/{id}'>;
export type RegulationVersion = Regulation['versions'][number];
export type RegulationFields = BodyOf<'/api/v1/duty/regulations', 'post'>;

export const REGULATION_KIND_WORDS: Readonly<Record<RegulationItem['kind'], string>> = {
  measures: '管理办法',
  rules: '实施细则',
  norm: '工作规范',
  plan: '应急预案',
  notice: '通知',
  other: '其他',
};
export const REGULATION_STAND_WORDS = {
  toRead: '我待学习的',
  inForce: '现行',
  draft: '有草稿待发布',
  repealed: '已废止',
} as const;

/** What any step of a regulation makes stale. */
export const REGULATION_REFRESHES = [
  ...(['/api/v1/duty/regulations', '/api/v1/duty/regulations/{id}'] as const),
  '/api/v1/duty/regulations/{id}/readers',
] as const;

export function RegulationTags({ regulation }: { readonly regulation: RegulationItem }) {
  const { number, repealedOn, hasDraft, isToRead } = regulation;
  return (
    <span className="tag-row">
      {repealedOn !== null && <StateTag tone="plain">已废止</StateTag>}
      {number !== null && repealedOn === null && <StateTag tone="good">现行</StateTag>}
      {hasDraft && <StateTag tone="waiting">草稿待发布</StateTag>}
      {isToRead && <StateTag tone="busy">待我学习</StateTag>}
    </span>
  );
}
