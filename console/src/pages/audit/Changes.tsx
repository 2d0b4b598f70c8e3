import { WideBox } from '../../ui/WideBox.tsx';
import './audit.css';
import { CHANGED_FIELDS_MAX, diffValues } from './diff-values.ts';

const KIND_WORDS = { added: '新增', removed: '删去', changed: '改为', same: '未变' } as const;

/** What an operation changed: before → after, field by field; what stayed is left out. */
export function Changes({ before, after }: { readonly before: unknown; readonly after: unknown }) {
  const changed = diffValues(before, after).filter(({ kind }) => kind !== 'same');
  if (changed.length === 0) return <p className="quiet">没有字段变化。</p>;
  return (
    <WideBox label="改动前后">
      <table className="changes">
        <caption className="only-read">改动前后</caption>
        <tbody>
          {changed.slice(0, CHANGED_FIELDS_MAX).map(({ path, kind, before: was, after: is }) => (
            <tr key={path}>
              <th scope="row">{path || '值'}</th>
              <td>{was === null ? <span className="quiet">（无）</span> : <del>{was}</del>}</td>
              <td className="changes-arrow">
                <span aria-hidden>→</span>
                <span className="only-read">{KIND_WORDS[kind]}</span>
              </td>
              <td>{is === null ? <span className="quiet">（无）</span> : <ins>{is}</ins>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {changed.length > CHANGED_FIELDS_MAX && (
        <p className="quiet">另有 {changed.length - CHANGED_FIELDS_MAX} 处改动，请导出查看。</p>
      )}
    </WideBox>
  );
}
