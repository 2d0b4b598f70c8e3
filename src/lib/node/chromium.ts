import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';

const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];
const LAUNCH_LIMIT_MS = 30_000;
/** A browser that opens only what it is given: no network of its own, no extras. */
const FLAGS = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--disable-quic',
  '--disable-extensions',
  '--disable-dev-shm-usage',
];

/** The Chromium that is there: `given`, else one of the usual places, else null. */
export function findChromium(given: string | undefined): string | null {
  return [given, ...USUAL_PATHS].find((path) => path !== undefined && existsSync(path)) ?? null;
}

/** Flags beside the usual ones, and usual ones of playwright that are left out. */
export interface ChromiumFlags {
  readonly flags?: readonly string[];
  readonly without?: readonly string[];
}

/** Starts a headless Chromium; throws when it does not come up within half a minute. */
export async function launchChromium(
  executablePath: string,
  { flags = [], without = [] }: ChromiumFlags = {},
): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  // Chromium's own sandbox does not start for root (containers).
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [...FLAGS, ...flags, ...sandbox];
  const ignoreDefaultArgs = [...without];
  return chromium.launch({
    ...{ executablePath, args, ignoreDefaultArgs, timeout: LAUNCH_LIMIT_MS },
    // Playwright's own answer to a signal is to end our process at once, before a database or an archive is closed (watch-signals.ts).
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
  });
}
