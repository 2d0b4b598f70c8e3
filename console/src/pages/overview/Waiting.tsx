import type { Overview } from '../../api/types.ts';
import { AddressLink } from '../../ui/AddressLink.tsx';
import { ownAddress } from '../../util/own-address.ts';

const WORDS: Readonly<Record<Overview['waiting'][number]['kind'], string>> = {
  review: '条问题待审核',
  confirm: '条问题待第二人确认',
  contest: '条申辩待答复',
  sign: '份通报待签发',
  undetermined: '条无法判定，待人工核实',
};

/** What waits for the one who is signed in; nothing is said to those whom nothing waits for. */
export function Waiting({ waiting }: Pick<Overview, 'waiting'>) {
  const left = waiting.filter(({ count }) => count > 0);
  if (left.length === 0) return null;
  return (
    <section className="waiting" aria-label="待办">
      <h2>待办</h2>
      <ul>
        {left.map(({ kind, count, to }) => (
          <li key={kind}>
            <AddressLink href={ownAddress(to)}>
              <strong>{count}</strong> {WORDS[kind]}
            </AddressLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
