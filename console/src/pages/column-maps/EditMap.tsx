import { Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { ColumnRows } from './ColumnRows.tsx';
import { ConstantRows } from './ConstantRows.tsx';
import { bodyOf, type MapDraft, type MapField } from './map-draft.ts';

interface EditMapProps {
  /** What the form begins with; a name that is not empty is the saved map's and stays. */
  readonly former: MapDraft;
  readonly fields: readonly MapField[];
  readonly taken: readonly string[];
  readonly onClose: () => void;
}

/** Writes a map, or writes one anew: its columns in their order, what the file leaves unsaid, and how it looks when exported. */
export function EditMap({ former, fields, taken, onClose }: EditMapProps) {
  const [draft, setDraft] = useState(former);
  const set = (part: Partial<MapDraft>): void => setDraft({ ...draft, ...part });
  const isNew = former.name === '';
  const save = useChange({
    change: () =>
      sendChange('put', '/api/v1/column-maps/{name}', {
        params: { path: { name: draft.name.trim() } },
        body: bodyOf(draft),
      }),
    doneWords: '已保存',
    refreshes: ['/api/v1/column-maps'],
    isErrorShownByCaller: true,
    onDone: onClose,
  });
  return (
    <Modal
      open
      width={860}
      title={isNew ? '新建列映射' : `修改列映射“${former.name}”`}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
    >
      <Form layout="vertical" component="div">
        {isNew && (
          <Form.Item label="名称" htmlFor="map-name">
            <Input
              id="map-name"
              maxLength={60}
              placeholder="如：全国报送系统"
              value={draft.name}
              onChange={({ target }) => set({ name: target.value })}
            />
          </Form.Item>
        )}
        <ColumnRows
          columns={draft.columns}
          fields={fields}
          onChange={(columns) => set({ columns })}
        />
        <ConstantRows
          constants={draft.constants}
          fields={fields}
          onChange={(constants) => set({ constants })}
        />
        <Form.Item label="导入时遇到空格子" htmlFor="map-blank">
          <Radio.Group
            id="map-blank"
            value={draft.blank}
            onChange={({ target }) => set({ blank: target.value as MapDraft['blank'] })}
            options={[
              { value: 'keep', label: '保留名录里原有的' },
              { value: 'clear', label: '清空' },
            ]}
          />
        </Form.Item>
        <LookWhenExported draft={draft} set={set} />
        <FormProblem error={save.error} />
        <ReasonedButton
          type="primary"
          whyNot={whyNotSave(draft, isNew ? taken : [])}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          保存
        </ReasonedButton>
      </Form>
    </Modal>
  );
}

function whyNotSave({ name, columns }: MapDraft, taken: readonly string[]): string | null {
  if (name.trim() === '') return '请写名称';
  if (taken.includes(name.trim())) return '已有同名的列映射；请换一个名称，或去修改那一个';
  return columns.some(({ header }) => header.trim() !== '') ? null : '请至少写一列';
}

interface LookProps {
  readonly draft: MapDraft;
  readonly set: (part: Partial<MapDraft>) => void;
}

function LookWhenExported({ draft, set }: LookProps) {
  return (
    <>
      <Form.Item label="导出时的工作表名（可不写）" htmlFor="map-sheet">
        <Input
          id="map-sheet"
          maxLength={30}
          value={draft.sheet}
          onChange={({ target }) => set({ sheet: target.value })}
        />
      </Form.Item>
      <Form.Item label="导出时表头以上的标题行（每行一个，最多五个，可不写）" htmlFor="map-titles">
        <Input.TextArea
          id="map-titles"
          rows={2}
          value={draft.titles}
          onChange={({ target }) => set({ titles: target.value })}
        />
      </Form.Item>
    </>
  );
}
