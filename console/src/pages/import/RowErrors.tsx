import type { ImportPreview } from '../../api/types.ts';
import { ScrollBox } from '../../ui/ScrollBox.tsx';

type RowError = ImportPreview['errors'][number];

/** A table of a thousand errors helps nobody: the same mistake stands in every row. */
const SHOWN_MAX = 200;

/** Where in the files something is wrong, and what. */
export function RowErrors({ errors }: { readonly errors: readonly RowError[] }) {
  if (errors.length === 0) return null;
  return (
    <div className="row-errors">
      <ScrollBox name="错误">
        <table className="plain-table stacks">
          <caption>
            错误 {errors.length} 处{errors.length > SHOWN_MAX && `，只列前 ${SHOWN_MAX} 处`}
          </caption>
          <thead>
            <tr>
              <th scope="col">文件</th>
              <th scope="col">位置</th>
              <th scope="col">问题</th>
            </tr>
          </thead>
          <tbody>
            {errors.slice(0, SHOWN_MAX).map((error) => (
              <tr key={`${error.file} ${placeWords(error)} ${error.message}`}>
                <td data-label="文件">{error.file}</td>
                <td data-label="位置" className="row-error-place">
                  {placeWords(error)}
                </td>
                <td data-label="问题">{error.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </div>
  );
}

function placeWords({ sheet, row, column }: RowError): string {
  const words = [
    sheet === null ? null : `工作表“${sheet}”`,
    row === null ? null : `第 ${row} 行`,
    column === null ? null : `“${column}”列`,
  ].filter((word) => word !== null);
  return words.length > 0 ? words.join('，') : '整个文件';
}
