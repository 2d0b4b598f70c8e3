import type { ReactNode } from 'react';
import { bytesText } from '../util/bytes.ts';

interface AttachedFile {
  readonly id: number;
  readonly name: string;
  readonly bytes: number;
  readonly addedBy: string;
}

interface AttachedFilesProps {
  readonly files: readonly AttachedFile[];
  readonly address: (fileId: number) => string;
  readonly aside?: ((file: AttachedFile) => ReactNode) | undefined;
}

/** Files that somebody attached, each to be downloaded. */
export function AttachedFiles({ files, address, aside }: AttachedFilesProps) {
  if (files.length === 0) return null;
  return (
    <ul className="case-files">
      {files.map((file) => (
        <li key={file.id}>
          <a href={address(file.id)} download>
            {file.name}
          </a>
          <span className="quiet">
            {bytesText(file.bytes)}，{file.addedBy}
          </span>
          {aside?.(file)}
        </li>
      ))}
    </ul>
  );
}
