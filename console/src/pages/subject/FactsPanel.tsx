import type { SiteRound } from '../../api/types.ts';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';
import { factKeyWords, factStateWords, gathererWords } from '../../util/fact-words.ts';

type Fact = SiteRound['facts'][number];

const TONES: Readonly<Record<Fact['state'], Tone>> = {
  observed: 'good',
  absent: 'plain',
  unobserved: 'warn',
};

/** What the judgements rest on: seen, not there, or not to be seen; the exact values fold out. */
export function FactsPanel({ facts }: { readonly facts: readonly Fact[] }) {
  if (facts.length === 0) return null;
  return (
    <Panel title="事实" aside={<span className="quiet">判定的依据；“没能看”不说明对方有问题</span>}>
      <ul className="fact-list">
        {facts.map((fact) => (
          <li key={fact.key}>
            <div className="finding-line">
              <strong>{factKeyWords(fact.key)}</strong>
              <StateTag tone={TONES[fact.state]}>{factStateWords(fact.state)}</StateTag>
              <span className="quiet">
                <DateText at={fact.gatheredAt} /> · {gathererWords(fact.gatherer)}
              </span>
            </div>
            {fact.reason && <p className="quiet">{fact.reason}</p>}
            {fact.state === 'observed' && (
              <details className="more">
                <summary>
                  原始值<span className="only-read">：{factKeyWords(fact.key)}</span>
                </summary>
                <ScrollBox name={`${factKeyWords(fact.key)}的原始值`}>
                  <pre>{JSON.stringify(fact.value, null, 2)}</pre>
                </ScrollBox>
              </details>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
