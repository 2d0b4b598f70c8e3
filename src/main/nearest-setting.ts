import { editDistance } from '../lib/pure/edit-distance.ts';
import { SETTING_NAMES, type SettingName } from './settings.ts';

/** A name further away than this is no slip of the pen. */
const SLIP_MAX = 4;

/** The known name that `name` was probably meant to be, or null. */
export function nearestSetting(name: string): SettingName | null {
  const [nearest] = SETTING_NAMES.map((known) => ({ known, far: editDistance(name, known) })).sort(
    (left, right) => left.far - right.far,
  );
  return nearest !== undefined && nearest.far <= SLIP_MAX ? nearest.known : null;
}
