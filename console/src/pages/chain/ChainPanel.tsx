import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { factKeyWords, factStateWords, gathererWords } from '../../util/fact-words.ts';
import { valueWords } from '../audit/audit-words.ts';
import { Changes } from '../audit/Changes.tsx';
import { ContestPanel } from '../findings/ContestPanel.tsx';
import { FindingHead } from '../findings/FindingHead.tsx';
import { ReviewTrail } from '../findings/ReviewTrail.tsx';

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
            className="chain-download"
            icon={<DownloadOutlined aria-hidden />}
          >
            下载全部记录和原件（.zip，只读）
          </Button>
          <Panel title="事实">
            <ScrollBox name="事实列表">
              <table className="plain-table stacks">
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
                      <th scope="row">{factKeyWords(fact.key)}</th>
                      <td data-label="状态">{factStateWords(fact.state)}</td>
                      <td data-label="值或原因" className="break-all">
                        {fact.reason ??
                          (fact.state === 'observed' ? valueWords('', short(fact.value)) : '—')}
                      </td>
                      <td data-label="采集时间">
                        <DateText at={fact.gatheredAt} as="exact" />
                      </td>
                      <td data-label="采集器">{gathererWords(fact.gatherer)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollBox>
          </Panel>
          <Judgement id={id} raw={finding} />
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

/** What was judged, decided and contested, in the words of the finding's own page. */
function Judgement({ id, raw }: { readonly id: number; readonly raw: unknown }) {
  const finding = useGet('/api/v1/findings/{id}', { path: { id } }).data;
  return (
    <>
      <Panel title="判断">
        {finding && <FindingHead finding={finding} />}
        <details className="more">
          <summary>原始数据</summary>
          <ScrollBox name="判断的原始数据">
            <pre className="chain-json">{JSON.stringify(raw, null, 2)}</pre>
          </ScrollBox>
        </details>
      </Panel>
      {finding && <ReviewTrail finding={finding} />}
      {finding && <ContestPanel finding={finding} />}
    </>
  );
}

const SHORT_MAX = 300;

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > SHORT_MAX ? `${text.slice(0, SHORT_MAX)}……` : text;
}
