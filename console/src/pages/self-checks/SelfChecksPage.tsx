import { Link } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { useCan } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { OpenSelfCheck } from './OpenSelfCheck.tsx';
import { DueDay } from './self-check-words.tsx';

/** Self-checks of cities, one a round. */
export function SelfChecksPage() {
  return (
    <NeedsAbility ability="selfcheck.read">
      <SelfChecks />
    </NeedsAbility>
  );
}

function SelfChecks() {
  const mayOpen = useCan()('selfcheck.open');
  const checks = useGet('/api/v1/self-checks', {});
  const items = checks.data?.items ?? [];
  return (
    <>
      <PageHeader
        title="市级自查"
        note="各市对照省级批次的指标自查，导入结果；省级结果冻结以后逐项比对，看双方各发现了什么。"
      />
      {mayOpen && <OpenSelfCheck taken={new Set(items.map(({ period }) => period))} />}
      <Answer of={checks} rows={4}>
        {() =>
          items.length === 0 ? (
            <EmptyState title="还没有自查">主管单位布置以后，这里列出每个批次的自查。</EmptyState>
          ) : (
            <ScrollBox name="自查">
              <table className="plain-table">
                <thead>
                  <tr>
                    <th scope="col">批次</th>
                    <th scope="col">状态</th>
                    <th scope="col">期限</th>
                    <th scope="col">已报送</th>
                    <th scope="col">布置</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((check) => (
                    <tr key={check.id}>
                      <th scope="row">
                        <Link to="/self-checks/$id" params={{ id: String(check.id) }}>
                          {check.label}
                        </Link>
                      </th>
                      <td>
                        <StateTag tone={check.state === 'open' ? 'busy' : 'plain'}>
                          {check.state === 'open' ? '填报中' : '已结束'}
                        </StateTag>
                      </td>
                      <td>
                        <DueDay {...check} />
                      </td>
                      <td>
                        {check.submitted} / {check.units}
                      </td>
                      <td>
                        {check.openedBy}，<DateText at={check.openedAt} as="date" />
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
