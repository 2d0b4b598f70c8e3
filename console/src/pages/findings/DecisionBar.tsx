import type { ReactNode } from 'react';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import type { FindingView } from './finding-types.ts';
import type { QueueCommand } from './review-queue.ts';

interface DecisionBarProps {
  readonly finding: FindingView | undefined;
  readonly canUndo: boolean;
  readonly onCommand: (command: QueueCommand) => void;
}

/** Why this decision cannot be made now, or null. */
export function whyNotDecide(
  finding: FindingView | undefined,
  command: 'confirm' | 'reject' | 'cannotJudge' | 'annotate',
): string | null {
  if (finding === undefined) return '正在读取这条问题';
  if (finding.mayReview !== null) return finding.mayReview;
  return command === 'confirm' && finding.status !== 'breached'
    ? '系统没有判为问题，不能确认；请驳回，或登记证据后另立一条。'
    : null;
}

/** The decisions, each with its key. The buttons stay where they are from finding to finding, so focus does too. */
export function DecisionBar({ finding, canUndo, onCommand }: DecisionBarProps) {
  const second = finding?.rule.class === 'veto' && finding.confirmations.length > 0;
  const button = (
    command: QueueCommand,
    key: string,
    words: ReactNode,
    whyNot: string | null,
    look: { type?: 'primary'; danger?: boolean } = {},
  ) => (
    <ReasonedButton
      {...look}
      whyNot={whyNot}
      aria-keyshortcuts={key}
      onClick={() => onCommand(command)}
    >
      {words} <kbd aria-hidden>{key}</kbd>
    </ReasonedButton>
  );
  return (
    <div className="decision-bar" role="toolbar" aria-label="审核">
      {button(
        'confirm',
        'C',
        second ? '第二人确认' : '确认成立',
        whyNotDecide(finding, 'confirm'),
        { type: 'primary', danger: true },
      )}
      {button('reject', 'R', '驳回', whyNotDecide(finding, 'reject'))}
      {button('cannotJudge', 'U', '不能判定', whyNotDecide(finding, 'cannotJudge'))}
      {button('annotate', 'N', '批注', finding ? null : '正在读取这条问题')}
      {button('undo', 'Z', '撤回', canUndo ? null : '您在这里还没有作过决定')}
    </div>
  );
}
