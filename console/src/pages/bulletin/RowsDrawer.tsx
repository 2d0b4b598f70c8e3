import { Link } from '@tanstack/react-router';
import { Drawer } from 'antd';
import type { ParamsOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { ReviewTag } from '../../ui/state-tags.tsx';
import { columnsOf } from './annex-columns.ts';
import type { Annex, AnnexRow, NumberRef, Preview } from './bulletin-types.ts';
import { type FindingsQuery, refWords, rowsBehind } from './rows-behind.ts';

interface RowsDrawerProps {
  readonly document: Preview;
  readonly opened: NumberRef;
  readonly period: string;
  readonly onOpen: (ref: NumberRef) => void;
  readonly onClose: () => void;
}

type Query = NonNullable<ParamsOf<'/api/v1/findings'>['query']>;

/** The rows behind a number of the text, down to the findings and their evidence. */
export function RowsDrawer({ document, opened, period, onOpen, onClose }: RowsDrawerProps) {
  const behind = rowsBehind(document, opened, period);
  return (
    <Drawer open onClose={onClose} title={refWords(opened)} size="min(900px, 100vw)">
      {behind === null ? (
        <EmptyState title="没有这样的附件" />
      ) : behind.from === 'findings' ? (
        <FindingRows query={behind.query} />
      ) : (
        <AnnexRows annex={behind.annex} rows={behind.rows} opened={opened} onOpen={onOpen} />
      )}
    </Drawer>
  );
}

interface AnnexRowsProps {
  readonly annex: Annex;
  readonly rows: readonly AnnexRow[];
  readonly opened: NumberRef;
  readonly onOpen: (ref: NumberRef) => void;
}

function AnnexRows({ annex, rows, opened, onOpen }: AnnexRowsProps) {
  const columns = columnsOf(annex);
  if (rows.length === 0) return <EmptyState title="没有这样的行" />;
  const failing =
    opened.rows === 'sites'
      ? 'failing-sites'
      : opened.rows === 'accounts'
        ? 'failing-accounts'
        : null;
  return (
    <>
      <p className="quiet">
        {annex.title}，{rows.length} 行
      </p>
      <ScrollBox name={annex.title}>
        <table className="plain-table">
          <thead>
            <tr>
              {columns.map(({ head }) => (
                <th key={head}>{head}</th>
              ))}
              <th>由来</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ cells, findingIds }) => (
              <tr key={cells.join('|')}>
                {cells.map((cell, at) => (
                  <td key={columns[at]?.head ?? cell} className="keep-lines">
                    {cell}
                  </td>
                ))}
                <td className="rows-origin">
                  <FindingLinks ids={findingIds} />
                  {failing && Number(cells[4]) > 0 && cells[0] !== '' && (
                    <button
                      type="button"
                      className="link-button"
                      onClick={() => onOpen({ rows: failing, printRow: cells[1] ?? '' })}
                    >
                      看这 {cells[4]} 家
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  );
}

function FindingLinks({ ids }: { readonly ids: readonly number[] }) {
  return (
    <span className="tag-row">
      {ids.map((id) => (
        <Link key={id} to="/findings/$id" params={{ id: String(id) }}>
          问题 {id}
        </Link>
      ))}
    </span>
  );
}

/** As many as one look takes in; the whole list is one click away. */
const SHOWN_MAX = 100;

function FindingRows({ query }: { readonly query: FindingsQuery }) {
  const answer = useGet('/api/v1/findings', { query: { ...query, limit: SHOWN_MAX } as Query });
  const { unitId, ...words } = query;
  return (
    <Answer of={answer}>
      {({ items, total }) => (
        <>
          <p>
            共 {total} 条，
            <Link
              to="/findings"
              search={{
                view: 'all',
                ...words,
                ...(unitId !== undefined && { unitId: String(unitId) }),
              }}
            >
              在问题页查看
            </Link>
          </p>
          <ul className="rows-findings">
            {items.map((item) => (
              <li key={item.id}>
                <Link to="/findings/$id" params={{ id: String(item.id) }}>
                  {item.subject.name}
                </Link>{' '}
                <ReviewTag review={item.review} />
                <p className="quiet">
                  {item.subject.printRow} · {item.rule.label}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </Answer>
  );
}
