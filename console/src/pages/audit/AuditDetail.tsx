import type { ItemOf } from '../../api/types.ts';
import { fieldWords, valueWords } from './audit-words.ts';
import { Changes } from './Changes.tsx';
import { diffValues } from './diff-values.ts';

type Row = ItemOf<'/api/v1/audit'>;

/** Before → after of one operation; longer ones fold away. */
export function AuditDetail({ row }: { readonly row: Row }) {
  const changed = diffValues(row.before, row.after).filter(({ kind }) => kind !== 'same');
  const detail = diffValues(null, row.detail);
  if (changed.length === 0 && detail.length === 0) return <span className="quiet">—</span>;
  if (changed.length === 0)
    return (
      <details>
        <summary>详情</summary>
        <ul>
          {detail.map(({ path, after }) => (
            <li key={path} className="break-all">
              <span className="quiet">{fieldWords(path)}</span> {valueWords(path, after ?? '')}
            </li>
          ))}
        </ul>
      </details>
    );
  if (changed.length <= 2) return <Changes before={row.before} after={row.after} />;
  return (
    <details>
      <summary>{changed.length} 处改动</summary>
      <Changes before={row.before} after={row.after} />
    </details>
  );
}
