import { DownOutlined, LeftOutlined, UpOutlined } from '@ant-design/icons';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect } from 'react';
import type { ApiError } from '../../api/api-error.ts';
import { useIsNarrow } from '../../hooks/use-is-narrow.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DecisionBar } from './DecisionBar.tsx';
import { expectedReview } from './decision-words.ts';
import { FindingBody } from './FindingBody.tsx';
import { FindingHead } from './FindingHead.tsx';
import type { FindingView } from './finding-types.ts';
import type { QueueCommand } from './review-queue.ts';
import type { ReviewQueue } from './use-review-queue.ts';

interface FindingPaneProps {
  readonly answer: UseQueryResult<FindingView, ApiError>;
  /** The finding that is open now; undefined while it is being read. */
  readonly finding: FindingView | undefined;
  readonly queue: ReviewQueue;
  readonly isReviewer: boolean;
  readonly onCommand: (command: QueueCommand) => void;
}

/** The open finding with its decisions. */
export function FindingPane({ answer, finding, queue, isReviewer, onCommand }: FindingPaneProps) {
  const isNarrow = useIsNarrow();
  const { openId } = queue;
  // On a phone the list has just gone away with the focus in it: the heading takes it.
  useEffect(() => {
    if (isNarrow && openId !== null) document.getElementById('finding-title')?.focus();
  }, [isNarrow, openId]);
  return (
    <section className="queue-pane" aria-label="问题详情" aria-busy={finding === undefined}>
      <div className="pane-bar">
        {isNarrow && (
          <Button icon={<LeftOutlined aria-hidden />} onClick={() => queue.open(null)}>
            列表
          </Button>
        )}
        {isReviewer && (
          <DecisionBar
            finding={finding}
            canUndo={queue.last !== null || finding?.mayWithdraw === null}
            onCommand={onCommand}
          />
        )}
        <PaneSteps onCommand={onCommand} />
      </div>
      <Answer of={answer} rows={10}>
        {(data) => {
          const decision = queue.decided.get(data.id);
          return (
            <div className={finding === undefined ? 'list-table-stale' : ''}>
              <FindingHead
                finding={data}
                review={decision === undefined ? undefined : expectedReview(data, decision)}
              />
              <p>
                {/* While the next one is read the former still shows; its link must not lead back. */}
                <Link to="/findings/$id" params={{ id: String(openId ?? data.id) }}>
                  单独打开这一条
                </Link>
              </p>
              <FindingBody finding={data} />
            </div>
          );
        }}
      </Answer>
    </section>
  );
}

function PaneSteps({ onCommand }: { readonly onCommand: (command: QueueCommand) => void }) {
  return (
    <div className="pane-steps">
      <Button
        aria-label="上一条"
        title="上一条（K）"
        aria-keyshortcuts="K"
        icon={<UpOutlined aria-hidden />}
        onClick={() => onCommand('previous')}
      />
      <Button
        aria-label="下一条"
        title="下一条（J）"
        aria-keyshortcuts="J"
        icon={<DownOutlined aria-hidden />}
        onClick={() => onCommand('next')}
      />
      <Button aria-keyshortcuts="O" onClick={() => onCommand('openEvidence')}>
        原页 <kbd aria-hidden>O</kbd>
      </Button>
      <Button aria-label="键盘快捷键" aria-keyshortcuts="?" onClick={() => onCommand('help')}>
        ?
      </Button>
    </div>
  );
}
