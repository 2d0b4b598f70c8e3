import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { OutcomeTag, type RectificationDetail } from '../rectification/rectification-words.tsx';

const PURPOSE_WORDS = { submitted: '上报后的复核', self: '单位自测' } as const;

/** Looks again, by the finding's own rule, parameters and version; the newest first. */
export function ChecksPanel({ given }: { readonly given: RectificationDetail }) {
  if (given.checks.length === 0) return null;
  return (
    <Panel title="复核与自测">
      <ol className="case-trail">
        {given.checks.toReversed().map((check) => (
          <li key={check.id}>
            <strong>{PURPOSE_WORDS[check.purpose]}</strong>{' '}
            {check.doneAt === null ? (
              <StateTag tone="busy">正在看，通常一两分钟</StateTag>
            ) : (
              <OutcomeTag outcome={check.outcome} />
            )}{' '}
            <span className="quiet">
              {check.askedBy} <DateText at={check.doneAt ?? check.askedAt} />
            </span>
            {check.words && <p className="keep-lines break-all">{check.words}</p>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
