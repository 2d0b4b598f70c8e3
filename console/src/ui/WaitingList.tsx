import { ownAddress } from '../util/own-address.ts';
import { AddressLink } from './AddressLink.tsx';

interface WaitingListProps<Kind extends string> {
  readonly title: string;
  /** What a screen reader calls it. */
  readonly label: string;
  readonly items: readonly { readonly kind: Kind; readonly count: number; readonly to: string }[];
  /** What stands behind the number. */
  readonly words: Readonly<Record<Kind, string>>;
}

/** What waits for the one who is signed in, each with the way to it; nothing where nothing waits. */
export function WaitingList<Kind extends string>(props: WaitingListProps<Kind>) {
  const { title, label, items, words } = props;
  const left = items.filter(({ count }) => count > 0);
  if (left.length === 0) return null;
  return (
    <section className="waiting" aria-label={label}>
      <h2>{title}</h2>
      <ul>
        {left.map(({ kind, count, to }) => (
          <li key={kind}>
            <AddressLink href={ownAddress(to)}>
              <strong>{count}</strong> {words[kind]}
            </AddressLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
