import { type Acting, may } from '../../domain/acting.ts';
import { isIdField } from '../account-fields.ts';
import type { StoredDifference } from './stored-difference.ts';

/** What the register's own row says of an account: changed for the whole office, as an import does, not by an operator. */
const OWN = new Set<string | null>(['platform', 'name', 'sponsor', 'status', null]);

/** Why somebody cannot adopt a difference, in Chinese with the next step; null = he can. */
export function whyNotAdopt(
  row: Pick<StoredDifference, 'kind' | 'field' | 'unit_id' | 'their_unit_id' | 'adopted' | 'ours'>,
  acting: Acting,
): string | null {
  if (!may(acting, 'registry.edit')) return '您没有修改登记信息的权限。';
  if (row.kind === 'ours') return '报送系统里没有这个账号：请到报送系统补报，或走注销事项。';
  if (OWN.has(row.field) && !may(acting, 'registry.import'))
    return '平台、名称、单位、状态由主管单位采用；您可以提交变更事项。';
  if (row.field === 'phone' && !may(acting, 'registry.contact')) return '您没有看和改电话的权限。';
  if ((row.field === null || row.field === 'sponsor') && row.their_unit_id === null)
    return '单位表里没有对方写的主办单位：请先登记单位，或给单位加别名。';
  if (row.adopted !== 'theirs') return null;
  if (row.field === null) return '账号已经登记；要去掉请走注销事项。';
  if (isIdField(row.field) && (row.ours === '' || row.ours.includes('、')))
    return '原来没有或不止一个标识，不能退回；请在账号页修改。';
  return null;
}
