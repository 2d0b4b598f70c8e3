import type { NumberRef } from './bulletin-types.ts';

const WORDS: Readonly<Record<NumberRef['rows'], string>> = {
  sites: '政府网站',
  'failing-sites': '存在突出问题的政府网站',
  accounts: '政务新媒体',
  'failing-accounts': '存在突出问题的政务新媒体',
  undetermined: '无法判定的',
  repeat: '上期通报后仍有问题的',
};

/** What a number counts, as a heading. Pure. */
export function refWords({ rows, printRow, checked, topics, byScore, noItems }: NumberRef): string {
  const more = [
    ...(topics ? [topics] : []),
    ...(byScore ? ['得分低于合格线'] : []),
    ...(noItems ? ['无动态信息'] : []),
  ];
  const what = `${printRow ?? ''}${checked ? '检查的' : ''}${WORDS[rows]}`;
  return more.length > 0 ? `${what}（${more.join('，')}）` : what;
}

/** The reference as the rows endpoint takes it: switches are words there. */
export function rowsQuery(ref: NumberRef) {
  const { checked, byScore, noItems, allSound, ...rest } = ref;
  return {
    ...rest,
    ...(checked !== undefined && { checked: String(checked) as 'true' | 'false' }),
    ...(byScore !== undefined && { byScore: String(byScore) as 'true' | 'false' }),
    ...(noItems !== undefined && { noItems: String(noItems) as 'true' | 'false' }),
    ...(allSound !== undefined && { allSound: String(allSound) as 'true' | 'false' }),
  };
}
