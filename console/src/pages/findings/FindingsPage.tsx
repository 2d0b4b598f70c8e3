import { DownloadOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import type { ParamsOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useIsNarrow } from '../../hooks/use-is-narrow.ts';
import { type ListQuery, useListQuery } from '../../hooks/use-list-query.ts';
import { useCan } from '../../hooks/use-session.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { formatSearch } from '../../util/search.ts';
import { FindingPane } from './FindingPane.tsx';
import './findings.css';
import { KeySheet } from './KeySheet.tsx';
import { NoteDialog } from './NoteDialog.tsx';
import { QueueBox } from './QueueBox.tsx';
import { QueueFilters } from './QueueFilters.tsx';
import { QUEUE_FILTERS, queueQuery, viewOf } from './queue-views.ts';
import { useQueueCommands } from './use-queue-commands.ts';
import { useQueueKeys } from './use-queue-keys.ts';
import { useReviewQueue } from './use-review-queue.ts';

type Query = NonNullable<ParamsOf<'/api/v1/findings'>['query']>;
const REVIEWER_NOTE = '否决类问题要由两个人先后确认，才能进入通报。';
const UNIT_NOTE = '本单位的问题和证据；公布前可以申辩。';
const KEYS_OFF = 'xunjian.queue-keys-off';

/** A list whose filters close the open finding: in another list it would stand there without reason. */
function useQueueList(): ListQuery {
  const list = useListQuery(QUEUE_FILTERS);
  return useMemo(
    () => ({ ...list, setFilters: (changes) => list.setFilters({ ...changes, id: undefined }) }),
    [list],
  );
}

/** The review queue: the list at one side, the finding with its evidence at the other, all by keyboard. */
export function FindingsPage() {
  const list = useQueueList();
  const isReviewer = useCan()('finding.review');
  const view = viewOf(list.filters, isReviewer);
  const query = queueQuery(list.query, view) as Query;
  const answer = useGet('/api/v1/findings', { query }, { keepsFormer: true });
  const items = answer.data?.items ?? [];
  const queue = useReviewQueue(items);
  const { openId } = queue;
  const detail = useGet(
    '/api/v1/findings/{id}',
    { path: { id: openId ?? 0 } },
    { enabled: openId !== null, keepsFormer: true },
  );
  const finding = detail.data?.id === openId ? detail.data : undefined;
  const commands = useQueueCommands(queue, finding);
  const [areKeysOn, setKeysOn] = useState(localStorage.getItem(KEYS_OFF) === null);
  useQueueKeys(areKeysOn && commands.asking === null, commands.run);
  // On a phone one sees the list or one finding.
  const isAlone = useIsNarrow() && openId !== null;

  return (
    <>
      {isAlone ? (
        <PageHeader title="问题" />
      ) : (
        <PageHeader
          title="问题"
          note={isReviewer ? REVIEWER_NOTE : UNIT_NOTE}
          actions={
            <>
              <Link to="/contests">公布前核对</Link>
              <ExportLink query={query} />
            </>
          }
        />
      )}
      {!isAlone && <QueueFilters list={list} view={view} isReviewer={isReviewer} />}
      <div className="queue">
        {!isAlone && <QueueBox list={list} answer={answer} queue={queue} />}
        {openId !== null && (
          <FindingPane
            {...{ answer: detail, finding, queue, isReviewer }}
            onCommand={commands.run}
          />
        )}
      </div>
      <p className="only-read" role="status" aria-live="polite" id="queue-spoken">
        {queue.spoken}
      </p>
      {commands.asking !== null && finding && (
        <NoteDialog
          decision={commands.asking}
          finding={finding}
          onCancel={commands.cancel}
          onDone={commands.answer}
        />
      )}
      <KeySheet
        isOpen={commands.isHelpOpen}
        areKeysOn={areKeysOn}
        onKeysOn={(isOn) => {
          if (isOn) localStorage.removeItem(KEYS_OFF);
          else localStorage.setItem(KEYS_OFF, '1');
          setKeysOn(isOn);
        }}
        onClose={commands.closeHelp}
      />
    </>
  );
}

/** The same rows as a workbook: what a unit takes home before publication. */
function ExportLink({ query }: { readonly query: Query }) {
  const { limit: _limit, offset: _offset, ...rest } = query;
  return (
    <Button
      icon={<DownloadOutlined aria-hidden />}
      href={`/api/v1/findings/export${formatSearch(rest)}`}
      download
    >
      下载清单
    </Button>
  );
}
