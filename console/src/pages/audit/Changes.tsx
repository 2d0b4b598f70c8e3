import './audit.css';
import { fieldWords, valueWords } from './audit-words.ts';
import { CHANGED_FIELDS_MAX, diffValues } from './diff-values.ts';

/** What an operation changed: before → after, field by field; what stayed is left out. */
export function Changes({ before, after }: { readonly before: unknown; readonly after: unknown }) {
  const changed = diffValues(before, after).filter(({ kind }) => kind !== 'same');
  if (changed.length === 0) return <p className="quiet">没有字段变化。</p>;
  return (
    <>
      <ul className="changes">
        {changed.slice(0, CHANGED_FIELDS_MAX).map(({ path, before: was, after: is }) => (
          <li key={path} title={path}>
            <span className="quiet">{path === '' ? '值' : fieldWords(path)}</span>{' '}
            {was === null ? (
              <span className="quiet">（无）</span>
            ) : (
              <del>{valueWords(path, was)}</del>
            )}{' '}
            <span aria-hidden>→</span>
            <span className="only-read">改为</span>{' '}
            {is === null ? (
              <span className="quiet">（无）</span>
            ) : (
              <ins>{valueWords(path, is)}</ins>
            )}
          </li>
        ))}
      </ul>
      {changed.length > CHANGED_FIELDS_MAX && (
        <p className="quiet">另有 {changed.length - CHANGED_FIELDS_MAX} 处改动，请导出查看。</p>
      )}
    </>
  );
}
