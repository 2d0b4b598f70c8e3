import { type KeyboardEvent, useEffect, useRef } from 'react';
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
    const open = box.current?.querySelector<HTMLElement>('[aria-current="true"]');
    open?.scrollIntoView({ block: 'nearest' });
    // Who walks the list itself keeps walking it; who stands at a decision stays there.
    if (box.current?.contains(document.activeElement)) open?.focus();
  }, [openId]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    queue.step(event.key === 'ArrowDown' ? 1 : -1);
  };
  const isListed = items.some(({ id }) => id === openId);
  return (
    <ol className="queue-list" ref={box} aria-label="问题列表" onKeyDown={onKeyDown}>
      {items.map((item, at) => (
        <li key={item.id}>
          <button
            type="button"
            aria-current={item.id === openId}
            // One stop for the Tab key; the arrows walk inside.
            tabIndex={item.id === openId || (!isListed && at === 0) ? 0 : -1}
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
