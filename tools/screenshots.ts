import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { inspectedProvince } from '../test/e2e/fill.ts';
import { NARROW, Office, WIDE } from '../test/e2e/office.ts';
import type { Person } from '../test/e2e/person.ts';
import { missingPlaces, type Place, placesOf, REFUSALS } from '../test/e2e/places.ts';
import { staff } from '../test/e2e/staff.ts';
import { consolePaths } from './console-pages.ts';
import { ROOT } from './source-files.ts';

const FOLDER = join(ROOT, 'screenshots');
const SIZES = { wide: WIDE, narrow: NARROW };
/** Browsers stop drawing somewhere; nobody looks at more of one list. */
const HEIGHT_MAX = 6_000;
/** Longer than a chart takes to draw itself. */
const DRAWN_MS = 300;

/**
 * `npm run screenshots`: pictures of every page at two widths into `screenshots/`, one line each. Ends 1 and names the page
 * when one has no address, shows an error, or when its scripts fail.
 */
async function main(): Promise<number> {
  const office = await Office.open(inspectedProvince);
  try {
    const staffed = await staff(office);
    const places = placesOf(staffed.known);
    const missing = missingPlaces(consolePaths(), places);
    if (missing.length > 0) throw new Error(`没有给这些页面地址：${missing.join('、')}`);
    await rm(FOLDER, { recursive: true, force: true });
    await mkdir(FOLDER, { recursive: true });
    const faults: string[] = [];
    for (const [size, viewport] of Object.entries(SIZES)) {
      const nobody = await office.window('', viewport);
      for (const [name, place] of named(places)) {
        const person = place.who === 'nobody' ? nobody : staffed.people[place.who];
        await person.page.setViewportSize(viewport);
        faults.push(...(await picture(person, place, join(FOLDER, `${name}.${size}.png`))));
      }
    }
    for (const fault of faults) process.stderr.write(`有错：${fault}\n`);
    return faults.length > 0 ? 1 : 0;
  } finally {
    await office.close();
  }
}

/** Every place with a name for its file: `rounds-period-2`. */
function named(places: ReturnType<typeof placesOf>): [string, Place][] {
  const all: [string, readonly Place[]][] = [...Object.entries(places), ['refusal', REFUSALS]];
  return all.flatMap(([path, each]) => {
    const base =
      path.replaceAll(/\W+/g, '-').replace(/^-/, '') || (path === '/' ? 'home' : 'elsewhere');
    return each.map((place, at): [string, Place] => [at === 0 ? base : `${base}-${at + 1}`, place]);
  });
}

/** Takes one picture, tells of it, and returns what is wrong with the page. */
async function picture(person: Person, place: Place, file: string): Promise<string[]> {
  person.problems.length = 0;
  await person.visit(place.path, place.press);
  const { page } = person;
  if (!place.press) {
    // Charts wait until they are looked at.
    await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
    await page.waitForTimeout(DRAWN_MS);
    await person.settled();
    await page.evaluate('window.scrollTo(0, 0)');
  }
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.screenshot({
    path: file,
    animations: 'disabled',
    // A dialog stands in the window, not on the whole page.
    ...(place.press
      ? {}
      : height > HEIGHT_MAX
        ? {
            fullPage: true,
            clip: { x: 0, y: 0, width: page.viewportSize()!.width, height: HEIGHT_MAX },
          }
        : { fullPage: true }),
  });
  const words = `${place.who} ${place.path}`;
  process.stdout.write(`${file.slice(ROOT.length + 1)}  ${words}\n`);
  const isRefused = (await person.refusals()) > 0;
  return [
    ...(isRefused === (place.isRefusal ?? false) ? [] : ['显示的是错误页']),
    ...(place.isRefusal ? [] : person.problems),
  ].map((fault) => `${words}：${fault}`);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
