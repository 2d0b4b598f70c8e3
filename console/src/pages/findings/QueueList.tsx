import { useEffect, useRef } from 'react';
import { StateTag } from '../../ui/StateTag.tsx';
import { ReviewTag } from '../../ui/state-tags.tsx';
import { expectedReview } from './decision-words.ts';
import type { FindingItem } from './finding-types.ts';
import type { ReviewQueue } from './use-review-queue.ts';

interface QueueListProps {
  readonly items: readonly FindingItem[];
  readonly queue: ReviewQueue;
}

/** The review state of a finding as this person has just left it. */
export function shownReview(item: FindingItem, queue: ReviewQueue): FindingItem['review'] {
  const decision = queue.decided.get(item.id);
  return decision === undefined ? item.review : expectedReview(item, decision);
}

/** The findings of the queue; the open one is marked and kept in sight. */
export function QueueList({ items, queue }: QueueListProps) {
  const box = useRef<HTMLOListElement>(null);
  const { openId } = queue;
  useEffect(() => {
    if (openId === null) return;
    box.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [openId]);
  return (
    <ol className="queue-list" ref={box} aria-label="问题列表">
      {items.map((item) => (
        <li key={item.id}>
          <button
            type="button"
            aria-current={item.id === openId}
            className={queue.decided.has(item.id) ? 'queue-done' : ''}
            onClick={() => queue.open(item.id)}
          >
            <span className="queue-subject">{item.subject.name}</span>
            <span className="queue-rule">{item.rule.label}</span>
            <span className="queue-meta">
              <span className="quiet">{item.subject.printRow}</span>
              {item.contested === 'open' && <StateTag tone="warn">有申辩</StateTag>}
              <ReviewTag review={shownReview(item, queue)} />
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
