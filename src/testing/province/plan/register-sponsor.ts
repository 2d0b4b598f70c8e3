import type { Draw } from '../sites/draw.ts';
import type { Sponsor, UnitPlanner } from './plan-units.ts';

/** How the register names a subject's sponsor. */
export interface Registered {
  readonly sponsor: string;
  readonly printRow: string;
}

/**
 * Settles it once all units are known: a name that several units bear needs its print row beside it; elsewhere it is given on
 * some rows and inherited on others. Now and then a register still uses the former name.
 */
export function registerSponsor(
  units: UnitPlanner,
  by: Sponsor,
  mayRename: boolean,
  draw: Draw,
): Registered {
  const ambiguous = units.isAmbiguous(by.name);
  const [former] = by.aliases;
  const renamed = former !== undefined && mayRename && !ambiguous && draw.chance(0.15);
  return {
    sponsor: renamed ? former : by.name,
    printRow: ambiguous || draw.chance(0.35) ? by.row : '',
  };
}
