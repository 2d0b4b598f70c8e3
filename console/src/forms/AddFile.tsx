import { useId } from 'react';
import type { PathOf } from '../api/types.ts';
import { useChange } from '../hooks/use-change.ts';
import { FormProblem } from './FormProblem.tsx';

/** What attachments may be, as the server has it (src/documents/attachment.ts). */
const ACCEPTED = '.pdf,.png,.jpg,.jpeg,.docx,.xlsx';
export const ATTACHMENT_WORDS = 'PDF、PNG、JPEG、.docx、.xlsx，每个不超过 8 MB';

interface AddFileProps {
  readonly label: string;
  readonly send: (file: File) => Promise<unknown>;
  readonly refreshes: readonly PathOf<'get'>[];
}

/** Attaches one file as soon as it is chosen. */
export function AddFile({ label, send, refreshes }: AddFileProps) {
  const id = useId();
  const add = useChange({
    ...{ change: send, doneWords: '已附上', refreshes, isErrorShownByCaller: true },
  });
  return (
    <>
      <label htmlFor={id}>{add.isPending ? '正在上传……' : `${label}：`}</label>
      <input
        id={id}
        type="file"
        accept={ACCEPTED}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) add.mutate(file);
          event.target.value = '';
        }}
      />
      <FormProblem error={add.error} />
    </>
  );
}
