import type { ComponentProps } from 'react';
import { sendChange, sendFiles } from '../../api/client.ts';
import { AddFile, ATTACHMENT_WORDS } from '../../forms/AddFile.tsx';
import { AttachedFiles } from '../../forms/AttachedFiles.tsx';
import { RemoveFile } from '../../forms/RemoveFile.tsx';
import type { AssessedLine, AssessedUnit } from '../assessments/assessment-words.tsx';

const REFRESHES = ['/api/v1/assessments/{id}/units/{unitId}'] as const;

interface LineFilesProps {
  readonly given: AssessedUnit;
  readonly files: AssessedLine['files'];
  readonly aside?: ComponentProps<typeof AttachedFiles>['aside'];
}

/** What proves a line. */
export function LineFiles({ given: { head, unit }, files, aside }: LineFilesProps) {
  const { id } = head;
  return (
    <AttachedFiles
      files={files}
      address={(file) => `/api/v1/assessments/${id}/units/${unit.unitId}/files/${file}`}
      aside={aside}
    />
  );
}

/** The same while the report is being written: files are added and taken off. */
export function EditLineFiles({
  given,
  line: { rule, files },
}: {
  readonly given: AssessedUnit;
  readonly line: AssessedLine;
}) {
  const path = { id: given.head.id, unitId: given.unit.unitId };
  const remove = (fileId: number) => () =>
    sendChange('delete', '/api/v1/assessments/{id}/units/{unitId}/files/{fileId}', {
      params: { path: { ...path, fileId } },
    });
  return (
    <>
      <LineFiles
        given={given}
        files={files}
        aside={(file) => (
          <RemoveFile name={file.name} remove={remove(file.id)} refreshes={REFRESHES} />
        )}
      />
      <AddFile
        label="附材料"
        send={(file) =>
          sendFiles('/api/v1/assessments/{id}/units/{unitId}/files', [file], {
            ...{ path, query: { ruleId: rule.id } },
          })
        }
        refreshes={REFRESHES}
      />
      <p className="quiet">{ATTACHMENT_WORDS}。</p>
    </>
  );
}
