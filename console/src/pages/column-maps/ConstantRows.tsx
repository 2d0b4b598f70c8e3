import { DeleteOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { FieldSelect } from './FieldSelect.tsx';
import { type MapDraft, type MapField, nextKey } from './map-draft.ts';

type Constants = MapDraft['constants'];

interface ConstantRowsProps {
  readonly constants: Constants;
  readonly fields: readonly MapField[];
  readonly onChange: (constants: Constants) => void;
}

/** What the file does not say and is the same in every row: a table of one platform has no column for it. */
export function ConstantRows({ constants, fields, onChange }: ConstantRowsProps) {
  const change = (key: number, part: Partial<Constants[number]>): void =>
    onChange(constants.map((each) => (each.key === key ? { ...each, ...part } : each)));
  return (
    <fieldset className="map-columns">
      <legend>固定值（表格里没有、每行都一样的，如平台；可不写）</legend>
      {constants.map(({ key, field, value }, index) => (
        <div key={key} className="map-column">
          <FieldSelect
            label={`第 ${index + 1} 个固定值的字段`}
            none="选择字段"
            fields={fields.filter(({ exportOnly }) => !exportOnly)}
            value={field}
            onChange={(chosen) => change(key, { field: chosen })}
          />
          <Input
            aria-label={`第 ${index + 1} 个固定值`}
            placeholder="值"
            value={value}
            onChange={({ target }) => change(key, { value: target.value })}
          />
          <ReasonedButton
            size="small"
            aria-label={`去掉第 ${index + 1} 个固定值`}
            icon={<DeleteOutlined aria-hidden />}
            whyNot={null}
            onClick={() => onChange(constants.filter((each) => each.key !== key))}
          />
        </div>
      ))}
      <ReasonedButton
        size="small"
        whyNot={null}
        onClick={() => onChange([...constants, { key: nextKey(constants), field: '', value: '' }])}
      >
        加一个固定值
      </ReasonedButton>
    </fieldset>
  );
}
