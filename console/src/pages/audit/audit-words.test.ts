import { describe, expect, it } from 'vitest';
import { fieldWords, valueWords } from './audit-words.ts';

describe('the audit trail in words', () => {
  it.each([
    { path: 'state', value: 'frozen', field: '状态', words: '已冻结' },
    {
      path: 'after.roles',
      value: 'sponsor、manager',
      field: '角色',
      words: '主办单位、市（部门）管理员',
    },
    { path: 'days', value: '21', field: 'days', words: '21' },
    { path: 'note', value: 'open', field: '说明', words: 'open' },
    { path: 'review', value: 'unheard-of', field: '审核', words: 'unheard-of' },
  ])('$path $value', ({ path, value, field, words }) => {
    expect([fieldWords(path), valueWords(path, value)]).toEqual([field, words]);
  });
});
