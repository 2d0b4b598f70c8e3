import { useId } from 'react';
import { sendChange, sendFiles } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { bytesText } from '../../util/bytes.ts';
import type { CaseDetail } from '../account-cases/case-words.tsx';

const ACCEPTED = '.pdf,.png,.jpg,.jpeg,.docx,.xlsx';
/** As the server has them. */
const FILES_MAX = 10;
const MEGABYTES = 8;
const REFRESHES = ['/api/v1/account-cases/{id}'] as const;

interface CaseFilesProps {
  readonly given: CaseDetail;
  readonly mayAmend: boolean;
}

/** What was attached; while the case may be amended, files are added and taken off. */
export function CaseFiles({ given, mayAmend }: CaseFilesProps) {
  const { files, kind } = given;
  return (
    <Panel title="附件">
      {files.length === 0 && <p className="quiet">没有附件。</p>}
      <ul className="case-files">
        {files.map((file) => (
          <li key={file.id}>
            <a href={`/api/v1/account-cases/${given.id}/files/${file.id}`} download>
              {file.name}
            </a>
            <span className="quiet">
              {file.purpose === 'proof' && '注销证明，'}
              {bytesText(file.bytes)}，{file.addedBy}
            </span>
            {mayAmend && <DetachButton caseId={given.id} file={file} />}
          </li>
        ))}
      </ul>
      {mayAmend && files.length < FILES_MAX && (
        <div className="stack">
          <AddFile caseId={given.id} purpose="material" label="附材料" />
          {kind === 'deregister' && (
            <AddFile caseId={given.id} purpose="proof" label="附注销证明" />
          )}
          <p className="quiet">
            PDF、PNG、JPEG、.docx、.xlsx，每个不超过 {MEGABYTES} MB，最多 {FILES_MAX} 个。
          </p>
        </div>
      )}
    </Panel>
  );
}

interface AddFileProps {
  readonly caseId: number;
  readonly purpose: 'material' | 'proof';
  readonly label: string;
}

function AddFile({ caseId, purpose, label }: AddFileProps) {
  const id = useId();
  const add = useChange({
    change: (file: File) =>
      sendFiles('/api/v1/account-cases/{id}/files', [file], {
        path: { id: caseId },
        query: { purpose },
      }),
    doneWords: '已附上',
    refreshes: REFRESHES,
    isErrorShownByCaller: true,
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

interface DetachButtonProps {
  readonly caseId: number;
  readonly file: CaseDetail['files'][number];
}

function DetachButton({ caseId, file }: DetachButtonProps) {
  const detach = useChange({
    change: () =>
      sendChange('delete', '/api/v1/account-cases/{id}/files/{fileId}', {
        params: { path: { id: caseId, fileId: file.id } },
      }),
    doneWords: '已去掉',
    refreshes: REFRESHES,
  });
  return (
    <ConfirmButton
      size="small"
      danger
      loading={detach.isPending}
      question={`去掉“${file.name}”？`}
      consequence="附件会被删除；需要时再附一次。"
      confirmWords="去掉"
      onConfirm={() => detach.mutateAsync()}
    >
      去掉
    </ConfirmButton>
  );
}
