import { useGet } from '../../hooks/use-get.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { StateTag } from '../../ui/StateTag.tsx';

const REFRESH_MS = 15_000;

/** Whether this installation is well, and what exactly is installed. */
export function HealthPage() {
  const health = useGet('/api/v1/system/health', {}, { refetchMs: REFRESH_MS });
  const about = useGet('/api/v1/system/about', {});
  return (
    <NeedsAbility ability="system.read">
      <PageHeader
        title="运行状况"
        aside={
          health.data && (
            <StateTag tone={health.data.ok ? 'good' : 'bad'}>
              {health.data.ok ? '正常' : '有问题'}
            </StateTag>
          )
        }
      />
      <Panel title="检查项">
        <Answer of={health} rows={4}>
          {({ checks }) => (
            <ul className="health-checks">
              {checks.map(({ name, ok, words }) => (
                <li key={name}>
                  <StateTag tone={ok ? 'good' : 'bad'}>{ok ? '正常' : '有问题'}</StateTag> {words}
                </li>
              ))}
            </ul>
          )}
        </Answer>
      </Panel>
      <Panel title="关于">
        <Answer of={about} rows={3}>
          {({ version, node, database, startedAt, dataDir }) => (
            <Properties
              of={[
                ['版本', version],
                ['Node', node],
                ['数据库', database],
                ['数据目录', dataDir],
                ['启动时间', <DateText key="s" at={startedAt} as="exact" />],
              ]}
            />
          )}
        </Answer>
      </Panel>
    </NeedsAbility>
  );
}
