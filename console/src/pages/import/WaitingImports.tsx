import { Link } from '@tanstack/react-router';
import type { ImportPreview } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ImportStateTag } from './ImportStateTag.tsx';

/** Imports that wait for a second person, and one's own of late. */
export function WaitingImports() {
  const imports = useGet('/api/v1/registry/imports', {});
  const items = imports.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title="等人批准的，和自己近来的">
      <ul className="import-waiting">
        {items.map((item) => (
          <li key={item.id}>
            <ImportStateTag state={item.state} />{' '}
            <Link to="/import" search={{ id: item.id }}>
              {item.files.map(({ name }) => name).join('、')}
            </Link>{' '}
            <span className="quiet">
              {item.sentBy}上传，{touchedWords(item)}
              {item.state === 'waiting' && (
                <>
                  ，<DateText at={item.expiresAt} as="date" /> 前有效
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function touchedWords({ counts: { units, sites, accounts } }: ImportPreview): string {
  const sum = (of: 'added' | 'changed'): number => units[of] + sites[of] + accounts[of];
  return `新增 ${sum('added')}、变更 ${sum('changed')}`;
}
