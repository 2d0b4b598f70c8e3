import { describe, expect, it } from 'vitest';
import { UserError } from '../lib/pure/errors.ts';
import { documentNumberRemark, parseIssue } from './issue.ts';

function complaintsOf(content: unknown): readonly string[] {
  try {
    parseIssue(typeof content === 'string' ? content : JSON.stringify(content), '通报.json');
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [error.message, ...error.details];
  }
}

describe('the issue file', () => {
  it('is read with a byte order mark; empty and null fields are absent', () => {
    const text =
      '\uFEFF{"issuer":" 某办公室 ","contact":null,"documentNumber":"","praise":["好。"]}';
    expect(parseIssue(text, '通报.json')).toEqual({ issuer: '某办公室', praise: ['好。'] });
  });

  it.each([
    ['no JSON', '{', '通报.json 不是有效的 JSON。'],
    ['a list', [], '应为一个对象'],
    ['an unknown field', { issuedAt: '2020-09-29' }, '不认识的字段：issuedAt'],
    ['a day that is none', { issuedOn: '2020-02-30' }, 'issuedOn：应为真实的日期'],
    ['a printed date', { rectificationDeadline: '2020年10月23日' }, '写成 2020-09-29'],
    ['a number for text', { issuer: 5 }, 'issuer：应为文字'],
    ['two lines', { contact: '甲\n乙' }, 'contact：只能写一行'],
    ['text for a list', { praise: '好' }, 'praise：应为文字的数组'],
    ['an empty paragraph', { requirements: ['好', ' '] }, 'requirements.1：不能为空'],
    ['too long a paragraph', { praise: ['长'.repeat(2001)] }, '不能超过 2000 字'],
    [
      'a deadline before the issue',
      { issuedOn: '2020-09-29', rectificationDeadline: '2020-09-28' },
      '整改期限 2020-09-28 早于印发日期 2020-09-29',
    ],
  ])('with %s is refused', (_, content, complaint) => {
    expect(complaintsOf(content).join('\n')).toContain(complaint);
  });

  it.each([
    ['湘政务函〔2020〕25号', true],
    ['琼府办函〔2023〕215号', true],
    ['湘政务函[2020]25号', false],
    ['湘政务函〔2020〕第25号', false],
    ['湘政务函〔2020〕025号', false],
  ])('document number %s is by the standard: %s', (documentNumber, standard) => {
    expect(documentNumberRemark(documentNumber) === null).toBe(standard);
  });
});
