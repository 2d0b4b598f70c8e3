import { Link } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { BulletinStateTag } from './BulletinStateTag.tsx';

/** All bulletins, newest round first as the server gives them: a few rows a year. */
export function BulletinsPage() {
  const answer = useGet('/api/v1/bulletins', { query: { limit: 200 } });
  return (
    <>
      <PageHeader title="通报" note="每期一份；由两个人签发后不再变化。" />
      <Answer of={answer}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="还没有通报" action={<Link to="/rounds">去看批次</Link>}>
              批次冻结之后可以生成通报。
            </EmptyState>
          ) : (
            <Panel title="历期">
              <ScrollBox name="历期通报列表">
                <table className="plain-table stacks">
                  <thead>
                    <tr>
                      <th>期次</th>
                      <th>文号</th>
                      <th>状态</th>
                      <th>生成时间</th>
                      <th>签名</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((item) => (
                      <tr key={item.period}>
                        <th scope="row">
                          <Link to="/bulletins/$period" params={{ period: item.period }}>
                            {item.label}
                          </Link>
                        </th>
                        <td data-label="文号">{item.number ?? '—'}</td>
                        <td data-label="状态">
                          <BulletinStateTag state={item.state} />{' '}
                          {item.isCorrected && <StateTag tone="warn">有更正</StateTag>}
                        </td>
                        <td data-label="生成时间">
                          <DateText at={item.builtAt} never="还没有生成" />
                        </td>
                        <td data-label="签名">
                          {item.signatures.map(({ by }) => by).join('、') || '—'}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollBox>
            </Panel>
          )
        }
      </Answer>
    </>
  );
}
