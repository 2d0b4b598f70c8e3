import type { ControlUse, PageControl, TextLook } from '../../domain/rendering.ts';
import { within } from './isolated-world.ts';
import { controlsScript, FRAMES_SHOWN, middleScript, TEXT_LOOK } from './page-scripts.ts';
import type { OpenPage } from './render-page.ts';

const LOOK_MS = 8_000;

/** What one can press on a page and whose words match; null when the page could not be searched. */
export function findControls(
  open: OpenPage,
  words: RegExp,
): Promise<readonly PageControl[] | null> {
  return open.world.run<readonly PageControl[]>(controlsScript(words), LOOK_MS);
}

/** Frames that show content of their own; null when they could not be counted. */
export function countFrames(open: OpenPage): Promise<number | null> {
  return open.world.run<number>(FRAMES_SHOWN, LOOK_MS);
}

/** Presses a control, or opens where it leads (also what would be a window of its own), and looks at the page before and after. */
export async function tryControl(open: OpenPage, control: PageControl): Promise<ControlUse> {
  const before = await open.world.run<TextLook>(TEXT_LOOK, LOOK_MS);
  const missedBefore = open.missed();
  const target = control.url ?? (await press(open, control));
  if (target !== null) {
    // What does not open is seen below: the page that stands there is the old one.
    const opening = open.page.goto(target, { waitUntil: 'commit', timeout: open.limits.loadMs });
    await within(open.limits.loadMs, opening);
  }
  const isAtRest = await open.rest();
  const after = isAtRest ? await open.world.run<TextLook>(TEXT_LOOK, LOOK_MS) : null;
  return { before, after, missed: open.missed() - missedBefore, isStopped: open.isStopped() };
}

/** The document as it stands now, UTF-8; null when it could not be read. */
export async function documentNow({ world, limits }: OpenPage): Promise<Uint8Array | null> {
  const expression = `document.documentElement.outerHTML.slice(0, ${limits.htmlCharacters})`;
  const html = await world.run<string>(expression, LOOK_MS);
  return html === null ? null : new TextEncoder().encode(html);
}

/** Clicks with a mouse, as a person does; returns the address of a window that this would have opened. */
async function press(open: OpenPage, { selector }: PageControl): Promise<string | null> {
  const middle = await open.world.run<{ x: number; y: number }>(middleScript(selector), LOOK_MS);
  if (middle === null) return null;
  let target: string | null = null;
  open.session.on('Page.windowOpen', ({ url }) => {
    if (/^https?:/.test(url)) target ??= url;
  });
  await within(LOOK_MS, open.session.send('Page.enable'));
  await within(LOOK_MS, open.page.mouse.click(middle.x, middle.y));
  await open.rest();
  return target;
}
