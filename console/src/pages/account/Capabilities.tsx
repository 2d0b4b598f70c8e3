import type { ItemOf } from '../../api/types.ts';
import { StateTag } from '../../ui/StateTag.tsx';

type Found = ItemOf<'/api/v1/accounts/{id}/sources'>['capabilities'];

const WORDS: Readonly<Record<Found[number]['name'], string>> = {
  ...{ statistics: '图文统计', quietList: '已发布列表', menu: '菜单' },
  ...{ autoReply: '自动回复', comments: '留言' },
};

/** What the platform lets us read of this account, as asking showed. */
export function Capabilities({ of }: { readonly of: Found }) {
  if (of.length === 0) return null;
  return (
    <ul className="tag-row source-capabilities" aria-label="接口权限">
      {of.map(({ name, has, errcode, checkedOn }) => (
        <li key={name} title={`${checkedOn} 问过`}>
          <StateTag tone={has ? 'good' : 'plain'}>
            {WORDS[name]}
            {has ? '可读' : `不可读（${errcode}）`}
          </StateTag>
        </li>
      ))}
    </ul>
  );
}
