import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { type Share, shareText, stepOf } from '../../util/shares.ts';
import { nextTile, tileColumns } from '../../util/tile-layout.ts';

export interface Tile {
  readonly id: number;
  readonly name: string;
  readonly share: Share;
  /** Whether there are units below it to open. */
  readonly hasBelow: boolean;
}

interface TileMapProps {
  readonly tiles: readonly Tile[];
  readonly onOpen: (id: number) => void;
}

/** A grid of units. Arrow keys walk it, Enter opens one; every tile says its numbers, colour only helps the eye. */
export function TileMap({ tiles, onOpen }: TileMapProps) {
  const box = useRef<HTMLUListElement>(null);
  const width = useWidth(box);
  const [at, setAt] = useState(0);
  const columns = tileColumns(tiles.length, width);
  const current = Math.min(at, tiles.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = nextTile(current, event.key, { tiles: tiles.length, columns });
    if (to === null) return;
    event.preventDefault();
    setAt(to);
    box.current?.querySelectorAll('button')[to]?.focus();
  };
  return (
    <ul
      ref={box}
      className="tile-map"
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
    >
      {tiles.map((tile, index) => (
        <li key={tile.id}>
          <button
            type="button"
            className={`tile tile-${stepOf(tile.share).id}`}
            tabIndex={index === current ? 0 : -1}
            onFocus={() => setAt(index)}
            onKeyDown={onKeyDown}
            onClick={() => onOpen(tile.id)}
          >
            <span className="tile-name">{tile.name}</span>
            <b>{shareText(tile.share)}</b>
            <span className="tile-count">
              {tile.share.checked === 0
                ? '未检查'
                : `${tile.share.failing} / ${tile.share.checked}`}
            </span>
            <span className="only-read">{tileWords(tile)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What the eye gets from the place and colour of the numbers. */
function tileWords({ share, hasBelow }: Tile): string {
  const { checked, failing, undetermined } = share;
  const open = hasBelow ? '打开看下级单位' : '没有下级单位';
  if (checked === 0) return open;
  const doubtful = undetermined > 0 ? `，无法判定 ${undetermined} 个` : '';
  return `检查 ${checked} 个，不合格 ${failing} 个${doubtful}；${open}`;
}

const FIRST_WIDTH = 800;

function useWidth(box: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(FIRST_WIDTH);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    setWidth(element.clientWidth);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
