import type { ImportPreview } from '../../api/types.ts';

const KINDS = [
  { key: 'units', words: '单位' },
  { key: 'sites', words: '政府网站' },
  { key: 'accounts', words: '政务新媒体' },
] as const;

const FORMAT_WORDS = { xlsx: 'Excel 表格', csv: 'CSV 表格', json: 'JSON 数据' } as const;

/** What was read from each file, and what it would change in the register. */
export function ImportCounts({ preview }: { readonly preview: ImportPreview }) {
  return (
    <div className="two-columns">
      <table className="plain-table">
        <caption>读到的文件</caption>
        <thead>
          <tr>
            <th scope="col">文件</th>
            <th scope="col">格式</th>
            <th scope="col" className="number">
              行数
            </th>
          </tr>
        </thead>
        <tbody>
          {preview.files.map(({ name, kind, rows }) => (
            <tr key={`${name} ${kind}`}>
              <td>{name}</td>
              <td>{FORMAT_WORDS[kind]}</td>
              <td className="number">{rows}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="plain-table">
        <caption>名录的变化</caption>
        <thead>
          <tr>
            <th scope="col">对象</th>
            <th scope="col" className="number">
              新增
            </th>
            <th scope="col" className="number">
              变更
            </th>
            <th scope="col" className="number">
              不变
            </th>
          </tr>
        </thead>
        <tbody>
          {KINDS.map(({ key, words }) => (
            <tr key={key}>
              <td>{words}</td>
              <td className="number">{preview.counts[key].added}</td>
              <td className="number">{preview.counts[key].changed}</td>
              <td className="number">{preview.counts[key].unchanged}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
