import { Panel } from '../../ui/Panel.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { RULE_CLASS_WORDS } from '../../util/words.ts';
import { parameterName } from '../rulesets/parameter-words.ts';
import type { FindingView } from './finding-types.ts';

/** The clause that the finding rests on, with the numbers it was judged by. */
export function RulePanel({ finding }: { readonly finding: FindingView }) {
  const { rule, clause } = finding;
  const parameters = finding.parameters.filter(({ sharedWith }) => sharedWith === null);
  const shared = finding.parameters.filter(({ sharedWith }) => sharedWith !== null);
  return (
    <Panel
      title="依据"
      aside={
        <span className="tag-row">
          <StateTag tone={rule.class === 'veto' ? 'bad' : 'plain'}>
            {RULE_CLASS_WORDS[rule.class]}
          </StateTag>
          {rule.unverified && <StateTag tone="warn">待核条文</StateTag>}
        </span>
      }
    >
      <p>{clause}</p>
      {parameters.length > 0 && (
        <dl className="rule-numbers">
          {parameters.map(({ name, value, unit, why }) => (
            <div key={name}>
              <dt title={name}>{parameterName(name)}</dt>
              <dd>
                {String(value)}
                {unit} {why && <span className="quiet">{why}</span>}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {shared.length > 0 && (
        <p className="quiet">
          另用“{shared[0]?.sharedWith}”的参数：
          {shared
            .map(({ name, value, unit }) => `${parameterName(name)} ${value}${unit}`)
            .join('，')}
        </p>
      )}
    </Panel>
  );
}

/** What the unit has to do about it. */
export function HowToFixPanel({ finding }: { readonly finding: FindingView }) {
  return (
    <Panel title="怎样整改">
      <p className="keep-lines">{finding.howToFix || '规则没有附整改说明。'}</p>
    </Panel>
  );
}
