import { sendChange, sendFiles } from '../../api/client.ts';
import { AddFile, ATTACHMENT_WORDS } from '../../forms/AddFile.tsx';
import { AttachedFiles } from '../../forms/AttachedFiles.tsx';
import { RemoveFile } from '../../forms/RemoveFile.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { TRAINING_REFRESHES, type Training } from '../trainings/training-words.ts';

/** The sign-in sheet, pictures, the paper of an exam: for who looks after the organiser. */
export function TrainingFiles({ training }: { readonly training: Training }) {
  const { id, attached, mayEdit, withdrawnOn } = training;
  const mayChange = mayEdit && withdrawnOn === null;
  if (attached.length === 0 && !mayChange) return null;
  const remove = (fileId: number) => () =>
    sendChange('delete', '/api/v1/duty/trainings/{id}/files/{fileId}', {
      params: { path: { id, fileId } },
    });
  return (
    <Panel title="证明材料">
      <AttachedFiles
        files={attached}
        address={(fileId) => `/api/v1/duty/trainings/${id}/files/${fileId}`}
        aside={({ id: fileId, name }) =>
          mayChange && (
            <RemoveFile name={name} remove={remove(fileId)} refreshes={TRAINING_REFRESHES} />
          )
        }
      />
      {mayChange && (
        <>
          <AddFile
            label="附材料"
            send={(file) =>
              sendFiles('/api/v1/duty/trainings/{id}/files', [file], { path: { id } })
            }
            refreshes={TRAINING_REFRESHES}
          />
          <p className="quiet">{ATTACHMENT_WORDS}。</p>
        </>
      )}
    </Panel>
  );
}
