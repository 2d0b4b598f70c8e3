import type { ReactNode } from 'react';
import { OutsideLink } from '../../ui/OutsideLink.tsx';

/** Fields of the forms in the order in which people read them; those of a change stand in a table of their own. */
const FIELDS: Readonly<Record<string, string>> = {
  accountId: '账号 ID',
  openedOn: '开设日期',
  functions: '功能定位',
  leader: '分管领导',
  responsible: '责任人',
  contact: '联系人',
  phone: '联系电话',
  homeLink: '主页链接',
  until: '暂停到',
  closesOn: '停止更新',
  followers: '善后安排',
  deregisteredOn: '注销日期',
  reason: '理由',
};

/** What a form says, as names and values; what it leaves open is not shown. */
export function formProperties(
  form: Readonly<Record<string, unknown>>,
): readonly (readonly [string, ReactNode])[] {
  return Object.entries(FIELDS).flatMap(([field, name]) => {
    const value = form[field];
    const text = Array.isArray(value) ? value.join('、') : String(value ?? '');
    if (text === '') return [];
    const shown =
      field === 'homeLink' ? (
        <OutsideLink key={field} url={text} />
      ) : (
        <span key={field} className="keep-lines">
          {text}
        </span>
      );
    return [[name, shown] as const];
  });
}
