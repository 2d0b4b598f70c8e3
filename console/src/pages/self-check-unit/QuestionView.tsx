import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AnswerOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { CATEGORY_WORDS, PROVINCE_WORDS, QuestionStand } from '../self-checks/self-check-words.tsx';
import { AnswerQuestion } from './AnswerQuestion.tsx';
import { DecideQuestion } from './DecideQuestion.tsx';
import { QuestionFiles } from './QuestionFiles.tsx';
import type { AskedUnit } from './SelfCheckUnitPage.tsx';

export type Question = AnswerOf<'/api/v1/self-checks/{id}/units/{unitId}/questions/{key}'>;

/** A question by the path of its endpoints. */
export interface AskedQuestion extends AskedUnit {
  readonly key: string;
}

/** What one line of the comparison asks, with all that was said to it. */
export function QuestionView({ asked }: { readonly asked: AskedQuestion }) {
  const question = useGet('/api/v1/self-checks/{id}/units/{unitId}/questions/{key}', {
    path: { ...asked },
  });
  return (
    <Answer of={question} rows={6}>
      {(data) => <OneQuestion key={`${asked.key} ${data.version}`} asked={asked} question={data} />}
    </Answer>
  );
}

interface OneQuestionProps {
  readonly asked: AskedQuestion;
  readonly question: Question;
}

function OneQuestion({ asked, question }: OneQuestionProps) {
  const { line, dueOn, may } = question;
  return (
    <>
      <p className="self-check-steps">
        <ToQuestion asked={asked} to={undefined}>
          回到比对
        </ToQuestion>
        {question.next !== null && (
          <ToQuestion asked={asked} to={question.next}>
            下一个待办的问题
          </ToQuestion>
        )}
      </p>
      <Panel title={line.name} aside={line.stand !== null && <QuestionStand of={line.stand} />}>
        <p>
          <strong>{question.question}</strong>
        </p>
        <Properties
          of={[
            ['比对', CATEGORY_WORDS[line.category]],
            ['问题', line.rules.join('；') || '—'],
            ['市里写', line.cityWords.join('；') || '—'],
            ['市里检查', line.checkedOn ?? '没有'],
            ['省里', PROVINCE_WORDS[line.province]],
            ['主办单位', line.sponsorName],
            ...(dueOn === null
              ? []
              : [['答复期限', <DateText key="due" at={dueOn} as="date" />] as const]),
          ]}
        />
        <ul className="running-words">
          {line.findingIds.map((id, at) => (
            <li key={id}>
              <Link to="/findings/$id" params={{ id: String(id) }}>
                省里发现的问题和证据{line.findingIds.length > 1 && `（${at + 1}）`}
              </Link>
            </li>
          ))}
        </ul>
      </Panel>
      {question.steps.length > 0 && <History asked={asked} question={question} />}
      {may.decide && <DecideQuestion asked={asked} question={question} />}
      {may.answer && <AnswerQuestion asked={asked} question={question} />}
    </>
  );
}

interface ToQuestionProps {
  readonly asked: AskedUnit;
  /** Undefined: back to the comparison, as it was filtered. */
  readonly to: string | undefined;
  readonly children: ReactNode;
}

export function ToQuestion({ asked, to, children }: ToQuestionProps) {
  return (
    <Link
      to="/self-checks/$id/units/$unitId"
      params={{ id: String(asked.id), unitId: String(asked.unitId) }}
      search={((former: object) => ({ ...former, question: to })) as never}
    >
      {children}
    </Link>
  );
}

const STEP_WORDS = { answer: '答复', accept: '认可', return: '追问' } as const;

function History({ asked, question: { steps, files } }: OneQuestionProps) {
  return (
    <Panel title="答复和追问">
      <ol className="case-trail">
        {steps.map(({ id, step, reason, note, byName, at }) => (
          <li key={id}>
            <strong>{byName}</strong> {STEP_WORDS[step]} <DateText at={at} />
            {reason !== '' && <p>{reason}</p>}
            {note !== '' && <p className="keep-lines">{note}</p>}
            <QuestionFiles asked={asked} files={files.filter(({ answerId }) => answerId === id)} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}
