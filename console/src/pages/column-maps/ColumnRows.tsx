import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useId, useState } from 'react';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { FieldSelect } from './FieldSelect.tsx';
import { type ColumnDraft, columnsOf, type MapField, moved, nextKey } from './map-draft.ts';

interface ColumnRowsProps {
  readonly columns: readonly ColumnDraft[];
  readonly fields: readonly MapField[];
  readonly onChange: (columns: readonly ColumnDraft[]) => void;
}

const EMPTY = { header: '', synonyms: '', field: '' } as const;

/** The columns in the order in which an export writes them. */
export function ColumnRows({ columns, fields, onChange }: ColumnRowsProps) {
  const change = (key: number, part: Partial<ColumnDraft>): void =>
    onChange(columns.map((each) => (each.key === key ? { ...each, ...part } : each)));
  return (
    <fieldset className="map-columns">
      <legend>各列（导出按这个次序）</legend>
      {columns.length === 0 && (
        <PasteHeaders onPaste={(text) => onChange(columnsOf(text, fields))} />
      )}
      {columns.map(({ key, header, synonyms, field }, index) => (
        <div key={key} className="map-column">
          <Input
            aria-label={`第 ${index + 1} 列的表头`}
            placeholder="表头"
            maxLength={60}
            value={header}
            onChange={({ target }) => change(key, { header: target.value })}
          />
          <FieldSelect
            label={`第 ${index + 1} 列的字段`}
            none="不读；导出时留空"
            fields={fields}
            value={field}
            onChange={(chosen) => change(key, { field: chosen })}
          />
          <Input
            aria-label={`第 ${index + 1} 列的其他写法`}
            placeholder="其他写法，用、分开"
            value={synonyms}
            onChange={({ target }) => change(key, { synonyms: target.value })}
          />
          <span className="map-column-moves">
            <ReasonedButton
              size="small"
              aria-label={`第 ${index + 1} 列上移`}
              icon={<ArrowUpOutlined aria-hidden />}
              whyNot={index === 0 ? '已经是第一列' : null}
              onClick={() => onChange(moved(columns, index, -1))}
            />
            <ReasonedButton
              size="small"
              aria-label={`第 ${index + 1} 列下移`}
              icon={<ArrowDownOutlined aria-hidden />}
              whyNot={index === columns.length - 1 ? '已经是最后一列' : null}
              onClick={() => onChange(moved(columns, index, 1))}
            />
            <ReasonedButton
              size="small"
              aria-label={`去掉第 ${index + 1} 列`}
              icon={<DeleteOutlined aria-hidden />}
              whyNot={null}
              onClick={() => onChange(columns.filter((each) => each.key !== key))}
            />
          </span>
        </div>
      ))}
      <ReasonedButton
        size="small"
        whyNot={null}
        onClick={() => onChange([...columns, { key: nextKey(columns), ...EMPTY }])}
      >
        加一列
      </ReasonedButton>
    </fieldset>
  );
}

/** The quick way: the header row as it was copied out of a table. */
function PasteHeaders({ onPaste }: { readonly onPaste: (text: string) => void }) {
  const id = useId();
  const [text, setText] = useState('');
  return (
    <div className="map-paste">
      <label htmlFor={id}>从表格里复制表头那一行，粘贴到这里：认得的列自动对上</label>
      <Input.TextArea
        id={id}
        rows={2}
        maxLength={5000}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <ReasonedButton
        size="small"
        whyNot={text.trim() === '' ? '请先粘贴表头' : null}
        onClick={() => onPaste(text)}
      >
        按表头列出各列
      </ReasonedButton>
    </div>
  );
}
