import { Tag } from 'antd';
import type { ListedSight, SightItem } from '../../api/types.ts';
import { DateText } from '../../ui/DateText.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { SightPicture } from './SightPicture.tsx';
import { clockWords, sightLines } from './sight-words.ts';
import { WithdrawSight } from './WithdrawSight.tsx';

interface SightsTableProps {
  readonly accountId: number;
  readonly name: string;
  /** Those of a round were all taken in; those of the account may be taken back. */
  readonly items: readonly (SightItem | ListedSight)[];
}

/** Sights with everything that was seen, the test question's clock, and the picture. */
export function SightsTable({ accountId, name, items }: SightsTableProps) {
  return (
    <ScrollBox name={name}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">时间</th>
            <th scope="col">看到的情况</th>
            <th scope="col">测试留言</th>
            <th scope="col">图片</th>
            <th scope="col">出处</th>
          </tr>
        </thead>
        <tbody>
          {items.map((seen) => (
            <tr key={'id' in seen ? seen.id : `${seen.at} ${seen.origin}`}>
              <td>
                <DateText at={seen.at} />
              </td>
              <td>
                {'withdrawn' in seen && seen.withdrawn !== null && <Tag>已撤回</Tag>}
                {sightLines(seen).map(([label, words]) => (
                  <div key={label}>
                    <span className="quiet">{label}：</span>
                    {words}
                  </div>
                ))}
              </td>
              <td>
                <TestClock seen={seen} />
              </td>
              <td>
                {seen.picture !== null ? (
                  <SightPicture {...{ accountId, sha256: seen.picture, words: '观察的图片' }} />
                ) : (
                  (seen.image ?? '—')
                )}
              </td>
              <td>
                {seen.origin}
                {seen.by !== null && <div className="quiet">{seen.by}</div>}
                {'withdrawn' in seen && <WithdrawSight seen={seen} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function TestClock({ seen }: { readonly seen: SightItem }) {
  const words = clockWords(seen);
  if (words === null) return <>—</>;
  return (
    <>
      {words}
      {seen.clock?.state === 'overdue' && (
        <>
          {' '}
          <Tag color="red">超期</Tag>
        </>
      )}
    </>
  );
}
