import { useState } from 'react';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { EvidenceView } from './EvidenceView.tsx';
import type { FindingView } from './finding-types.ts';

/** All evidence of one finding; the first with a page is open. */
export function EvidenceList({ finding }: { readonly finding: FindingView }) {
  const { evidence } = finding;
  const first = Math.max(
    evidence.findIndex(({ snapshot }) => snapshot !== null),
    0,
  );
  const [chosen, setChosen] = useState(first);
  const open = evidence[chosen] ?? evidence[0];
  if (open === undefined)
    return (
      <EmptyState title="没有证据原件">
        {finding.status === 'undetermined'
          ? `系统没能看到：${finding.reason ?? '原因未记录'}`
          : '这条判断没有保存原件。'}
      </EmptyState>
    );
  return (
    <>
      {evidence.length > 1 && (
        <ul className="evidence-tabs" aria-label="证据">
          {evidence.map((each, at) => (
            <li key={`${each.factId}:${each.locator}`}>
              <button type="button" aria-pressed={at === chosen} onClick={() => setChosen(at)}>
                <strong>证据 {at + 1}</strong>
                <span className="break-all">{each.url ?? each.locator}</span>
                <DateText at={each.capturedAt} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <EvidenceView key={`${open.factId}:${open.locator}`} evidence={open} />
    </>
  );
}
