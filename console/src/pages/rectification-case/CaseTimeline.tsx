import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { OUTCOME_WORDS, type RectificationDetail } from '../rectification/rectification-words.tsx';
import { CaseFiles } from './AnswerFiles.tsx';

type Step = RectificationDetail['steps'][number];

/** Everything that happened, oldest first: steps with their files, then the reminders of the clock. */
export function CaseTimeline({ given }: { readonly given: RectificationDetail }) {
  return (
    <Panel title="经过">
      <ol className="case-trail">
        {given.steps.map((step) => (
          <li key={step.id}>
            <strong>{step.by}</strong> {step.words} <DateText at={step.at} />
            {detailWords(step) && <p className="quiet">{detailWords(step)}</p>}
            {step.note && <p className="keep-lines break-all">{step.note}</p>}
            <CaseFiles
              caseId={given.id}
              files={given.files.filter(({ stepId }) => stepId === step.id)}
            />
          </li>
        ))}
      </ol>
      {given.chasers.length > 0 && (
        <>
          <h3>催办</h3>
          <ul className="case-trail">
            {given.chasers.map((chaser) => (
              <li key={`${chaser.deadlineOn} ${chaser.what}`}>
                <DateText at={chaser.sentOn} as="date" /> {chaserWords(chaser)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

function chaserWords({ what, deadlineOn }: RectificationDetail['chasers'][number]): string {
  const [when, days] = what.split(':');
  if (what === 'ack') return '提醒签收';
  return when === 'before'
    ? `期限 ${deadlineOn} 前 ${days} 个工作日提醒`
    : `期限 ${deadlineOn} 已过 ${days} 个工作日，催办`;
}

/** What a step says beside its words: the dates that it set, what the look saw. */
function detailWords({ detail }: Step): string {
  const text = (name: string): string => {
    const value = detail[name];
    return typeof value === 'string' ? value : '';
  };
  const outcome = text('outcome');
  return [
    ...(text('wishedOn') ? [`希望延到 ${text('wishedOn')}`] : []),
    ...(text('deadline') ? [`期限 ${text('deadline')}`] : []),
    ...(detail.provisional === true ? ['暂定'] : []),
    ...(outcome in OUTCOME_WORDS ? [OUTCOME_WORDS[outcome as keyof typeof OUTCOME_WORDS]] : []),
    ...(typeof detail.mended === 'boolean' ? [detail.mended ? '已改正' : '没有改正'] : []),
  ].join('，');
}
