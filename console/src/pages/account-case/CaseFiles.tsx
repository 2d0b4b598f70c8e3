import { sendChange, sendFiles } from '../../api/client.ts';
import { AddFile, ATTACHMENT_WORDS } from '../../forms/AddFile.tsx';
import { RemoveFile } from '../../forms/RemoveFile.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { bytesText } from '../../util/bytes.ts';
import type { CaseDetail } from '../account-cases/case-words.tsx';

/** As the server has them. */
const FILES_MAX = 10;
const REFRESHES = ['/api/v1/account-cases/{id}'] as const;

interface CaseFilesProps {
  readonly given: CaseDetail;
  readonly mayAmend: boolean;
}

/** What was attached; while the case may be amended, files are added and taken off. */
export function CaseFiles({ given, mayAmend }: CaseFilesProps) {
  const { id, files, kind } = given;
  const send = (purpose: 'material' | 'proof') => (file: File) =>
    sendFiles('/api/v1/account-cases/{id}/files', [file], { path: { id }, query: { purpose } });
  const remove = (fileId: number) => () =>
    sendChange('delete', '/api/v1/account-cases/{id}/files/{fileId}', {
      params: { path: { id, fileId } },
    });
  return (
    <Panel title="附件">
      {files.length === 0 && <p className="quiet">没有附件。</p>}
      <ul className="case-files">
        {files.map((file) => (
          <li key={file.id}>
            <a href={`/api/v1/account-cases/${id}/files/${file.id}`} download>
              {file.name}
            </a>
            <span className="quiet">
              {file.purpose === 'proof' && '注销证明，'}
              {bytesText(file.bytes)}，{file.addedBy}
            </span>
            {mayAmend && (
              <RemoveFile name={file.name} remove={remove(file.id)} refreshes={REFRESHES} />
            )}
          </li>
        ))}
      </ul>
      {mayAmend && files.length < FILES_MAX && (
        <div className="stack">
          <AddFile label="附材料" send={send('material')} refreshes={REFRESHES} />
          {kind === 'deregister' && (
            <AddFile label="附注销证明" send={send('proof')} refreshes={REFRESHES} />
          )}
          <p className="quiet">
            {ATTACHMENT_WORDS}，最多 {FILES_MAX} 个。
          </p>
        </div>
      )}
    </Panel>
  );
}
