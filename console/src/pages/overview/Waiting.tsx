import type { Overview } from '../../api/types.ts';
import { WaitingList } from '../../ui/WaitingList.tsx';

const WORDS: Readonly<Record<Overview['waiting'][number]['kind'], string>> = {
  review: '条问题待审核',
  confirm: '条问题待第二人确认',
  contest: '条申辩待答复',
  sign: '份通报待签发',
  undetermined: '条无法判定，待人工核实',
};

/** What waits for the one who is signed in; nothing is said to those whom nothing waits for. */
export function Waiting({ waiting }: Pick<Overview, 'waiting'>) {
  return <WaitingList title="待办" label="待办" items={waiting} words={WORDS} />;
}
