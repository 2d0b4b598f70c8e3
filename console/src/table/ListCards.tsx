import type { ListColumn } from './list-column.ts';

interface ListCardsProps<Row> {
  readonly rows: readonly Row[];
  readonly columns: readonly ListColumn<Row>[];
  readonly keyOf: (row: Row) => string | number;
}

/** The rows of a list on a narrow screen: the first column is the card's heading, the others are named values. */
export function ListCards<Row>({ rows, columns, keyOf }: ListCardsProps<Row>) {
  const [heading, ...others] = columns;
  return (
    <ul className="list-cards">
      {rows.map((row) => (
        <li key={keyOf(row)} data-row>
          <div className="list-card-head">{heading?.render(row)}</div>
          <dl>
            {others
              .filter(({ isWideOnly }) => isWideOnly !== true)
              .map((column) => (
                <div key={column.title}>
                  <dt>{column.title}</dt>
                  <dd>{column.render(row)}</dd>
                </div>
              ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
