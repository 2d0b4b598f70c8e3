import type { AnswerOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { SheetReadings } from '../../ui/SheetReadings.tsx';
import { Differences } from './Differences.tsx';

type Diff = AnswerOf<'/api/v1/register-diffs/{id}'>;

/** One comparison: its numbers, what could not be read, and the differences. */
export function DiffDetail({ id }: { readonly id: number }) {
  const diff = useGet('/api/v1/register-diffs/{id}', { path: { id } });
  return (
    <Answer of={diff} rows={8}>
      {(data) => (
        <>
          <Numbers diff={data} />
          <Differences diff={data} />
        </>
      )}
    </Answer>
  );
}

function Numbers({ diff }: { readonly diff: Diff }) {
  const { counts, same, unread, unreadLeftOut } = diff;
  const whole = same === null ? [] : ([['完全一致', `${same} 个账号`]] as const);
  return (
    <div className="panel">
      <Properties
        of={[
          ['文件', diff.fileName],
          [
            '比对',
            <span key="by">
              {diff.madeBy}，<DateText at={diff.madeAt} />
            </span>,
          ],
          ['字段不同', `${counts.differs} 个账号`],
          ['只在报送系统', `${counts.theirs} 个账号`],
          ['只在名录', `${counts.ours} 个账号`],
          ...whole,
          ['已采用', `${diff.adopted} 处`],
          ['保存到', <DateText key="until" at={diff.expiresAt} as="date" />],
        ]}
      />
      <SheetReadings sheets={diff.sheets} />
      {unread.length > 0 && (
        <details className="more">
          <summary>没有读懂、所以没有比的格子 {unread.length + unreadLeftOut} 处</summary>
          <ul className="diff-unread">
            {unread.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
