import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { CopyText } from '../../ui/CopyText.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { BuildBulletin } from './BuildBulletin.tsx';
import type { BulletinItem, Preview } from './bulletin-types.ts';
import { CorrectionPanel } from './CorrectionPanel.tsx';
import { SignPanel } from './SignPanel.tsx';

interface BulletinSideProps {
  readonly period: string;
  readonly item: BulletinItem | undefined;
  readonly document: Preview;
  /** The office's own words, where they may be written. */
  readonly words: ReactNode;
}

/** What is done with the document: check, sign, build, download. */
export function BulletinSide({ period, item, document, words }: BulletinSideProps) {
  const signing = useGet('/api/v1/bulletins/{period}/signing', { path: { period } });
  return (
    <div className="bulletin-side">
      <Reconciled document={document} />
      {words}
      <Answer of={signing} rows={4}>
        {(state) => (
          <>
            <SignPanel signing={state} />
            <Panel title="文件">
              <BuildBulletin signing={state} document={document} />
              {item?.builtAt && <Files period={period} item={item} />}
            </Panel>
          </>
        )}
      </Answer>
      {document.isSigned && <CorrectionPanel period={period} />}
      {item?.builtAt && <Archive period={period} />}
    </div>
  );
}

function Reconciled({ document }: { readonly document: Preview }) {
  if (document.reconciled)
    return (
      <p className="bulletin-alert">
        <StateTag tone="good">正文与附件的数字一致</StateTag>
      </p>
    );
  return (
    <Alert
      type="error"
      showIcon
      className="bulletin-alert"
      title="正文与附件的数字不一致，不能签发"
      description={
        <ul>
          {document.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      }
    />
  );
}

const FILE_WORDS: Readonly<Record<string, string>> = {
  'bulletin.docx': '通报 Word（.docx）',
  'bulletin.pdf': '通报 PDF（.pdf）',
  'bulletin.html': '公开用网页（.html）',
  'annexes.xlsx': '附件表格（.xlsx）',
  'bulletin.json': '数据（.json）',
};

function Files({ period, item }: { readonly period: string; readonly item: BulletinItem }) {
  return (
    <>
      <ul className="bulletin-files">
        {item.files.map((name) => (
          <li key={name}>
            <Button
              type="link"
              icon={<DownloadOutlined aria-hidden />}
              href={`/api/v1/bulletins/${encodeURIComponent(period)}/files/${name}`}
              download
            >
              {FILE_WORDS[name] ?? name}
            </Button>
          </li>
        ))}
      </ul>
      <p className="quiet">
        {item.builtBy} 生成于 <DateText at={item.builtAt} />
        {item.sha256 && (
          <>
            ，校验值 <CopyText text={item.sha256} shown={item.sha256.slice(0, 12)} />
          </>
        )}
      </p>
    </>
  );
}

/** Earlier builds, with what they were signed by; one build is no history. */
function Archive({ period }: { readonly period: string }) {
  const archive = useGet('/api/v1/bulletins/{period}/archive', { path: { period }, query: {} });
  const items = archive.data?.items ?? [];
  if (items.length < 2 && !items.some(({ corrections }) => corrections.length > 0)) return null;
  return (
    <Panel title="历次生成">
      <ul className="bulletin-archive">
        {items.map(({ id, sha256, builtAt, builtBy, isNewest, files, signatures, corrections }) => (
          <li key={id}>
            <DateText at={builtAt} /> {builtBy} {isNewest && <StateTag tone="good">现行</StateTag>}
            <p className="quiet">
              <CopyText text={sha256} shown={sha256.slice(0, 8)} />
              {signatures.length > 0 && ` ${signatures.map(({ by }) => by).join('、')} 签`}{' '}
              {files.map(({ name }) => (
                <a
                  key={name}
                  href={`/api/v1/bulletins/${encodeURIComponent(period)}/files/${name}?sha256=${sha256}`}
                  download
                >
                  {name}{' '}
                </a>
              ))}
            </p>
            {corrections.length > 0 && (
              <p className="quiet">
                更正：{corrections.map(({ documentNumber }) => documentNumber).join('、')}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
