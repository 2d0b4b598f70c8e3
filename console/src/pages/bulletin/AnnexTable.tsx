import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { headRows } from './annex-columns.ts';
import type { Annex, AnnexRow, NumberRef } from './bulletin-types.ts';
import { refWords } from './ref-words.ts';

interface AnnexTableProps {
  readonly annex: Annex;
  readonly order: number;
  readonly onNumber: (ref: NumberRef) => void;
}

/** An annex as it is printed, its numbers opened like those of the text. */
export function AnnexTable({ annex, order, onNumber }: AnnexTableProps) {
  const { columns } = annex;
  return (
    <section className="paper-annex" aria-label={`附件${order}`}>
      <p className="paper-annex-mark">附件{order}</p>
      <h3>{annex.title}</h3>
      <ScrollBox name={annex.title}>
        <table>
          <thead>
            {headRows(columns).map((row) => (
              <tr key={row.map(({ words }) => words).join('|')}>
                {row.map(({ words, columns: span, rows }) => (
                  <th
                    key={words}
                    scope={span > 1 ? 'colgroup' : 'col'}
                    colSpan={span}
                    rowSpan={rows}
                  >
                    {words}
                  </th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody>
            {annex.rows.map((row) => (
              <tr key={row.cells.join('|')}>
                {row.cells.map((cell, at) => (
                  <td key={columns[at]?.head ?? cell}>
                    <Cell row={row} at={at} onNumber={onNumber} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {annex.note && <p className="paper-note">{annex.note}</p>}
    </section>
  );
}

interface CellProps {
  readonly row: AnnexRow;
  readonly at: number;
  readonly onNumber: (ref: NumberRef) => void;
}

function Cell({ row, at, onNumber }: CellProps) {
  const cell = row.cells[at] ?? '';
  const ref = row.refs[at];
  if (!ref || cell === '0' || cell === '') return cell;
  return (
    <button
      type="button"
      className="paper-number-link"
      title={refWords(ref)}
      onClick={() => onNumber(ref)}
    >
      {cell}
    </button>
  );
}
