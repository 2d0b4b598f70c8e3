import { useState } from 'react';
import { sendFiles } from '../../api/client.ts';
import type { AnswerOf } from '../../api/types.ts';
import { FileDrop } from '../../forms/FileDrop.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { MapSelect } from '../../forms/MapSelect.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';

type Made = AnswerOf<'/api/v1/register-diffs', 'post'>;

/** Uploads an export to be compared. */
export function CompareFile({ onCompared }: { readonly onCompared: (id: number) => void }) {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [map, setMap] = useState<string | null>(null);
  const compare = useChange<readonly File[], Made>({
    change: (chosen) =>
      sendFiles('/api/v1/register-diffs', chosen, map === null ? {} : { query: { map } }),
    refreshes: ['/api/v1/register-diffs'],
    onDone: ({ id }) => onCompared(id),
    isErrorShownByCaller: true,
  });
  return (
    <div className="panel">
      <FormProblem error={compare.error} />
      <FileDrop
        isOne
        title="选择报送系统的导出文件，或拖到这里"
        note="Excel（.xlsx）或 CSV，一个文件，不超过 32 MB"
        accepted=".xlsx,.csv,.json"
        files={files}
        onFiles={setFiles}
      />
      <MapSelect value={map} onChange={setMap} />
      <ReasonedButton
        type="primary"
        whyNot={files.length === 0 ? '请先选择文件。' : null}
        loading={compare.isPending}
        onClick={() => compare.mutate(files)}
      >
        {compare.isPending ? '正在上传和比对……' : '上传并比对'}
      </ReasonedButton>
    </div>
  );
}
