const CENTI = 100;

/** Centipoints as points (分): `85.5`, `100`. Pure. */
export function pointsText(centipoints: number): string {
  return String(centipoints / CENTI);
}

/** `85.5`, or `52.5～65` while something is undetermined. */
export function rangeText({ lowest, highest }: { lowest: number; highest: number }): string {
  return lowest === highest ? pointsText(lowest) : `${pointsText(lowest)}～${pointsText(highest)}`;
}

/** What a ruleset says of points; null = nobody has seen them in the source. */
export function pointsOrUnverified(centipoints: number | null): string {
  return centipoints === null ? '待核' : `${pointsText(centipoints)} 分`;
}

/** What somebody typed in points, as whole centipoints. */
export function centipointsOf(points: number | null): number | null {
  return points === null ? null : Math.round(points * CENTI);
}
