/** The narrowest a tile may be: a name of six characters beside its numbers. */
const TILE_WIDTH_MIN = 132;
/** Wider than that tiles look empty. */
const COLUMNS_MAX = 10;

/**
 * How many columns a grid of `tiles` gets in `width` pixels: as few rows as fit, and then as few columns as those rows need,
 * so that the last row is nearly full (15 tiles where 7 columns would fit make 3 rows of 5, not 7 + 7 + 1).
 */
export function tileColumns(tiles: number, width: number): number {
  const fitting = Math.max(2, Math.min(COLUMNS_MAX, Math.floor(width / TILE_WIDTH_MIN)));
  if (tiles <= fitting) return Math.max(2, tiles);
  return Math.ceil(tiles / Math.ceil(tiles / fitting));
}

/** The tile that an arrow key leads to, or null when there is none that way. */
export function nextTile(
  at: number,
  key: string,
  { tiles, columns }: { readonly tiles: number; readonly columns: number },
): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: 0,
    End: tiles - 1,
  };
  const to = steps[key];
  return to === undefined || to < 0 || to >= tiles ? null : to;
}
