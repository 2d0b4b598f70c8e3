import { useState } from 'react';
import type { AccountDetail, AccountRound } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pages } from '../../ui/Pages.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { EnterSight } from './EnterSight.tsx';
import { SightsTable } from './SightsTable.tsx';
import { openTest } from './sight-form.ts';

/** Sights on one page of the panel. */
const PAGE = 10;

/** Everything that inspectors ever saw of the account (人工观察), and the form for another sight. */
export function ObservationsPanel({ account }: { readonly account: AccountDetail }) {
  const { id } = account;
  const [page, setPage] = useState(1);
  const sights = useGet(
    '/api/v1/accounts/{id}/observations',
    { path: { id }, query: { limit: PAGE, offset: (page - 1) * PAGE } },
    { keepsFormer: true },
  );
  return (
    <Panel
      title="人工观察"
      aside={<EnterSight account={account} open={openTest(sights.data?.items ?? [])} />}
    >
      <Answer of={sights} rows={2}>
        {({ items, total }) =>
          items.length === 0 ? (
            <EmptyState title="还没有人工观察">检查人员打开账号看过以后，在这里登记。</EmptyState>
          ) : (
            <>
              <SightsTable accountId={id} name="人工观察表格" items={items} />
              <Pages page={page} pageSize={PAGE} total={total} onChange={setPage} />
            </>
          )
        }
      </Answer>
    </Panel>
  );
}

/** What of it went into one round. */
export function RoundSightsPanel({
  accountId,
  observations,
}: Pick<AccountRound, 'observations'> & { readonly accountId: number }) {
  return (
    <Panel title="本批次依据的人工观察">
      {observations.length === 0 ? (
        <EmptyState title="本批次没有人工观察" />
      ) : (
        <SightsTable accountId={accountId} name="本批次的人工观察表格" items={observations} />
      )}
    </Panel>
  );
}
