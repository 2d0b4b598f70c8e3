import type { CDPSession } from 'playwright-core';
import { type BrowserLimits, WINDOW } from './browser-limits.ts';
import { within } from './isolated-world.ts';

/** A picture of a page from its top. Sizes in CSS pixels. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly type: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
  readonly cut: boolean;
}

/** Tried in turn until the picture is small enough; the last one is taken whatever its size. */
const FORMS = [
  { format: 'png' },
  { format: 'jpeg', quality: 75 },
  { format: 'jpeg', quality: 40 },
] as const;
/** A page that is hardly there is pictured as a window. */
const HEIGHT_MIN = WINDOW.height;

/** The whole page down to a limit, as PNG, or as JPEG when that is too large; null when none could be taken. */
export async function takePicture(
  session: CDPSession,
  limits: BrowserLimits,
): Promise<Picture | null> {
  const metrics = await within(limits.captureMs, session.send('Page.getLayoutMetrics'));
  if (metrics === null) return null;
  const whole = Math.ceil(metrics.cssContentSize.height);
  const height = Math.max(HEIGHT_MIN, Math.min(whole, limits.pictureHeight));
  const clip = { x: 0, y: 0, width: WINDOW.width, height, scale: 1 };
  for (const [at, form] of FORMS.entries()) {
    const shot = await within(
      limits.captureMs,
      session.send('Page.captureScreenshot', { ...form, clip, captureBeyondViewport: true }),
    );
    if (shot === null) return null;
    const bytes = Buffer.from(shot.data, 'base64');
    if (bytes.byteLength > limits.pictureBytes && at < FORMS.length - 1) continue;
    const type = form.format === 'png' ? 'image/png' : 'image/jpeg';
    return { bytes, type, width: WINDOW.width, height, cut: whole > height };
  }
  return null;
}
