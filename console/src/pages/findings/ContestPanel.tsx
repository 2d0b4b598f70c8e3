import { Input } from 'antd';
import { useState } from 'react';
import { sendChange, sendFiles } from '../../api/client.ts';
import { AddFile, ATTACHMENT_WORDS } from '../../forms/AddFile.tsx';
import { AttachedFiles } from '../../forms/AttachedFiles.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useCan } from '../../hooks/use-session.ts';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { AnswerContest } from './AnswerContest.tsx';
import { CONTEST_WORDS } from './decision-words.ts';
import type { Contest, FindingView } from './finding-types.ts';

const CONTEST_TONES = { open: 'waiting', upheld: 'good', dismissed: 'plain' } as const;
/** The server refuses shorter and longer ones. */
const CHARACTERS = { min: 10, max: 2000 } as const;

/** What the unit says against the finding before publication, and what the supervisor answers. */
export function ContestPanel({ finding }: { readonly finding: FindingView }) {
  const can = useCan();
  // Who reviews answers contests; he does not write them against himself.
  const isWriter =
    can('finding.contest') && !can('finding.review') && finding.status === 'breached';
  if (finding.contests.length === 0 && !isWriter) return null;
  return (
    <Panel title="单位申辩">
      {finding.contests.length === 0 && <p className="quiet">单位没有提出申辩。</p>}
      {finding.contests.map((contest) => (
        <OneContest key={contest.id} contest={contest} mayAnswer={can('finding.review')} />
      ))}
      {isWriter && <WriteContest finding={finding} />}
    </Panel>
  );
}

function OneContest({ contest, mayAnswer }: { contest: Contest; mayAnswer: boolean }) {
  return (
    <article className="contest">
      <header>
        <strong>{contest.unit}</strong> {contest.by} <DateText at={contest.at} />
        <StateTag tone={CONTEST_TONES[contest.state]}>{CONTEST_WORDS[contest.state]}</StateTag>
        {contest.isLate && <StateTag tone="warn">逾期提出</StateTag>}
      </header>
      <p className="keep-lines">{contest.text}</p>
      <AttachedFiles
        files={contest.files}
        address={(fileId) => `/api/v1/contests/${contest.id}/files/${fileId}`}
      />
      {contest.mayAttach === null && (
        <div className="stack">
          <AddFile
            label="附佐证材料（截图、文件）"
            send={(file) =>
              sendFiles('/api/v1/contests/{id}/files', [file], { path: { id: contest.id } })
            }
            refreshes={['/api/v1/findings/{id}']}
          />
          <p className="quiet">{ATTACHMENT_WORDS}；答复以前都可以附，附上的不能去掉。</p>
        </div>
      )}
      {contest.answer !== null && (
        <div className="contest-answer">
          <strong>答复：</strong>
          <span className="keep-lines">{contest.answer}</span>
          <p className="quiet">
            {contest.answeredBy} <DateText at={contest.answeredAt} />
          </p>
        </div>
      )}
      {contest.state === 'open' && contest.answerDueOn !== null && (
        <p className="quiet">
          {mayAnswer ? '请' : '主管单位应当'}在 {contest.answerDueOn} 以前答复。
        </p>
      )}
      {contest.state === 'open' && mayAnswer && <AnswerContest contest={contest} />}
    </article>
  );
}

function WriteContest({ finding }: { readonly finding: FindingView }) {
  const [text, setText] = useState('');
  const contest = useChange({
    change: () =>
      sendChange('post', '/api/v1/findings/{id}/contests', {
        params: { path: { id: finding.id } },
        body: { text: text.trim() },
      }),
    doneWords: '申辩已提交，等待主管单位答复',
    refreshes: ['/api/v1/findings/{id}', '/api/v1/findings'],
    onDone: () => setText(''),
  });
  const length = [...text.trim()].length;
  const whyNot =
    finding.mayContest ??
    (length < CHARACTERS.min ? `请写明事实和理由，至少 ${CHARACTERS.min} 个字` : null);
  if (finding.mayContest !== null) return <p className="quiet">{finding.mayContest}</p>;
  return (
    <div className="stack">
      <label htmlFor="contest-text">
        对这条问题有不同意见，请在通报公布前写明事实和理由（提交以后可以附材料）：
      </label>
      <Input.TextArea
        id="contest-text"
        value={text}
        onChange={(event) => setText(event.target.value)}
        rows={3}
        maxLength={CHARACTERS.max}
        showCount
      />
      <ReasonedButton
        type="primary"
        whyNot={whyNot}
        loading={contest.isPending}
        onClick={() => contest.mutate()}
      >
        提交申辩
      </ReasonedButton>
    </div>
  );
}
