import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { useMemo, useState } from 'react';
import type { UnitNode } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ExportMenu } from '../../ui/ExportMenu.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { UnitTree } from './UnitTree.tsx';
import './units.css';

/** The unit tree with the number of sites and accounts of each, the units below it included. */
export function UnitsPage() {
  const units = useGet('/api/v1/units', {});
  return (
    <>
      <PageHeader
        title="单位"
        note="主管单位、主办单位的层级；数字是本单位及其下属单位名录里的对象。"
        actions={<ExportMenu kind="units" />}
      />
      <Answer of={units} rows={12}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="名录里还没有单位" action={<Link to="/import">去导入名录</Link>} />
          ) : (
            <FoundUnits units={items} />
          )
        }
      </Answer>
    </>
  );
}

function FoundUnits({ units }: { readonly units: readonly UnitNode[] }) {
  const [text, setText] = useState('');
  const wanted = text.trim();
  const found = useMemo(() => withAncestors(units, wanted), [units, wanted]);
  return (
    <div className="panel">
      <Input
        aria-label="查找单位"
        placeholder="查找单位"
        allowClear
        className="units-search"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {found.length === 0 ? (
        <EmptyState title="没有符合的单位" />
      ) : (
        <UnitTree key={wanted} units={found} isAllOpen={wanted !== ''} marked={wanted} />
      )}
    </div>
  );
}

/** Units whose name has the text, with those above them, so that the tree still hangs together. */
function withAncestors(units: readonly UnitNode[], text: string): readonly UnitNode[] {
  if (text === '') return units;
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const kept = new Set<number>();
  for (const unit of units)
    if (unit.name.includes(text))
      for (
        let at: UnitNode | undefined = unit;
        at && !kept.has(at.id);
        at = byId.get(at.parentId ?? -1)
      )
        kept.add(at.id);
  return units.filter(({ id }) => kept.has(id));
}
