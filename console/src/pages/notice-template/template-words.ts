import type { AnswerOf, PathOf } from '../../api/types.ts';

export type Template = AnswerOf<'/api/v1/notice-templates/{kind}'>;
export type TemplateContent = Template['own'];
export type TemplatePart = TemplateContent['title'][number];
export const TEMPLATE_REFRESHES: readonly PathOf<'get'>[] = [
  '/api/v1/notice-templates',
  '/api/v1/notice-templates/{kind}',
];

export const FIELD_KINDS: Readonly<Record<Template['fields'][number]['kind'], string>> = {
  words: '文字',
  count: '数，可以比较',
  flag: '只用在条件里',
};

export const versionWords = (version: number | null): string =>
  version === null ? '自带的文字' : `第 ${version} 版`;

export const EMPTY_PART: TemplatePart = { when: '', lead: '', text: '' };
