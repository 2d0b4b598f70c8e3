import type { AnswerOf, ItemOf } from '../../api/types.ts';

export type LexiconVersion = ItemOf<'/api/v1/lexicons'>;
export type LexiconEntry = ItemOf<'/api/v1/lexicons/{name}/entries'>;
export type LexiconPreview = AnswerOf<'/api/v1/lexicons/previews', 'post'>;

export const ENTRY_KIND_WORDS: Readonly<Record<LexiconEntry['kind'], string>> = {
  term: '错误写法',
  name: '保护名称',
  role: '职务',
  word: '专用词',
};

/** 词条 12、名称 3、职务 4、专用词 0 */
export function countWords({
  terms,
  names,
  roles,
  words,
}: Pick<LexiconVersion, 'terms' | 'names' | 'roles' | 'words'>): string {
  return `错误写法 ${terms}、保护名称 ${names}、职务 ${roles}、专用词 ${words}`;
}
