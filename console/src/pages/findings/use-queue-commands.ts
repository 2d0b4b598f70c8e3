import { App } from 'antd';
import { useState } from 'react';
import { whyNotDecide } from './DecisionBar.tsx';
import { viewAddress } from './EvidenceView.tsx';
import type { FindingView } from './finding-types.ts';
import type { NotedDecision } from './NoteDialog.tsx';
import type { QueueCommand } from './review-queue.ts';
import type { ReviewQueue } from './use-review-queue.ts';

interface QueueCommands {
  /** The dialog that asks for a note, when it is open. */
  readonly asking: NotedDecision | null;
  readonly isHelpOpen: boolean;
  run(command: QueueCommand): void;
  answer(note: string): void;
  cancel(): void;
  closeHelp(): void;
}

/** What each key and button of the queue does to the finding that is open. */
export function useQueueCommands(
  queue: ReviewQueue,
  finding: FindingView | undefined,
): QueueCommands {
  const { message } = App.useApp();
  const [asking, setAsking] = useState<NotedDecision | null>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);

  const refuse = (why: string): void => {
    message.warning(why);
    queue.say(why);
  };

  const judge = (decision: NotedDecision): void => {
    const why = decision === 'annotate' && finding ? null : whyNotDecide(finding, decision);
    if (why !== null || finding === undefined) {
      refuse(why ?? '正在读取这条问题');
      return;
    }
    const isRevival = finding.review === 'rejected' || finding.review === 'cannotJudge';
    if (decision === 'confirm' && !isRevival) queue.decide(finding.id, 'confirm', '');
    else setAsking(decision);
  };

  const openEvidence = (): void => {
    const page = finding?.evidence.find(({ snapshot }) => snapshot !== null);
    if (page?.snapshot) window.open(viewAddress(page.snapshot, page.excerpt), '_blank', 'noopener');
    else refuse('这条问题没有存档的网页');
  };

  const run = (command: QueueCommand): void => {
    if (command === 'next' || command === 'previous') queue.step(command === 'next' ? 1 : -1);
    else if (command === 'undo') queue.undo(finding);
    else if (command === 'help') setHelpOpen(!isHelpOpen);
    else if (command === 'openEvidence') openEvidence();
    else judge(command);
  };

  return {
    asking,
    isHelpOpen,
    run,
    answer: (note) => {
      if (asking !== null && finding !== undefined) queue.decide(finding.id, asking, note);
      setAsking(null);
    },
    cancel: () => setAsking(null),
    closeHelp: () => setHelpOpen(false),
  };
}
