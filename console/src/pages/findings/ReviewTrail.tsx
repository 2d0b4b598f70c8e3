import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { DECISION_WORDS } from './decision-words.ts';
import type { FindingView } from './finding-types.ts';

/** Who decided what and when; a veto needs two different persons. */
export function ReviewTrail({ finding }: { readonly finding: FindingView }) {
  return (
    <Panel title="审核经过" aside={<Confirmations finding={finding} />}>
      {finding.reviews.length === 0 ? (
        <p className="quiet">还没有人审核。</p>
      ) : (
        <ol className="trail">
          {finding.reviews.map(({ decision, reviewer, note, at }) => (
            <li key={`${at}:${reviewer}:${decision}`}>
              <strong>{reviewer}</strong> {DECISION_WORDS[decision]} <DateText at={at} />
              {note && <p className="keep-lines">{note}</p>}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Confirmations({ finding }: { readonly finding: FindingView }) {
  const { confirmations, rule, status } = finding;
  if (status !== 'breached') return null;
  const needed = rule.class === 'veto' ? 2 : 1;
  return (
    <span className="quiet">
      已确认 {Math.min(confirmations.length, needed)} / {needed} 人
      {confirmations.length > 0 && `：${confirmations.map(({ by }) => by).join('、')}`}
    </span>
  );
}
