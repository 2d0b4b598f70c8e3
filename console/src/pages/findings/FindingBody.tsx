import { Alert } from 'antd';
import { Panel } from '../../ui/Panel.tsx';
import { ContestPanel } from './ContestPanel.tsx';
import { EvidenceList } from './EvidenceList.tsx';
import type { FindingView } from './finding-types.ts';
import { ReviewTrail } from './ReviewTrail.tsx';
import { HowToFixPanel, RulePanel } from './RulePanel.tsx';

/** Everything about one finding: the archived page at one side, clause, reviews and contests at the other. */
export function FindingBody({ finding }: { readonly finding: FindingView }) {
  return (
    <div className="finding-body">
      <div className="finding-evidence">
        {finding.reason && finding.status === 'undetermined' && (
          <Alert
            type="warning"
            showIcon
            title="系统无法判定，请人工查看"
            description={finding.reason}
          />
        )}
        <Panel title="证据">
          <EvidenceList key={finding.id} finding={finding} />
        </Panel>
      </div>
      <div className="finding-side">
        <RulePanel finding={finding} />
        <ReviewTrail finding={finding} />
        <ContestPanel key={`contest-${finding.id}`} finding={finding} />
        <HowToFixPanel finding={finding} />
      </div>
    </div>
  );
}
