import type { Category, ProvinceView } from './compare.ts';

/** Chinese words of a comparison, for people. */
export const CATEGORY_WORDS: Readonly<Record<Category, string>> = {
  provinceOnly: '只有省里发现',
  toPair: '写法不同，待核对',
  notChecked: '市里没有检查',
  cityOnly: '只有市里发现',
  both: '双方都发现',
};

export const PROVINCE_WORDS: Readonly<Record<ProvinceView, string>> = {
  found: '发现',
  notFound: '没有发现',
  unclear: '没有能判定',
  notChecked: '没有检查',
};
