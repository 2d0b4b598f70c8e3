import type { SiteRound } from '../../api/types.ts';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { instantText } from '../../util/dates.ts';
import { errorClassWords, outcomeWords } from '../../util/fact-words.ts';

type Probe = SiteRound['probes'][number];

/** One stroke per visit of the home page; what is not a success also differs in height, and is listed below. */
export function AvailabilityPanel({ probes }: Pick<SiteRound, 'probes'>) {
  if (probes.length === 0)
    return (
      <Panel title="首页可用性">
        <EmptyState title="本批次没有首页访问记录" />
      </Panel>
    );
  const failed = probes.filter(({ outcome }) => outcome === 'failed');
  const doubtful = probes.filter(({ outcome }) => outcome !== 'ok' && outcome !== 'failed');
  const words = `访问 ${probes.length} 次，打不开 ${failed.length} 次，没能判断 ${doubtful.length} 次`;
  return (
    <Panel title="首页可用性" aside={<span className="quiet">{words}</span>}>
      <div className="probe-strip" role="img" aria-label={words}>
        {probes.map((probe) => (
          <i
            key={probe.scheduledAt}
            className={`probe-${probe.outcome === 'ok' ? 'ok' : probe.outcome === 'failed' ? 'failed' : 'own'}`}
            title={probeWords(probe)}
          />
        ))}
      </div>
      <p className="probe-ends quiet">
        <DateText at={probes[0]!.scheduledAt} as="date" />
        <DateText at={probes.at(-1)!.scheduledAt} as="date" />
      </p>
      {failed.length + doubtful.length > 0 && (
        <details className="more">
          <summary>不成功的访问 {failed.length + doubtful.length} 次</summary>
          <ProbeTable probes={probes.filter(({ outcome }) => outcome !== 'ok')} />
        </details>
      )}
    </Panel>
  );
}

function probeWords({ scheduledAt, outcome, totalMs, errorClass }: Probe): string {
  const why = errorClass === null ? '' : `，${errorClassWords(errorClass)}`;
  const time = totalMs === null ? '' : `，${(totalMs / 1000).toFixed(1)} 秒`;
  return `${instantText(scheduledAt)} ${outcomeWords(outcome)}${why}${time}`;
}

function ProbeTable({ probes }: { readonly probes: readonly Probe[] }) {
  return (
    <ScrollBox name="不成功的访问">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">计划时间</th>
            <th scope="col">实际时间</th>
            <th scope="col">结果</th>
            <th scope="col">原因</th>
            <th scope="col">状态码</th>
            <th scope="col" className="number">
              用时
            </th>
          </tr>
        </thead>
        <tbody>
          {probes.map((probe) => (
            <tr key={probe.scheduledAt}>
              <td>
                <DateText at={probe.scheduledAt} />
              </td>
              <td>
                <DateText at={probe.happenedAt} never="未访问" />
              </td>
              <td>{outcomeWords(probe.outcome)}</td>
              <td>{probe.errorClass === null ? '—' : errorClassWords(probe.errorClass)}</td>
              <td>{probe.status ?? '—'}</td>
              <td className="number">
                {probe.totalMs === null ? '—' : `${(probe.totalMs / 1000).toFixed(1)} 秒`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
