import { sendChange, sendFiles } from '../../api/client.ts';
import { AddFile, ATTACHMENT_WORDS } from '../../forms/AddFile.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { RemoveFile } from '../../forms/RemoveFile.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import {
  RegulationForm,
  useRegulationFields,
  whyIncomplete,
} from '../regulations/RegulationForm.tsx';
import {
  REGULATION_REFRESHES,
  type Regulation,
  type RegulationVersion,
} from '../regulations/regulation-words.tsx';

interface DraftProps {
  readonly regulation: Regulation;
  readonly draft: RegulationVersion | undefined;
}

/** The draft that waits for a second person, or the way to a new version. */
export function DraftSteps({ regulation, draft }: DraftProps) {
  const isShown = draft !== undefined && draft.versionId === regulation.shown.versionId;
  return (
    <Panel title={draft === undefined ? '修订' : '草稿'}>
      {draft !== undefined && <Decide regulation={regulation} draft={draft} />}
      {draft !== undefined && !isShown ? (
        <p className="quiet">要看、改草稿，请在“各个版本”里打开它。</p>
      ) : (
        <EditDraft regulation={regulation} draft={draft} />
      )}
      {draft !== undefined && <DraftFile id={regulation.id} draft={draft} />}
    </Panel>
  );
}

function EditDraft({ regulation: { id, shown }, draft }: DraftProps) {
  const { title, kind, documentNumber, addresseeId, effectiveOn, readBy, body } = shown;
  const isNew = draft === undefined;
  const [fields, setFields] = useRegulationFields({
    ...{ title, kind, documentNumber, addresseeId, effectiveOn, body },
    ...{ readBy: isNew ? null : readBy, changeNote: isNew ? '' : shown.changeNote },
  });
  const save = useChange({
    change: () =>
      sendChange('put', '/api/v1/duty/regulations/{id}/draft', {
        params: { path: { id } },
        body: { ...fields, revision: draft?.revision ?? null },
      }),
    doneWords: '草稿已保存',
    refreshes: REGULATION_REFRESHES,
    isErrorShownByCaller: true,
  });
  return (
    <details className="more case-more">
      <summary>{isNew ? '起草新版本…' : '修改草稿…'}</summary>
      <div className="stack duty-form">
        <RegulationForm fields={fields} onChange={setFields} />
        <FormProblem error={save.error} />
        <ReasonedButton
          type="primary"
          whyNot={whyIncomplete(fields)}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          保存草稿
        </ReasonedButton>
      </div>
    </details>
  );
}

function DraftFile({ id, draft }: { readonly id: number; readonly draft: RegulationVersion }) {
  const remove = () =>
    sendChange('delete', '/api/v1/duty/regulations/{id}/draft/file', { params: { path: { id } } });
  return (
    <div className="stack">
      {draft.fileName !== null && (
        <span className="tag-row">
          附件：{draft.fileName}
          <RemoveFile name={draft.fileName} remove={remove} refreshes={REGULATION_REFRESHES} />
        </span>
      )}
      <AddFile
        label={draft.fileName === null ? '附文件' : '换一个文件'}
        send={(file) =>
          sendFiles('/api/v1/duty/regulations/{id}/draft/file', [file], { path: { id } })
        }
        refreshes={REGULATION_REFRESHES}
      />
      <p className="quiet">{ATTACHMENT_WORDS}。</p>
    </div>
  );
}

function Decide({ regulation: { id, isOwnDraft }, draft }: Required<DraftProps>) {
  const decide = useChange({
    change: (outcome: 'published' | 'discarded') =>
      sendChange('post', '/api/v1/duty/regulations/{id}/draft/decision', {
        params: { path: { id } },
        body: { revision: draft?.revision ?? 1, outcome },
      }),
    doneWords: '已办',
    refreshes: REGULATION_REFRESHES,
    isErrorShownByCaller: true,
  });
  return (
    <div className="stack">
      <p>
        {draft?.draftedBy} 起草。{isOwnDraft && '要另一个人打开这里发布。'}
      </p>
      <FormProblem error={decide.error} />
      <span className="tag-row">
        <ConfirmButton
          type="primary"
          whyNot={isOwnDraft ? '要两个人办：起草的人不能自己发布。' : null}
          question="发布这一版？"
          consequence="发布以后不能改；发给的单位里每个人都会收到通知，要确认学习。"
          confirmWords="发布"
          onConfirm={() => decide.mutateAsync('published')}
        >
          发布
        </ConfirmButton>
        <ConfirmButton
          danger
          question="放弃草稿？"
          confirmWords="放弃"
          onConfirm={() => decide.mutateAsync('discarded')}
        >
          放弃草稿
        </ConfirmButton>
      </span>
    </div>
  );
}
