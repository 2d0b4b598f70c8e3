import type { AccountRound } from '../../api/types.ts';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';

/** What inspectors saw of the account (人工观察). */
export function ObservationsPanel({ observations }: Pick<AccountRound, 'observations'>) {
  return (
    <Panel title="人工观察">
      {observations.length === 0 ? (
        <EmptyState title="本批次没有人工观察" />
      ) : (
        <ScrollBox name="人工观察表格">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">时间</th>
                <th scope="col">检查人员</th>
                <th scope="col">看到</th>
                <th scope="col">备注</th>
              </tr>
            </thead>
            <tbody>
              {observations.map((seen) => (
                <tr key={`${seen.at} ${seen.key} ${seen.words}`}>
                  <td>
                    <DateText at={seen.at} />
                  </td>
                  <td>{seen.by}</td>
                  <td>{seen.words}</td>
                  <td>{seen.note ?? '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </Panel>
  );
}
