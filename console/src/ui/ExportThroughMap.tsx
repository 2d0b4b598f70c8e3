import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useGet } from '../hooks/use-get.ts';

/** Accounts as an office's own table has them: by a saved map, all or what changed since a day. */
export function ExportThroughMap({ onDone }: { readonly onDone: () => void }) {
  const id = useId();
  const maps = useGet('/api/v1/column-maps', {});
  const [chosen, setChosen] = useState('');
  const [since, setSince] = useState('');
  const items = maps.data?.items ?? [];
  const map = chosen || (items[0]?.name ?? '');
  const href = (format: string): string => {
    const query = { kind: 'accounts', format, map, ...(since && { since }) };
    return `/api/v1/registry/export?${new URLSearchParams(query)}`;
  };
  return (
    <section className="export-mapped" aria-label="按列映射导出">
      <h3>按列映射导出</h3>
      {items.length === 0 ? (
        <p className="quiet">还没有列映射。</p>
      ) : (
        <>
          <label htmlFor={`${id}-map`}>列映射</label>
          <select id={`${id}-map`} value={map} onChange={({ target }) => setChosen(target.value)}>
            {items.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
          <label htmlFor={`${id}-since`}>只要这一天起有变更的（可不填）</label>
          <input
            id={`${id}-since`}
            type="date"
            value={since}
            onChange={({ target }) => setSince(target.value)}
          />
          <p className="export-mapped-files">
            <a href={href('xlsx')} download onClick={onDone}>
              导出 Excel（列映射）
            </a>
            <a href={href('csv')} download onClick={onDone}>
              导出 CSV（列映射）
            </a>
          </p>
        </>
      )}
      <Link to="/column-maps">管理列映射</Link>
    </section>
  );
}
