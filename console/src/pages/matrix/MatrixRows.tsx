import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { STANDING_WORDS } from '../../util/matrix-words.ts';
import { SORTABLE, type SortableCount } from './sort-lines.ts';

/** One row of a table of the matrix; `search` narrows the list of its accounts. */
export interface MatrixLine extends Readonly<Record<SortableCount, number>> {
  readonly key: string;
  readonly name: ReactNode;
  readonly rate: string;
  readonly search: Readonly<Record<string, string>>;
}

const TITLES: Readonly<Record<SortableCount, string>> = {
  accounts: '账号',
  running: '正常运行',
  fresh: STANDING_WORDS.fresh,
  silent: STANDING_WORDS.silent,
  unknown: STANDING_WORDS.unknown,
};
const STATES: readonly SortableCount[] = ['fresh', 'silent', 'unknown'];

interface MatrixRowsProps {
  readonly title: string;
  readonly rows: readonly MatrixLine[];
  readonly sort?: string | undefined;
  readonly onSort?: (sort: string | undefined) => void;
}

export function MatrixRows({ title, rows, sort, onSort }: MatrixRowsProps) {
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{title}</th>
          {SORTABLE.map((name) => (
            <th
              key={name}
              scope="col"
              className="number"
              aria-sort={sort === name ? 'descending' : 'none'}
            >
              {onSort ? (
                <button
                  type="button"
                  className="link-button"
                  onClick={() => onSort(sort === name ? undefined : name)}
                >
                  {TITLES[name]}
                  {sort === name && ' ↓'}
                </button>
              ) : (
                TITLES[name]
              )}
            </th>
          ))}
          <th scope="col" className="number">
            合格率
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.name}</th>
            {SORTABLE.map((name) => (
              <td key={name} className="number">
                <Link
                  to="/matrix/accounts"
                  search={STATES.includes(name) ? { ...row.search, state: name } : row.search}
                >
                  {row[name]}
                </Link>
              </td>
            ))}
            <td className="number">{row.rate || '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
