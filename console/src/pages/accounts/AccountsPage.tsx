import { Link } from '@tanstack/react-router';
import type { AccountItem } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import {
  DateFilter,
  optionsOf,
  SearchFilter,
  SelectFilter,
  UnitFilter,
} from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ExportMenu } from '../../ui/ExportMenu.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SubjectStatusTag, VerdictTag } from '../../ui/state-tags.tsx';
import { MISSING_WORDS, STATUS_WORDS, sourceWords } from '../../util/words.ts';

const FILTERS = ['q', 'unitId', 'status', 'platform', 'printRow', 'missing', 'asOf'] as const;

/** Platforms as registers name them; others are found by the search. */
const PLATFORMS = [
  '微信公众号',
  '新浪微博',
  '头条号',
  '抖音号',
  '快手号',
  '移动客户端',
  '微信小程序',
];

const COLUMNS: readonly ListColumn<AccountItem>[] = [
  {
    title: '账号名称',
    sortsBy: 'name',
    width: 200,
    render: (account) => (
      <Link to="/accounts/$id" params={{ id: String(account.id) }}>
        {account.name}
      </Link>
    ),
  },
  { title: '平台', sortsBy: 'platform', width: 110, render: ({ platform }) => platform },
  {
    title: '账号 ID',
    sortsBy: 'accountId',
    width: 150,
    render: ({ accountId }) => <code>{accountId}</code>,
  },
  { title: '代表主体', sortsBy: 'sponsor', width: 170, render: ({ sponsor }) => sponsor.name },
  { title: '通报行', sortsBy: 'printRow', width: 104, render: ({ printRow }) => printRow },
  {
    title: '状态',
    sortsBy: 'status',
    width: 116,
    render: ({ status }) => <SubjectStatusTag status={status} />,
  },
  {
    title: '最近判定',
    width: 116,
    render: ({ lastVerdict }) => <VerdictTag verdict={lastVerdict} />,
  },
  {
    title: '完整度',
    sortsBy: 'completeness',
    width: 92,
    render: ({ completeness }) => (completeness === null ? '—' : `${completeness} %`),
  },
  {
    title: '信源',
    width: 96,
    isWideOnly: true,
    render: ({ sources }) => sourceWords(sources),
  },
];

/** The register of government new-media accounts. */
export function AccountsPage() {
  const list = useListQuery(FILTERS);
  const accounts = useGet('/api/v1/accounts', { query: list.query }, { keepsFormer: true });
  const { asOf } = list.filters;
  return (
    <>
      <PageHeader
        title="政务新媒体"
        note={asOf && `${asOf} 当日的名录`}
        actions={
          <>
            <Link to="/completeness">按单位看完整度</Link>
            <ExportMenu kind="accounts" />
          </>
        }
      />
      <ListFilters
        list={list}
        search={<SearchFilter list={list} name="q" label="名称、账号 ID 或代表主体" />}
      >
        <UnitFilter list={list} name="unitId" label="单位及下属" />
        <SelectFilter
          list={list}
          name="platform"
          label="平台"
          options={PLATFORMS.map((value) => ({ value, label: value }))}
        />
        <SelectFilter list={list} name="status" label="状态" options={optionsOf(STATUS_WORDS)} />
        <SelectFilter
          list={list}
          name="missing"
          label="缺字段"
          options={optionsOf(MISSING_WORDS)}
        />
        <DateFilter list={list} name="asOf" label="截至日期" />
      </ListFilters>
      <ListTable
        name="账号"
        list={list}
        answer={accounts}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={
          <EmptyState title="名录里还没有账号" action={<Link to="/import">去导入名录</Link>} />
        }
      />
    </>
  );
}
