import { Button } from 'antd';
import { useId } from 'react';
import { sendFiles } from '../../api/client.ts';
import type { KeptPicture } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { SightPicture } from './SightPicture.tsx';

interface PictureFieldProps {
  readonly accountId: number;
  /** SHA-256 of what was uploaded. */
  readonly picture: string | null;
  readonly onChange: (picture: string | null) => void;
}

/** What the server takes; it looks at the bytes itself. */
const ACCEPTED = 'image/png,image/jpeg,image/webp';

/** A screenshot or a photograph, uploaded as soon as it is chosen: it is kept as evidence. */
export function PictureField({ accountId, picture, onChange }: PictureFieldProps) {
  const id = useId();
  const upload = useChange<File, KeptPicture>({
    change: (file) =>
      sendFiles('/api/v1/accounts/{id}/pictures', [file], { path: { id: accountId } }),
    onDone: ({ sha256 }) => onChange(sha256),
    isErrorShownByCaller: true,
  });
  return (
    <div className="picture-field">
      <label htmlFor={id}>
        <span>图片（PNG、JPEG、WebP，不超过 4 MB，作为证据保存）</span>{' '}
        <span className="picture-button">
          {upload.isPending ? '正在上传……' : picture === null ? '选择图片' : '换一张'}
        </span>
      </label>
      <input
        id={id}
        className="only-read"
        type="file"
        accept={ACCEPTED}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) upload.mutate(file);
          target.value = '';
        }}
      />
      <FormProblem error={upload.error} />
      {picture !== null && (
        <p>
          <SightPicture accountId={accountId} sha256={picture} words="已上传的图片" />{' '}
          <Button size="small" type="text" onClick={() => onChange(null)}>
            不用这张
          </Button>
        </p>
      )}
    </div>
  );
}
