import { Segmented } from 'antd';
import { useState } from 'react';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { CopyText } from '../../ui/CopyText.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Properties } from '../../ui/Properties.tsx';
import type { FindingEvidence, RecordMeta } from './finding-types.ts';

type Face = 'page' | 'headers' | 'screenshot';

/** Where the safe rendering of an archived page is; the excerpt is marked in it by the server. */
export function viewAddress(snapshot: string, excerpt: string): string {
  const mark = excerpt === '' ? '' : `?mark=${encodeURIComponent(excerpt)}`;
  return `/api/v1/evidence/records/${snapshot}/view${mark}`;
}

/** One piece of evidence: the archived page in a frame that may do nothing, its headers, its screenshot. */
export function EvidenceView({ evidence }: { readonly evidence: FindingEvidence }) {
  const [face, setFace] = useState<Face>('page');
  const { snapshot, excerpt, screenshot } = evidence;
  const faces: { value: Face; label: string }[] = [
    { value: 'page', label: '存档原页' },
    { value: 'headers', label: '响应头与校验值' },
    ...(screenshot !== null ? [{ value: 'screenshot' as const, label: '截图' }] : []),
  ];
  return (
    <div className="evidence">
      {excerpt !== '' && (
        <blockquote className="evidence-excerpt">
          <mark>{excerpt}</mark>
        </blockquote>
      )}
      {snapshot === null ? (
        <EmptyState title="这条证据没有网页原件">
          它来自首页访问、人工观察或名录，不是网页；位置：{evidence.locator}
        </EmptyState>
      ) : (
        <>
          <div className="evidence-bar">
            <Segmented<Face> options={faces} value={face} onChange={setFace} name="evidence-face" />
            <a href={viewAddress(snapshot, excerpt)} target="_blank" rel="noreferrer">
              在新窗口打开
            </a>
          </div>
          {face === 'page' && <ArchivedPage snapshot={snapshot} excerpt={excerpt} />}
          {face === 'headers' && <RecordHeaders snapshot={snapshot} evidence={evidence} />}
          {face === 'screenshot' && screenshot !== null && <Screenshot snapshot={screenshot} />}
        </>
      )}
    </div>
  );
}

/** `sandbox=""`: no scripts, no forms, no origin, no navigation. What was fetched is hostile. */
function ArchivedPage({ snapshot, excerpt }: { snapshot: string; excerpt: string }) {
  return (
    <iframe
      className="evidence-frame"
      title="存档的网页原件（只供查看，脚本和网络都已关闭）"
      sandbox=""
      src={viewAddress(snapshot, excerpt)}
      loading="lazy"
    />
  );
}

/** The archived picture, shown like any archived answer: in a frame that may do nothing. */
function Screenshot({ snapshot }: { readonly snapshot: string }) {
  return (
    <iframe
      className="evidence-frame"
      title="抓取时的页面截图"
      sandbox=""
      src={viewAddress(snapshot, '')}
      loading="lazy"
    />
  );
}

function RecordHeaders({
  snapshot,
  evidence,
}: {
  readonly snapshot: string;
  readonly evidence: FindingEvidence;
}) {
  const meta = useGet('/api/v1/evidence/records/{sha256}/meta', {
    path: { sha256: snapshot },
  });
  return (
    <Answer of={meta} rows={4}>
      {(record: RecordMeta) => (
        <div className="evidence-headers">
          <Properties
            of={[
              [
                '网址',
                <span key="u" className="break-all">
                  {record.url}
                </span>,
              ],
              ['状态码', record.status ?? '没有应答'],
              ['抓取时间', <DateText key="t" at={record.fetchedAt} as="exact" />],
              ['大小', `${record.bytes.toLocaleString('zh-CN')} 字节`],
              ['编码', record.charset ?? '未注明'],
              ['位置', evidence.locator],
              ['SHA-256', <CopyText key="h" text={snapshot} shown={`${snapshot.slice(0, 16)}…`} />],
            ]}
          />
          <table className="plain-table">
            <caption className="only-read">服务器应答的响应头</caption>
            <tbody>
              {record.headers.map(([name, value]) => (
                <tr key={`${name}:${value}`}>
                  <th scope="row">{name}</th>
                  <td className="break-all">{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <a href={`/api/v1/evidence/records/${snapshot}`} target="_blank" rel="noreferrer">
            查看原始字节（纯文本）
          </a>
        </div>
      )}
    </Answer>
  );
}
