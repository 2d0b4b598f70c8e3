import { Link, useSearch } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import type { Search } from '../../util/search.ts';

/** How complete the records of accounts are, unit by unit; the unit stands in the address. */
export function CompletenessPage() {
  const { unitId } = useSearch({ strict: false }) as Search;
  const query = unitId === undefined ? {} : { unitId: Number(unitId) };
  const units = useGet('/api/v1/completeness', { query });
  return (
    <>
      <PageHeader
        title="登记信息完整度"
        note="正常运行的账号，连同下级单位的；点单位看它的下一级。"
        actions={<Link to="/accounts">政务新媒体</Link>}
      />
      <Answer of={units} rows={8}>
        {({ formula, items }) =>
          items.length === 0 ? (
            <EmptyState title="没有看得到的单位" />
          ) : (
            <ScrollBox name="完整度表格">
              <table className="plain-table stacks">
                <caption>完整度公式 {formula}</caption>
                <thead>
                  <tr>
                    <th scope="col">单位</th>
                    <th scope="col" className="number">
                      账号
                    </th>
                    <th scope="col" className="number">
                      平均完整度
                    </th>
                    <th scope="col" className="number">
                      都不缺
                    </th>
                    <th scope="col">缺得最多</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map(({ unit, accounts, average, complete, missing }) => (
                    <tr key={unit.id}>
                      <td data-label="单位">
                        <Link to="/completeness" search={{ unitId: String(unit.id) }}>
                          {unit.name}
                        </Link>
                      </td>
                      <td data-label="账号" className="number">
                        <Link
                          to="/accounts"
                          search={{ unitId: String(unit.id), missing: 'any' }}
                          aria-label={`${accounts}：${unit.name}缺登记信息的账号`}
                        >
                          {accounts}
                        </Link>
                      </td>
                      <td data-label="平均完整度" className="number">
                        {average === null ? '—' : `${average} %`}
                      </td>
                      <td data-label="都不缺" className="number">
                        {complete}
                      </td>
                      <td data-label="缺得最多">
                        {missing
                          .map(({ title, accounts: lacking }) => `${title} ${lacking}`)
                          .join('、') || '—'}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollBox>
          )
        }
      </Answer>
    </>
  );
}
