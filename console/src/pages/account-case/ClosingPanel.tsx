import { DownloadOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { OutsideLink } from '../../ui/OutsideLink.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { todayOn } from '../../util/dates.ts';
import type { CaseDetail } from '../account-cases/case-words.tsx';
import { STEP_REFRESHES, whyNotStep } from './case-steps.ts';

type Notice = NonNullable<CaseDetail['notice']>;

interface ClosingPanelProps {
  readonly given: CaseDetail;
  readonly notice: Notice;
}

/** A closing's public notice: its text, where it was published, and the end of the case. */
export function ClosingPanel({ given, notice }: ClosingPanelProps) {
  const { announcement } = given;
  return (
    <Panel
      title="关停公告"
      aside={
        <a href={`/api/v1/account-cases/${given.id}/notice.docx`} download>
          <DownloadOutlined aria-hidden /> 下载公告（.docx）
        </a>
      }
    >
      <article className="case-notice">
        <h3>{notice.title}</h3>
        {notice.text.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <p className="case-notice-signed">
          {notice.unit}
          <br />
          {notice.date}
        </p>
      </article>
      {announcement && (
        <p>
          已于 {announcement.publishedOn} 公告：
          <OutsideLink url={announcement.url} />
        </p>
      )}
      {whyNotStep(given, 'announce') === null && <Announce given={given} />}
      {whyNotStep(given, 'complete') === null && announcement && <CompleteClosing given={given} />}
    </Panel>
  );
}

function Announce({ given }: { readonly given: CaseDetail }) {
  const [urlId, dayId] = [useId(), useId()];
  const [url, setUrl] = useState(given.announcement?.url ?? '');
  const [publishedOn, setDay] = useState(given.announcement?.publishedOn ?? todayOn(new Date()));
  const announce = useChange({
    change: () =>
      sendChange('put', '/api/v1/account-cases/{id}/announcement', {
        params: { path: { id: given.id } },
        body: { url: url.trim(), publishedOn },
      }),
    doneWords: '公告已登记',
    refreshes: STEP_REFRESHES,
    isErrorShownByCaller: true,
  });
  const whyNot = url.trim() === '' || publishedOn === '' ? '请填公告的网址和日期。' : null;
  return (
    <div className="stack">
      <label htmlFor={urlId}>公告发布以后，填它的网址：</label>
      <Input
        id={urlId}
        value={url}
        maxLength={1000}
        placeholder="http://"
        onChange={(event) => setUrl(event.target.value)}
      />
      <label htmlFor={dayId}>公告日期：</label>
      <input
        id={dayId}
        type="date"
        min="2000-01-01"
        max="2099-12-31"
        value={publishedOn}
        onChange={(event) => setDay(event.target.value)}
      />
      <FormProblem error={announce.error} />
      <ReasonedButton
        whyNot={whyNot}
        loading={announce.isPending}
        onClick={() => announce.mutate()}
      >
        登记公告
      </ReasonedButton>
    </div>
  );
}

function CompleteClosing({ given }: { readonly given: CaseDetail }) {
  const id = useId();
  const [note, setNote] = useState('');
  const isEarly = given.closableOn !== null && todayOn(new Date()) < given.closableOn;
  const complete = useChange({
    change: () =>
      sendChange('post', '/api/v1/account-cases/{id}/completion', {
        params: { path: { id: given.id } },
        body: { accountId: '', note: note.trim() },
      }),
    doneWords: '已办结，账号已关停',
    refreshes: STEP_REFRESHES,
    isErrorShownByCaller: true,
  });
  const whyNot = isEarly && note.trim() === '' ? '公告不满期限，请先写明提前的理由。' : null;
  return (
    <div className="stack">
      {isEarly && (
        <>
          <label htmlFor={id}>公告要到 {given.closableOn} 才满期限；提前关停的理由：</label>
          <Input
            id={id}
            maxLength={1000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </>
      )}
      <FormProblem error={complete.error} />
      <ConfirmButton
        type="primary"
        danger
        whyNot={whyNot}
        question={`“${given.name}”已经停止更新，办结关停？`}
        consequence="名录里的状态改为已关停；在平台上注销以后，再办注销。"
        confirmWords="办结"
        onConfirm={() => complete.mutateAsync()}
      >
        办结关停
      </ConfirmButton>
    </div>
  );
}
