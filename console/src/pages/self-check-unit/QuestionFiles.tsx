import type { ReactNode } from 'react';
import { AttachedFiles } from '../../forms/AttachedFiles.tsx';
import type { AskedQuestion, Question } from './QuestionView.tsx';

type File_ = Question['files'][number];

interface QuestionFilesProps {
  readonly asked: AskedQuestion;
  readonly files: readonly File_[];
  readonly aside?: (file: Pick<File_, 'id' | 'name'>) => ReactNode;
}

/** What goes with an answer. */
export function QuestionFiles({ asked: { id, unitId, key }, files, aside }: QuestionFilesProps) {
  const questions = `/api/v1/self-checks/${id}/units/${unitId}/questions`;
  return (
    <AttachedFiles
      files={files}
      address={(fileId) => `${questions}/${key}/files/${fileId}`}
      aside={aside}
    />
  );
}
