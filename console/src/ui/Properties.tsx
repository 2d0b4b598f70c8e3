import type { ReactNode } from 'react';

/** Names and values of one thing, in as many columns as fit. */
export function Properties({ of }: { readonly of: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="properties">
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
