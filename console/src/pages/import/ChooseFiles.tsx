import { FileTextOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type DragEvent, useId, useState } from 'react';
import { sendFiles } from '../../api/client.ts';
import type { ImportPreview } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { bytesText } from '../../util/bytes.ts';

/** What the server takes; it looks at the bytes itself. */
const ACCEPTED = '.xlsx,.csv,.json';

interface ChooseFilesProps {
  readonly onUploaded: (preview: ImportPreview) => void;
}

export function ChooseFiles({ onUploaded }: ChooseFilesProps) {
  const id = useId();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [isOver, setOver] = useState(false);
  const upload = useChange<readonly File[], ImportPreview>({
    change: (chosen) => sendFiles('/api/v1/registry/imports', chosen),
    onDone: onUploaded,
    isErrorShownByCaller: true,
  });
  const add = (more: FileList | null): void => {
    const names = new Set([...(more ?? [])].map(({ name }) => name));
    setFiles([...files.filter(({ name }) => !names.has(name)), ...(more ?? [])]);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    add(event.dataTransfer.files);
  };
  return (
    <div className="panel">
      <FormProblem error={upload.error} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the field inside works by keyboard. */}
      <div
        className={`drop-box ${isOver ? 'drop-box-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <label htmlFor={id}>
          <strong>选择名录文件，或拖到这里</strong>
          <span className="quiet">Excel（.xlsx）、CSV（UTF-8 或 GB18030）、JSON；可同时选多个</span>
          <span className="drop-box-button">选择文件</span>
        </label>
        <input
          id={id}
          className="only-read"
          type="file"
          multiple
          accept={ACCEPTED}
          onChange={(event) => {
            add(event.target.files);
            event.target.value = '';
          }}
        />
      </div>
      <FileList
        files={files}
        onRemove={(file) => setFiles(files.filter((each) => each !== file))}
      />
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

interface FileListProps {
  readonly files: readonly File[];
  readonly onRemove: (file: File) => void;
}

function FileList({ files, onRemove }: FileListProps) {
  if (files.length === 0) return null;
  return (
    <ul className="file-list" aria-label="已选择的文件">
      {files.map((file) => (
        <li key={file.name}>
          <FileTextOutlined aria-hidden /> {file.name}
          <span className="quiet">{bytesText(file.size)}</span>
          <Button
            size="small"
            type="text"
            aria-label={`移除 ${file.name}`}
            onClick={() => onRemove(file)}
          >
            移除
          </Button>
        </li>
      ))}
    </ul>
  );
}
