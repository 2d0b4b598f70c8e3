import { sendChange, sendFiles } from '../../api/client.ts';
import { AddFile, ATTACHMENT_WORDS } from '../../forms/AddFile.tsx';
import { RemoveFile } from '../../forms/RemoveFile.tsx';
import { bytesText } from '../../util/bytes.ts';
import type { RectificationDetail } from '../rectification/rectification-words.tsx';

const REFRESHES = ['/api/v1/rectification/cases/{id}'] as const;
type File_ = RectificationDetail['files'][number];

/** Files that go with the answer that is being written; those of earlier answers stand in the timeline. */
export function AnswerFiles({ given }: { readonly given: RectificationDetail }) {
  const { id } = given;
  const files = given.files.filter(({ stepId }) => stepId === null);
  const remove = (fileId: number) => () =>
    sendChange('delete', '/api/v1/rectification/cases/{id}/files/{fileId}', {
      params: { path: { id, fileId } },
    });
  return (
    <>
      <FileList
        caseId={id}
        files={files}
        aside={(file) => (
          <RemoveFile name={file.name} remove={remove(file.id)} refreshes={REFRESHES} />
        )}
      />
      <AddFile
        label="附佐证材料（截图、文件）"
        send={(file) =>
          sendFiles('/api/v1/rectification/cases/{id}/files', [file], { path: { id } })
        }
        refreshes={REFRESHES}
      />
      <p className="quiet">{ATTACHMENT_WORDS}。</p>
    </>
  );
}

interface FileListProps {
  readonly caseId: number;
  readonly files: readonly File_[];
  readonly aside?: (file: File_) => React.ReactNode;
}

export function FileList({ caseId, files, aside }: FileListProps) {
  if (files.length === 0) return null;
  return (
    <ul className="case-files">
      {files.map((file) => (
        <li key={file.id}>
          <a href={`/api/v1/rectification/cases/${caseId}/files/${file.id}`} download>
            {file.name}
          </a>
          <span className="quiet">
            {bytesText(file.bytes)}，{file.addedBy}
          </span>
          {aside?.(file)}
        </li>
      ))}
    </ul>
  );
}
