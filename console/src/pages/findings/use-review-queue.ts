import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { App } from 'antd';
import { useState } from 'react';
import { wordsOfError } from '../../api/api-error.ts';
import { sendChange } from '../../api/client.ts';
import { useIsNarrow } from '../../hooks/use-is-narrow.ts';
import type { Search } from '../../util/search.ts';
import { DECISION_WORDS, spokenFinding } from './decision-words.ts';
import type { FindingItem, FindingView } from './finding-types.ts';
import {
  type Decided,
  type Decision,
  neighbour,
  nextUndecided,
  withDecision,
} from './review-queue.ts';

export interface ReviewQueue {
  readonly openId: number | null;
  readonly decided: Decided;
  /** The last decision of this person here, which can be taken back. */
  readonly last: { readonly id: number; readonly decision: Decision } | null;
  /** What a screen reader is to say now. */
  readonly spoken: string;
  open(id: number | null): void;
  step(by: 1 | -1): void;
  decide(id: number, decision: Decision, note: string): void;
  /** Takes back the last decision made here, else this person's own on the open finding. */
  undo(open?: FindingView): void;
  /** Tells a screen reader something without moving. */
  say(words: string): void;
}

/** The open finding is part of the address; decisions move on at once and come back when the server refuses. */
export function useReviewQueue(items: readonly FindingItem[]): ReviewQueue {
  const { message } = App.useApp();
  const queries = useQueryClient();
  const isNarrow = useIsNarrow();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Search;
  const [decided, setDecided] = useState<Decided>(new Map());
  const [last, setLast] = useState<ReviewQueue['last']>(null);
  const [spoken, setSpoken] = useState('');

  const ids = items.map(({ id }) => id);
  const wanted = search.id === undefined ? Number.NaN : Number(search.id);
  // On a phone the list comes first; beside each other, the first finding is open at once.
  const openId = Number.isInteger(wanted) ? wanted : isNarrow ? null : (ids[0] ?? null);
  const item = (id: number | null) => items.find((each) => each.id === id);

  const open = (id: number | null): void =>
    void navigate({
      to: '.',
      search: { ...search, id: id === null ? undefined : String(id) },
      replace: !isNarrow,
    });

  const step = (by: 1 | -1): void => {
    const next = neighbour(ids, openId, by);
    setSpoken(
      next === null ? (by === 1 ? '已是最后一条' : '已是第一条') : spokenFinding(item(next)),
    );
    if (next !== null) open(next);
  };

  const decide = (id: number, decision: Decision, note: string): void => {
    const former = decided.get(id);
    const isMove = decision !== 'annotate' && decision !== 'withdraw';
    const after = withDecision(decided, id, decision);
    const next = isMove ? nextUndecided(ids, id, after) : null;
    setDecided(after);
    if (decision !== 'annotate') setLast(decision === 'withdraw' ? null : { id, decision });
    if (isMove && next !== null) open(next);
    if (decision === 'withdraw') open(id);
    const done = `已${DECISION_WORDS[decision]}：${spokenFinding(item(id))}。`;
    setSpoken(isMove ? `${done}下一条：${spokenFinding(item(next))}` : done);
    void send(id, decision, note).catch((error: unknown) => {
      setDecided((now) => withDecision(now, id, former ?? 'withdraw'));
      setLast(null);
      open(id);
      setSpoken(`没有成功：${wordsOfError(error)}`);
      message.error(wordsOfError(error), 6);
    });
  };

  const send = async (id: number, decision: Decision, note: string): Promise<void> => {
    await sendChange('post', '/api/v1/findings/{id}/reviews', {
      params: { path: { id } },
      body: { decision, note },
    });
    // The list is left as it is, or what was just decided would vanish under the reviewer's eyes.
    await queries.invalidateQueries({ queryKey: ['/api/v1/findings/{id}'] });
    await queries.invalidateQueries({ queryKey: ['/api/v1/overview'] });
  };

  const undo = (finding?: FindingView): void => {
    if (last !== null) decide(last.id, 'withdraw', '');
    else if (finding?.mayWithdraw === null) decide(finding.id, 'withdraw', '');
    else setSpoken('没有可撤回的决定');
  };

  return { openId, decided, last, spoken, open, step, decide, undo, say: setSpoken };
}
