import type { ComponentProps } from 'react';
import { sendChange, sendFiles } from '../../api/client.ts';
import { AddFile, ATTACHMENT_WORDS } from '../../forms/AddFile.tsx';
import { AttachedFiles } from '../../forms/AttachedFiles.tsx';
import { RemoveFile } from '../../forms/RemoveFile.tsx';
import type { RectificationDetail } from '../rectification/rectification-words.tsx';

const REFRESHES = ['/api/v1/rectification/cases/{id}'] as const;

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
      <CaseFiles
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

interface CaseFilesProps {
  readonly caseId: number;
  readonly files: RectificationDetail['files'];
  readonly aside?: ComponentProps<typeof AttachedFiles>['aside'];
}

export function CaseFiles({ caseId, files, aside }: CaseFilesProps) {
  const address = (file: number): string => `/api/v1/rectification/cases/${caseId}/files/${file}`;
  return <AttachedFiles files={files} address={address} aside={aside} />;
}
