import { Link } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { useCan } from '../../hooks/use-session.ts';

/** Imports that somebody else sent, for whoever may approve them; nothing where none waits. */
export function ImportsWaiting() {
  const imports = useGet('/api/v1/registry/imports', {}, { enabled: useCan()('registry.import') });
  const waiting = (imports.data?.items ?? []).filter(
    ({ state, isOwn }) => state === 'waiting' && !isOwn,
  );
  if (waiting.length === 0) return null;
  return (
    <section className="waiting" aria-label="待批准的导入">
      <h2>名录导入待批准</h2>
      <ul>
        {waiting.map(({ id, sentBy, files }) => (
          <li key={id}>
            <Link to="/import" search={{ id }}>
              {sentBy}上传的 {files.map(({ name }) => name).join('、')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
