import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { Changes } from '../audit/Changes.tsx';

/** One finding's whole chain for an auditor: facts, judgement, and every operation on it. */
export function ChainPanel({ id }: { readonly id: number }) {
  const chain = useGet('/api/v1/findings/{id}/chain', { path: { id } });
  return (
    <Answer of={chain}>
      {({ facts, finding, audit }) => (
        <div className="finding-side">
          <Button
            href={`/api/v1/findings/${id}/chain.zip`}
            download
            icon={<DownloadOutlined aria-hidden />}
          >
            下载全部记录和原件（.zip，只读）
          </Button>
          <Panel title="事实">
            <ScrollBox name="事实列表">
              <table className="plain-table">
                <thead>
                  <tr>
                    <th>事实</th>
                    <th>状态</th>
                    <th>值或原因</th>
                    <th>采集时间</th>
                    <th>采集器</th>
                  </tr>
                </thead>
                <tbody>
                  {facts.map((fact) => (
                    <tr key={`${fact.key}:${fact.gatheredAt}`}>
                      <th scope="row">{fact.key}</th>
                      <td>{STATE_WORDS[fact.state]}</td>
                      <td className="break-all">{fact.reason ?? short(fact.value)}</td>
                      <td>
                        <DateText at={fact.gatheredAt} as="exact" />
                      </td>
                      <td>{fact.gatherer}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollBox>
          </Panel>
          <Panel title="判断">
            <ScrollBox name="判断的原始数据">
              <pre className="chain-json">{JSON.stringify(finding, null, 2)}</pre>
            </ScrollBox>
          </Panel>
          <Panel title={`操作记录（${audit.length} 条）`}>
            <ol className="trail">
              {audit.map((row) => (
                <li key={row.id}>
                  <strong>{row.actor}</strong> {row.actionWords} <DateText at={row.at} as="exact" />
                  <Changes before={row.before} after={row.after} />
                </li>
              ))}
            </ol>
          </Panel>
        </div>
      )}
    </Answer>
  );
}

const STATE_WORDS = { observed: '看到了', absent: '没有', unobserved: '没能看' } as const;
const SHORT_MAX = 300;

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > SHORT_MAX ? `${text.slice(0, SHORT_MAX)}……` : text;
}
