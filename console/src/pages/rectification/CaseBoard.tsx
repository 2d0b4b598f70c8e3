import { Link } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import type { ListQuery } from '../../hooks/use-list-query.ts';
import { Answer } from '../../ui/Answer.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import {
  DeadlineText,
  markWords,
  RECTIFICATION_STATE_WORDS,
  type RectificationState,
} from './rectification-words.tsx';

/** Cards of a column; the rest is one link away. */
const CARDS_MAX = 6;
const NOTHING = { cases: 0, overdue: 0, escalated: 0 };

/** How many cases stand where, and of each state those that are due first. */
export function CaseBoard({ list }: { readonly list: ListQuery }) {
  const board = useGet(
    '/api/v1/rectification/board',
    { query: list.filters },
    { keepsFormer: true },
  );
  return (
    <Answer of={board} rows={8}>
      {({ columns }) => (
        <ol className="case-board">
          {(Object.keys(RECTIFICATION_STATE_WORDS) as RectificationState[]).map((state) => (
            <BoardColumn
              key={state}
              list={list}
              state={state}
              counts={columns.find((each) => each.state === state) ?? NOTHING}
            />
          ))}
        </ol>
      )}
    </Answer>
  );
}

interface BoardColumnProps {
  readonly list: ListQuery;
  readonly state: RectificationState;
  readonly counts: typeof NOTHING;
}

function BoardColumn({ list, state, counts }: BoardColumnProps) {
  const words = RECTIFICATION_STATE_WORDS[state];
  return (
    <li className="case-column" aria-label={`${words}，${counts.cases} 件`}>
      <h2>
        {words} <strong>{counts.cases}</strong>
      </h2>
      <p className="tag-row">
        {counts.overdue > 0 && <StateTag tone="bad">{`逾期 ${counts.overdue}`}</StateTag>}
        {counts.escalated > 0 && <StateTag tone="bad">{`督办 ${counts.escalated}`}</StateTag>}
      </p>
      {counts.cases > 0 && <Cards list={list} state={state} />}
      {counts.cases > CARDS_MAX && (
        <Link to="/rectification" search={{ ...list.filters, state }}>
          全部 {counts.cases} 件<span className="only-read">{words}</span>
        </Link>
      )}
    </li>
  );
}

function Cards({ list, state }: Pick<BoardColumnProps, 'list' | 'state'>) {
  const cases = useGet(
    '/api/v1/rectification/cases',
    { query: { ...list.filters, state, limit: CARDS_MAX } },
    { keepsFormer: true },
  );
  return (
    <Answer of={cases} rows={2}>
      {({ items }) => (
        <ul>
          {items.map((each) => (
            <li key={each.id} className={`case-card ${each.isOverdue ? 'case-card-late' : ''}`}>
              <Link to="/rectification/$id" params={{ id: String(each.id) }}>
                {each.name}
              </Link>
              <p>{each.rule.label}</p>
              <p className="quiet">
                {each.unit.name}，期限 <DeadlineText given={each} />
              </p>
              {markWords(each).length > 0 && <p className="quiet">{markWords(each).join('，')}</p>}
            </li>
          ))}
        </ul>
      )}
    </Answer>
  );
}
