import type { AnswerOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { TableHead } from '../../ui/TableHead.tsx';
import { SOURCE_KIND_WORDS, STANDING_TONES, STANDING_WORDS } from '../../util/matrix-words.ts';
import { WeekStrip } from './WeekStrip.tsx';

type Publishing = AnswerOf<'/api/v1/accounts/{id}/publishing'>;

/** How the account publishes, as far as its sources tell; what they do not show is said to be unknown. */
export function PublishingPanel({ id }: { readonly id: number }) {
  const publishing = useGet('/api/v1/accounts/{id}/publishing', { path: { id } });
  return (
    <Panel title="发布情况">
      <Answer of={publishing} rows={6}>
        {(data) => (
          <>
            <Properties of={propertiesOf(data)} />
            <SourceRows sources={data.sources} />
            <WeekStrip weeks={data.weeks} />
          </>
        )}
      </Answer>
    </Panel>
  );
}

function propertiesOf(data: Publishing) {
  const { state, limitDays, longestSilence, perFortnight, originals, replies, followers } = data;
  const silence = longestSilence
    ? `${longestSilence.days} 天（${longestSilence.from} 至 ${longestSilence.to}）`
    : '不知道：没有看得全的信源';
  return [
    [
      `${limitDays} 天内`,
      <StateTag key="state" tone={STANDING_TONES[state]}>
        {STANDING_WORDS[state]}
      </StateTag>,
    ],
    ['一年里看到的发布', `${data.posts} 条；${data.days} 天里看全了 ${data.seenDays} 天`],
    ['每两周', perFortnight === null ? '不知道：看全的不满两周' : `${perFortnight} 条`],
    ['最长停更（已证实）', silence],
    [
      '原创',
      originals.known === 0
        ? '不知道：信源没有说明'
        : `${originals.original} / ${originals.known} 条（知道是否原创的）`,
    ],
    [
      '粉丝',
      followers === null
        ? '不知道：没有人登记，信源也不给'
        : `${followers.followers}（${followers.on}，${followers.from === 'register' ? '登记信息' : SOURCE_KIND_WORDS[followers.from]}）`,
    ],
    [
      '发问测试',
      replies.asked === 0
        ? '没有做过'
        : `${replies.asked} 次，答复 ${replies.answered} 次${replies.medianDays === null ? '' : `，中位 ${replies.medianDays} 天`}`,
    ],
  ] as const;
}

function SourceRows({ sources }: Pick<Publishing, 'sources'>) {
  if (sources.length === 0)
    return <EmptyState title="没有信源">登记信源以后，这里显示各信源看到的最近一条。</EmptyState>;
  return (
    <ScrollBox name="信源表格">
      <table className="plain-table">
        <TableHead titles={['信源', '等级', '最近一条', '看得全的日期', '看的时间', '情况']} />
        <tbody>
          {sources.map((source) => (
            <tr key={source.id}>
              <th scope="row">{SOURCE_KIND_WORDS[source.kind]}</th>
              <td>{source.level}</td>
              <td>
                {source.newestOn ?? '没有看到'}{' '}
                {/^https?:/i.test(source.newestUrl) ? (
                  <a href={source.newestUrl} target="_blank" rel="noopener noreferrer">
                    {source.newestTitle || '打开'}
                  </a>
                ) : (
                  source.newestTitle
                )}
              </td>
              <td>
                {source.completeFrom && source.completeTo
                  ? `${source.completeFrom} 至 ${source.completeTo}`
                  : '看不全'}
              </td>
              <td>{source.checkedAt ? <DateText at={source.checkedAt} /> : '还没有看'}</td>
              <td>{[source.stateReason, source.nextStep].filter(Boolean).join('；') || '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
