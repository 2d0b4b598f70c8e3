import { TreeSelect } from 'antd';
import { useMemo } from 'react';
import { useGet } from '../hooks/use-get.ts';
import { unitTree } from '../util/unit-tree.ts';

interface UnitSelectProps {
  readonly id?: string;
  readonly label: string;
  readonly value?: number | null;
  readonly onChange?: (id: number | null) => void;
}

/** Chooses one unit; as a form's field, or by itself. */
export function UnitSelect({ id, label, value, onChange }: UnitSelectProps) {
  const units = useGet('/api/v1/units', {}).data?.items;
  const tree = useMemo(() => unitTree(units ?? []), [units]);
  return (
    <TreeSelect
      {...(id !== undefined && { id })}
      aria-label={label}
      placeholder={label}
      allowClear
      style={{ width: '100%' }}
      treeData={tree}
      fieldNames={{ label: 'name', value: 'id', children: 'children' }}
      showSearch={{ treeNodeFilterProp: 'name' }}
      loading={units === undefined}
      value={value ?? null}
      onChange={(next: number | null | undefined) => onChange?.(next ?? null)}
    />
  );
}
