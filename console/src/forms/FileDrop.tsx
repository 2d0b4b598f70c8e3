import { FileTextOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type DragEvent, useId, useState } from 'react';
import { bytesText } from '../util/bytes.ts';
import './file-drop.css';

interface FileDropProps {
  readonly title: string;
  readonly note: string;
  /** Endings, as the field takes them; the server looks at the bytes itself. */
  readonly accepted: string;
  readonly isOne?: boolean;
  readonly files: readonly File[];
  readonly onFiles: (files: readonly File[]) => void;
}

/** Chooses files, by keyboard, by mouse or by dropping them, and lists what is chosen. */
export function FileDrop(props: FileDropProps) {
  const { title, note, accepted, isOne = false, files, onFiles } = props;
  const id = useId();
  const [isOver, setOver] = useState(false);
  const add = (list: FileList | null): void => {
    const more = isOne ? [...(list ?? [])].slice(0, 1) : [...(list ?? [])];
    const names = new Set(more.map(({ name }) => name));
    onFiles(isOne ? more : [...files.filter(({ name }) => !names.has(name)), ...more]);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    add(event.dataTransfer.files);
  };
  return (
    <>
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
          <strong>{title}</strong>
          <span className="quiet">{note}</span>
          <span className="drop-box-button">选择文件</span>
        </label>
        <input
          id={id}
          className="only-read"
          type="file"
          multiple={!isOne}
          accept={accepted}
          onChange={(event) => {
            add(event.target.files);
            event.target.value = '';
          }}
        />
      </div>
      <FileList files={files} onRemove={(file) => onFiles(files.filter((each) => each !== file))} />
    </>
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
