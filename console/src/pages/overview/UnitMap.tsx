import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Overview } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { Search } from '../../util/search.ts';
import { addShares, type Share, STEPS } from '../../util/shares.ts';
import { unitPath } from '../../util/unit-tree.ts';
import { type Tile, TileMap } from './TileMap.tsx';

type OverviewUnit = Overview['units'][number];

const COUNTED = [
  {
    value: 'both',
    words: '全部',
    of: (unit: OverviewUnit) => addShares(unit.sites, unit.accounts),
  },
  { value: 'site', words: '网站', of: (unit: OverviewUnit): Share => unit.sites },
  { value: 'account', words: '新媒体', of: (unit: OverviewUnit): Share => unit.accounts },
] as const;

/** The units below one as tiles coloured by their failing share; a tile opens the units below it. */
export function UnitMap({ units }: Pick<Overview, 'units'>) {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const counted = COUNTED.find(({ value }) => value === search.kind) ?? COUNTED[0];
  const all = useGet('/api/v1/units', {}).data?.items;
  const parents = useMemo(() => new Set(all?.map(({ parentId }) => parentId)), [all]);
  const tiles: Tile[] = units.map((unit) => ({
    id: unit.unitId,
    name: unit.name,
    share: counted.of(unit),
    hasBelow: parents.has(unit.unitId),
  }));
  const go = (changes: Search): void =>
    void navigate({ to: '/', search: { ...search, ...changes } });
  return (
    <Panel
      title="各单位情况"
      aside={
        <fieldset className="kind-choice">
          <legend className="only-read">统计对象</legend>
          {COUNTED.map(({ value, words }) => (
            <button
              key={value}
              type="button"
              aria-pressed={value === counted.value}
              onClick={() => go({ kind: value === 'both' ? undefined : value })}
            >
              {words}
            </button>
          ))}
        </fieldset>
      }
    >
      <UnitTrail all={all ?? []} search={search} />
      {tiles.length === 0 ? (
        <EmptyState title="没有下级单位">这个单位没有下级，或您看不到它的下级。</EmptyState>
      ) : (
        <TileMap tiles={tiles} onOpen={(id) => go({ unitId: String(id) })} />
      )}
      <ul className="tile-legend" aria-label="图例：不合格占检查数">
        {STEPS.map(({ id, words }) => (
          <li key={id}>
            <i className={`tile-${id}`} aria-hidden />
            {words}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface UnitTrailProps {
  readonly all: readonly { id: number; name: string; parentId: number | null }[];
  readonly search: Search;
}

function UnitTrail({ all, search }: UnitTrailProps) {
  const path = unitPath(all, Number(search.unitId));
  if (path.length === 0) return null;
  return (
    <nav className="unit-trail" aria-label="单位层级">
      {path.map((unit, at) =>
        at === path.length - 1 ? (
          <span key={unit.id} aria-current="location" className="unit-trail-here">
            {unit.name}
            <Link to="/sites" search={{ unitId: String(unit.id) }}>
              网站
            </Link>
            <Link to="/accounts" search={{ unitId: String(unit.id) }}>
              新媒体
            </Link>
          </span>
        ) : (
          <Link
            key={unit.id}
            to="/"
            search={{ ...search, unitId: at === 0 ? undefined : String(unit.id) }}
          >
            {unit.name}
          </Link>
        ),
      )}
    </nav>
  );
}
