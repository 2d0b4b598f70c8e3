import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useId } from 'react';
import { useGet } from '../hooks/use-get.ts';

interface MapSelectProps {
  readonly value: string | null;
  readonly onChange: (name: string | null) => void;
}

/** How the headers of accounts' tables are read: by the words that we know, or by a saved map. */
export function MapSelect({ value, onChange }: MapSelectProps) {
  const id = useId();
  const maps = useGet('/api/v1/column-maps', {});
  return (
    <p className="map-select">
      <label htmlFor={id}>表头怎样读</label>
      <Select
        id={id}
        value={value ?? ''}
        loading={maps.isLoading}
        popupMatchSelectWidth={false}
        options={[
          { value: '', label: '自动识别' },
          ...(maps.data?.items ?? []).map(({ name, columns }) => ({
            value: name,
            label: `列映射“${name}”（${columns.length} 列）`,
          })),
        ]}
        onChange={(name: string) => onChange(name === '' ? null : name)}
      />
      <Link to="/column-maps">管理列映射</Link>
    </p>
  );
}
