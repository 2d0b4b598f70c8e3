import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { EditMap } from './EditMap.tsx';
import { draftOf, EMPTY_DRAFT, type MapDraft, type SavedMap } from './map-draft.ts';
import './column-maps.css';

/** Offices' own tables of accounts, as data: which header means which field. Import, comparison and export go by them. */
export function ColumnMapsPage() {
  const maps = useGet('/api/v1/column-maps', {});
  const whyNot = useWhyNot()('registry.import');
  const [draft, setDraft] = useState<MapDraft | null>(null);
  return (
    <NeedsAbility ability="registry.export">
      <PageHeader
        title="列映射"
        note="各处的账号表格表头不同：在这里写明哪个表头是什么，导入、比对、导出时就能选它。"
        actions={
          <ReasonedButton type="primary" whyNot={whyNot} onClick={() => setDraft(EMPTY_DRAFT)}>
            新建列映射…
          </ReasonedButton>
        }
      />
      <Answer of={maps}>
        {({ items, fields }) => (
          <>
            {items.length === 0 ? (
              <EmptyState title="还没有列映射">
                表头能自动识别的表格不需要它；要按报送系统等固定的格式导出，或表头特别，才新建一个。
              </EmptyState>
            ) : (
              <Panel title="已有的列映射">
                <MapTable items={items} whyNot={whyNot} onEdit={(map) => setDraft(draftOf(map))} />
              </Panel>
            )}
            {draft !== null && (
              <EditMap
                former={draft}
                fields={fields}
                taken={items.map(({ name }) => name)}
                onClose={() => setDraft(null)}
              />
            )}
          </>
        )}
      </Answer>
    </NeedsAbility>
  );
}

interface MapTableProps {
  readonly items: readonly SavedMap[];
  readonly whyNot: string | null;
  readonly onEdit: (map: SavedMap) => void;
}

function MapTable({ items, whyNot, onEdit }: MapTableProps) {
  return (
    <ScrollBox name="列映射">
      <table className="plain-table stacks">
        <thead>
          <tr>
            <th scope="col">名称</th>
            <th scope="col">列</th>
            <th scope="col">用于</th>
            <th scope="col">最近修改</th>
            <th scope="col">操作</th>
          </tr>
        </thead>
        <tbody>
          {items.map((map) => (
            <tr key={map.name}>
              <th scope="row">{map.name}</th>
              <td data-label="列">{map.columns.length}</td>
              <td data-label="用于">
                {map.lacking.length === 0
                  ? '导入、比对、导出'
                  : `只能导出：导入还缺${map.lacking.join('、')}`}
              </td>
              <td data-label="最近修改">
                {map.changedBy} <DateText at={map.changedAt} />
              </td>
              <td data-label="操作">
                <span className="tag-row">
                  <ReasonedButton size="small" whyNot={whyNot} onClick={() => onEdit(map)}>
                    修改…
                  </ReasonedButton>
                  <DeleteMap name={map.name} whyNot={whyNot} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function DeleteMap({ name, whyNot }: { readonly name: string; readonly whyNot: string | null }) {
  const remove = useChange({
    change: () =>
      sendChange('delete', '/api/v1/column-maps/{name}', { params: { path: { name } } }),
    doneWords: '已删除',
    refreshes: ['/api/v1/column-maps'],
  });
  return (
    <ConfirmButton
      size="small"
      danger
      whyNot={whyNot}
      aria-label={`删除“${name}”`}
      question={`删除列映射“${name}”？`}
      consequence="以后不能再选它；用它导入过的名录不变，操作记录里留有它的全部内容。"
      confirmWords="删除"
      onConfirm={() => remove.mutateAsync()}
    >
      删除
    </ConfirmButton>
  );
}
