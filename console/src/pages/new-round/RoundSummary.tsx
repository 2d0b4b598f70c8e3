import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { coverageWords, type DraftProblems, periodWords, type RoundDraft } from './round-draft.ts';
import { wholeSitesWords } from './whole-sites.ts';

interface RoundSummaryProps {
  readonly draft: RoundDraft;
  readonly problems: DraftProblems;
  readonly whyNot: string | null;
  readonly isSending: boolean;
  readonly onSend: () => void;
}

const TO_SAY = '（待填）';

/** What will be created, in the words of a bulletin, and what is still wrong with it. */
export function RoundSummary({ draft, problems, whyNot, isSending, onSend }: RoundSummaryProps) {
  const coverage = (kind: 'sites' | 'accounts') => {
    const { mode, percent, seed } = draft[kind];
    return coverageWords(
      { mode, ...(percent !== null && { percent }), ...(seed !== null && { seed }) },
      kind,
    );
  };
  const open = Object.values(problems);
  return (
    <Panel title="将要建立" className="round-summary">
      <Properties
        of={[
          ['批次', draft.label.trim() || periodWords(draft.period) || TO_SAY],
          ['采样时间', draft.to === '' ? TO_SAY : `${draft.from} 至 ${draft.to}`],
          ['监测时间点', draft.monitoredOn || TO_SAY],
          ['规则集', draft.ruleset || TO_SAY],
          ['网站', coverage('sites')],
          ['新媒体', coverage('accounts')],
          ['全站普查', wholeSitesWords(draft.wholeSites)],
          ['采集方式', draft.clock === 'live' ? '实时' : '补采（通报只能是草案）'],
        ]}
      />
      {open.length > 0 && (
        <ul className="round-problems" aria-label="还要补正">
          {open.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      <ReasonedButton type="primary" whyNot={whyNot} loading={isSending} onClick={onSend}>
        创建批次
      </ReasonedButton>
      <p className="quiet">创建时定下检查对象和规则集版本，不会立刻采集；之后在批次页开始。</p>
    </Panel>
  );
}
