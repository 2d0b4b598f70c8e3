import { AddressLink } from '../../ui/AddressLink.tsx';
import type { YearlyField } from '../yearly-forms/yearly-words.tsx';

/** What the platform knows of a field, with the way to where it comes from. */
export function Origin({ of: { known } }: { readonly of: YearlyField }) {
  if (known === null) return <span className="quiet">平台不知道，由单位填</span>;
  const { value, origin } = known;
  return (
    <>
      {value}{' '}
      <span className="quiet running-words">
        （
        {origin.link === null ? (
          origin.words
        ) : (
          <AddressLink href={origin.link}>{origin.words}</AddressLink>
        )}
        ）
      </span>
    </>
  );
}
