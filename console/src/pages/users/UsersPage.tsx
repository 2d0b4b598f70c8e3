import { PlusOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ParamsOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useListQuery } from '../../hooks/use-list-query.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { optionsOf, SearchFilter, SelectFilter, UnitFilter } from '../../table/filters.tsx';
import { ListFilters } from '../../table/ListFilters.tsx';
import { ListTable } from '../../table/ListTable.tsx';
import type { ListColumn } from '../../table/list-column.ts';
import { DateText } from '../../ui/DateText.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import type { Search } from '../../util/search.ts';
import { ROLE_WORDS } from '../../util/words.ts';
import { NewUser } from './NewUser.tsx';
import { UserDrawer } from './UserDrawer.tsx';
import { STATE_WORDS, type User, UserStateTag } from './user-state.tsx';
import './users.css';

type Query = NonNullable<ParamsOf<'/api/v1/users'>['query']>;

const FILTERS = ['q', 'unitId', 'role', 'state'];
/** Users, each opened beside the list under its own address (`user`). */
export function UsersPage() {
  const list = useListQuery(FILTERS);
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const answer = useGet('/api/v1/users', { query: list.query as Query }, { keepsFormer: true });
  const [isMaking, setMaking] = useState(false);
  const whyNot = useWhyNot()('user.manage');
  const open = (id: number | undefined): void =>
    void navigate({
      to: '.',
      search: { ...search, user: id === undefined ? undefined : String(id) },
    });
  const opened = answer.data?.items.find(({ id }) => String(id) === search.user);
  return (
    <NeedsAbility ability="user.read">
      <PageHeader
        title="用户与角色"
        note="系统管理员建用户，安全保密管理员授角色，安全审计员只看记录：三员分立，互不兼任。单位在“名录”里维护。"
        actions={
          <ReasonedButton
            type="primary"
            icon={<PlusOutlined aria-hidden />}
            whyNot={whyNot}
            onClick={() => setMaking(true)}
          >
            新建用户
          </ReasonedButton>
        }
      />
      <ListFilters
        list={list}
        search={<SearchFilter list={list} name="q" label="按姓名、登录名查找" />}
      >
        <UnitFilter list={list} name="unitId" label="单位" />
        <SelectFilter
          list={list}
          name="role"
          label="角色"
          options={optionsOf(ROLE_WORDS)}
          width={160}
        />
        <SelectFilter list={list} name="state" label="状态" options={optionsOf(STATE_WORDS)} />
      </ListFilters>
      <ListTable<User>
        name="用户"
        list={list}
        answer={answer}
        columns={columns(open)}
        keyOf={({ id }) => id}
      />
      {isMaking && <NewUser onClose={() => setMaking(false)} />}
      {opened && <UserDrawer key={opened.id} user={opened} onClose={() => open(undefined)} />}
    </NeedsAbility>
  );
}

const columns = (open: (id: number) => void): readonly ListColumn<User>[] => [
  {
    title: '姓名',
    width: 150,
    sortsBy: 'name',
    render: ({ id, name }) => (
      <button type="button" className="link-button" onClick={() => open(id)}>
        {name}
      </button>
    ),
  },
  { title: '登录名', width: 130, sortsBy: 'login', render: ({ login }) => login },
  {
    title: '单位',
    width: 170,
    render: ({ unit }) => unit?.name ?? <span className="quiet">—</span>,
  },
  {
    title: '角色',
    width: 220,
    render: ({ roles }) =>
      roles.length === 0 ? (
        <StateTag tone="warn">还没有授权</StateTag>
      ) : (
        roles.map((role) => ROLE_WORDS[role]).join('、')
      ),
  },
  { title: '状态', width: 110, render: ({ state }) => <UserStateTag state={state} /> },
  {
    title: '第二因素',
    width: 100,
    isWideOnly: true,
    render: ({ secondFactor }) => (secondFactor ? '已开' : <span className="quiet">未开</span>),
  },
  {
    title: '上次登录',
    width: 150,
    render: ({ lastSignInAt }) => <DateText at={lastSignInAt} never="从未登录" />,
  },
];
