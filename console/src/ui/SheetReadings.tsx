interface SheetReading {
  readonly file: string;
  readonly sheet: string;
  readonly of: string;
  readonly columns: readonly { readonly header: string; readonly title: string }[];
  readonly unknown: readonly string[];
}

/** How the headers of uploaded sheets were understood; a column that was not read is named. */
export function SheetReadings({ sheets }: { readonly sheets: readonly SheetReading[] }) {
  if (sheets.length === 0) return null;
  const unknown = sheets.reduce((sum, sheet) => sum + sheet.unknown.length, 0);
  return (
    <details className="more" open={unknown > 0}>
      <summary>
        表头怎样读懂的{unknown > 0 ? `：有 ${unknown} 列不认识，没有读` : '：每一列都认识'}
      </summary>
      {sheets.map(({ file, sheet, of, columns, unknown: left }) => (
        <div key={`${file} ${sheet}`} className="sheet-reading">
          <p>
            <strong>{sheet}</strong>（{file}）作为“{of}”
          </p>
          <p className="quiet">
            {columns
              .map(({ header, title }) => (header === title ? title : `${header} → ${title}`))
              .join('、')}
          </p>
          {left.length > 0 && <p className="sheet-reading-unknown">没有读：{left.join('、')}</p>}
        </div>
      ))}
    </details>
  );
}
