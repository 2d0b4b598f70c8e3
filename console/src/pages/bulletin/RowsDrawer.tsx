import { Link } from '@tanstack/react-router';
import { Drawer } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pages } from '../../ui/Pages.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import type { NumberRef } from './bulletin-types.ts';
import { refWords, rowsQuery } from './ref-words.ts';

interface RowsDrawerProps {
  readonly opened: NumberRef;
  readonly period: string;
  readonly onClose: () => void;
}

type Row = ItemOf<'/api/v1/bulletins/{period}/rows'>;
const PAGE_SIZE = 50;

/** The rows behind a number of the document, down to the findings and their evidence. */
export function RowsDrawer({ opened, period, onClose }: RowsDrawerProps) {
  return (
    <Drawer open onClose={onClose} title={refWords(opened)} size="min(900px, 100vw)">
      <Rows key={JSON.stringify(opened)} opened={opened} period={period} />
    </Drawer>
  );
}

function Rows({ opened, period }: Omit<RowsDrawerProps, 'onClose'>) {
  const [page, setPage] = useState(1);
  const answer = useGet(
    '/api/v1/bulletins/{period}/rows',
    {
      path: { period },
      query: { ...rowsQuery(opened), limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE },
    },
    { keepsFormer: true },
  );
  return (
    <Answer of={answer}>
      {({ items, total, subjects }) =>
        items.length === 0 ? (
          <EmptyState title="没有这样的行" />
        ) : (
          <>
            <p className="quiet">
              {subjects} 家，{total} 行
            </p>
            <RowsTable rows={items} />
            <Pages page={page} pageSize={PAGE_SIZE} total={total} onChange={setPage} />
          </>
        )
      }
    </Answer>
  );
}

function RowsTable({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <ScrollBox name="数字背后的行">
      <table className="plain-table stacks">
        <thead>
          <tr>
            <th>名称</th>
            <th>单位</th>
            <th>标识</th>
            <th>问题</th>
            <th>最后更新</th>
            <th>证据</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.kind}:${row.subjectId}:${row.ruleId}`}>
              <td data-label="名称">
                <Link
                  to={row.kind === 'site' ? '/sites/$id' : '/accounts/$id'}
                  params={{ id: String(row.subjectId) }}
                >
                  {row.name}
                </Link>
              </td>
              <td data-label="单位">{row.unit}</td>
              <td data-label="标识">{row.identity}</td>
              <td data-label="问题">
                {row.label || '—'}
                {row.reason && <p className="quiet">{row.reason}</p>}
              </td>
              <td data-label="最后更新">{row.lastUpdate || '—'}</td>
              <td data-label="证据" className="rows-origin">
                {row.findingId === null ? (
                  '—'
                ) : (
                  <Link to="/findings/$id" params={{ id: String(row.findingId) }}>
                    问题 {row.findingId}
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
