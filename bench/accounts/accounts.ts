import { benchMatch } from './match.ts';
import { benchCodes } from './qr.ts';
import { benchSweep } from './sweep.ts';

/** `npm run bench -- accounts`: the whole speed line of issue 6; arguments are those of the sweep. */
export async function benchAccounts(args: readonly string[]): Promise<void> {
  await benchCodes();
  await benchMatch();
  await benchSweep(args);
}
