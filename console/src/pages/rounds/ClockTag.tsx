import { Tooltip } from 'antd';
import type { RoundItem } from '../../api/types.ts';
import { StateTag } from '../../ui/StateTag.tsx';

interface ClockTagProps {
  readonly round: Pick<RoundItem, 'clock' | 'reviewWaived' | 'undeterminedWaived'>;
}

/** What makes a round's bulletin a draft for good: gathered afterwards, or its review waived. Nothing for an ordinary round. */
export function ClockTag({ round }: ClockTagProps) {
  const marks = [
    ...(round.clock === 'replay' ? [['补采', '事后补采，通报只能是草案']] : []),
    ...(round.reviewWaived === null ? [] : [['免审核', round.reviewWaived]]),
    ...(round.undeterminedWaived === null ? [] : [['未判定的不计', round.undeterminedWaived]]),
  ] as [string, string][];
  if (marks.length === 0) return <span className="quiet">—</span>;
  return (
    <span className="tag-row">
      {marks.map(([words, why]) => (
        <Tooltip key={words} title={why}>
          <span>
            <StateTag tone="warn">{words}</StateTag>
          </span>
        </Tooltip>
      ))}
    </span>
  );
}
