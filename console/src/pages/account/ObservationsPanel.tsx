import type { AccountRound } from '../../api/types.ts';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';

type Seen = AccountRound['observations'][number];

const newestWords = ({ newestOn }: Seen): string =>
  newestOn === null ? '没看' : newestOn === 'none' ? '一条也没有' : newestOn;

const wayWords = ({ ways }: Seen): string =>
  ways === null ? '没看' : ways.length === 0 ? '一种也没有' : ways.join('、');

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
                <th scope="col">最新一条</th>
                <th scope="col">互动方式</th>
                <th scope="col">出处</th>
              </tr>
            </thead>
            <tbody>
              {observations.map((seen) => (
                <tr key={`${seen.at} ${seen.origin}`}>
                  <td>
                    <DateText at={seen.at} />
                  </td>
                  <td>{newestWords(seen)}</td>
                  <td>{wayWords(seen)}</td>
                  <td>{seen.origin}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </Panel>
  );
}
