import { useState } from 'react';
import { sendFiles } from '../../api/client.ts';
import type { ImportPreview } from '../../api/types.ts';
import { FileDrop } from '../../forms/FileDrop.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { MapSelect } from '../../forms/MapSelect.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';

interface ChooseFilesProps {
  readonly onUploaded: (preview: ImportPreview) => void;
}

/** The files of an import, and the map by which an office's own table is read. */
export function ChooseFiles({ onUploaded }: ChooseFilesProps) {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [map, setMap] = useState<string | null>(null);
  const upload = useChange<readonly File[], ImportPreview>({
    change: (chosen) =>
      sendFiles('/api/v1/registry/imports', chosen, map === null ? {} : { query: { map } }),
    refreshes: ['/api/v1/registry/imports'],
    onDone: onUploaded,
    isErrorShownByCaller: true,
  });
  return (
    <div className="panel">
      <FormProblem error={upload.error} />
      <FileDrop
        title="选择名录文件，或拖到这里"
        note="Excel（.xlsx）、CSV（UTF-8 或 GB18030）、JSON；可同时选多个"
        accepted=".xlsx,.csv,.json"
        files={files}
        onFiles={setFiles}
      />
      <MapSelect value={map} onChange={setMap} />
      <ReasonedButton
        type="primary"
        whyNot={files.length === 0 ? '请先选择文件。' : null}
        loading={upload.isPending}
        onClick={() => upload.mutate(files)}
      >
        {upload.isPending ? '正在上传和核对……' : '上传并核对'}
      </ReasonedButton>
    </div>
  );
}
