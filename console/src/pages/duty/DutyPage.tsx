import { DownloadOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { useCan } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { optionsOf, SearchFilter, SelectFilter, UnitFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import {
  DUTY_STAND_WORDS,
  type DutyItem,
  DutyTags,
  HolderText,
} from '../duty-chain/duty-words.tsx';
import { ImportChains } from './ImportChains.tsx';

const FILTERS = ['q', 'stands', 'kind', 'unitId'] as const;
const KIND_WORDS = { site: '网站', account: '账号' } as const;

const holder = (name: DutyItem['posts'][number]['post'], title: string): ListColumn<DutyItem> => ({
  ...{ title, width: 130 },
  render: ({ posts }) => <HolderText post={posts.find(({ post }) => post === name)} />,
});

const COLUMNS: readonly ListColumn<DutyItem>[] = [
  {
    title: '网站、账号',
    width: 200,
    render: ({ kind, id, name }) => (
      <Link to={kind === 'site' ? '/sites/$id' : '/accounts/$id'} params={{ id: String(id) }}>
        {name}
      </Link>
    ),
  },
  { title: '主办单位', width: 130, render: ({ unitName }) => unitName },
  holder('leader', '分管领导'),
  holder('responsible', '责任人'),
  holder('onDuty', '管理员'),
  holder('operator', '运维单位'),
  { title: '情况', width: 200, render: (chain) => <DutyTags chain={chain} /> },
];

/** Who answers for each site and account; what lacks somebody is one filter away. */
export function DutyPage() {
  return (
    <NeedsAbility ability="duty.read">
      <Chains />
    </NeedsAbility>
  );
}

function Chains() {
  const list = useListQuery(FILTERS);
  const mayEdit = useCan()('duty.edit');
  const chains = useGet('/api/v1/duty/chains', { query: list.query }, { keepsFormer: true });
  const filters = new URLSearchParams(
    Object.entries(list.filters).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  return (
    <>
      <PageHeader
        title="责任人员"
        note="每个网站和账号由谁分管、谁负责、谁管理、谁运维；责任人和管理员换人要办交接。"
        actions={
          <Button
            href={`/api/v1/duty/chains/export?${filters}`}
            download
            icon={<DownloadOutlined aria-hidden />}
          >
            导出（.xlsx）
          </Button>
        }
      />
      {mayEdit && <ImportChains />}
      <ListFilters
        list={list}
        search={<SearchFilter list={list} name="q" label="名称、标识码、单位或姓名" />}
      >
        <SelectFilter
          list={list}
          name="stands"
          label="情况"
          options={optionsOf(DUTY_STAND_WORDS)}
          width={160}
        />
        <SelectFilter list={list} name="kind" label="网站或账号" options={optionsOf(KIND_WORDS)} />
        <UnitFilter list={list} name="unitId" label="主办单位及下属" />
      </ListFilters>
      <ListTable
        name="责任人员"
        list={list}
        answer={chains}
        columns={COLUMNS}
        keyOf={({ kind, id }) => `${kind}:${id}`}
        empty={<EmptyState title="还没有网站和账号">先导入名录，再登记责任人员。</EmptyState>}
      />
    </>
  );
}
