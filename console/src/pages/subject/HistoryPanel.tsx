import type { SiteDetail } from '../../api/types.ts';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { changesBetween } from './changes-between.ts';

type History = SiteDetail['history'];

/** How the register's entry changed, the newest change first. */
export function HistoryPanel({ history }: { readonly history: History }) {
  const entries = [...history].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  return (
    <Panel title="名录变更">
      {entries.length === 0 ? (
        <EmptyState title="没有变更记录" />
      ) : (
        <ol className="history">
          {entries.map((entry, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two changes may bear the same day, and the list never moves.
            <li key={at}>
              <DateText at={entry.validFrom} as="date" />
              <Changes before={entries[at + 1]?.value ?? null} after={entry.value} />
              {entry.source && <p className="quiet">来源：{entry.source}</p>}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

interface ChangesProps {
  readonly before: History[number]['value'] | null;
  readonly after: History[number]['value'];
}

function Changes({ before, after }: ChangesProps) {
  if (before === null) return <span>登记入名录</span>;
  const changes = changesBetween(before, after);
  if (changes.length === 0) return <span className="quiet">重新登记，内容未变</span>;
  return (
    <ul>
      {changes.map(({ field, from, to }) => (
        <li key={field}>
          {field}：{from && <del>{from}</del>} <ins>{to || '（清空）'}</ins>
        </li>
      ))}
    </ul>
  );
}
