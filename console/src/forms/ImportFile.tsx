import { useState } from 'react';
import type { PathOf } from '../api/types.ts';
import { useChange } from '../hooks/use-change.ts';
import { ReasonedButton } from '../ui/ReasonedButton.tsx';
import { FileDrop } from './FileDrop.tsx';
import { FormProblem } from './FormProblem.tsx';

interface ImportFileProps<Taken> {
  readonly summary: string;
  readonly title: string;
  readonly note: string;
  readonly send: (files: readonly File[]) => Promise<Taken>;
  readonly doneWords: (taken: Taken) => string;
  readonly refreshes: readonly PathOf<'get'>[];
}

/** One table (.xlsx, .csv) that is taken in at once; folded away until somebody wants it. */
export function ImportFile<Taken>({
  summary,
  title,
  note,
  send,
  doneWords,
  refreshes,
}: ImportFileProps<Taken>) {
  const [files, setFiles] = useState<readonly File[]>([]);
  const take = useChange({
    ...{ change: () => send(files), doneWords, refreshes, isErrorShownByCaller: true },
    onDone: () => setFiles([]),
  });
  return (
    <details className="more case-more">
      <summary>{summary}</summary>
      <FileDrop {...{ title, note, files, onFiles: setFiles }} accepted=".xlsx,.csv" isOne />
      <FormProblem error={take.error} />
      <ReasonedButton
        type="primary"
        whyNot={files.length === 0 ? '请先选择文件。' : null}
        loading={take.isPending}
        onClick={() => take.mutate()}
      >
        导入
      </ReasonedButton>
    </details>
  );
}
