import type { Browser } from 'playwright-core';
import { findChromium, launchChromium } from '../lib/node/chromium.ts';

/** A printed PDF, or why there is none. */
export type PrintResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: string };

/** A seed-sized document takes half a second, five thousand rows some ten; a browser that hangs must not hang the build. */
const PRINT_LIMIT_MS = 180_000;
/**
 * Prints a self-contained page by its own `@page` rules with the Chromium that is there: `chromiumPath`, else the usual places.
 * Tags (headings and cells for a screen reader) make a PDF of thousands of rows ten times as large, and the browser twice as slow.
 * Scripts are off and every request is refused. Never throws for want of a browser.
 */
export async function printPdf(
  html: string,
  chromiumPath: string | undefined,
  isTagged = true,
): Promise<PrintResult> {
  const executablePath = findChromium(chromiumPath);
  if (executablePath === null)
    return { ok: false, reason: '没有找到 Chromium；装好后再运行一次 bulletin build 即可得到 PDF' };
  try {
    return { ok: true, bytes: await printWith(executablePath, html, isTagged) };
  } catch (error) {
    return {
      ok: false,
      reason: `Chromium 没有打印成功：${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
    };
  }
}

async function printWith(
  executablePath: string,
  html: string,
  tagged: boolean,
): Promise<Uint8Array> {
  const browser = await launchChromium(executablePath);
  const limit = AbortSignal.timeout(PRINT_LIMIT_MS);
  const tooLong = new Promise<never>((_, reject) => {
    limit.addEventListener(
      'abort',
      () => reject(new Error(`超过 ${PRINT_LIMIT_MS / 1000} 秒没有打完`)),
      { once: true },
    );
  });
  try {
    return await Promise.race([printPage(browser, html, tagged), tooLong]);
  } finally {
    await browser.close();
  }
}

async function printPage(browser: Browser, html: string, tagged: boolean): Promise<Uint8Array> {
  const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
  const page = await context.newPage();
  // The one limit is the print's own.
  page.setDefaultTimeout(PRINT_LIMIT_MS);
  await page.route('**/*', (route) => route.abort());
  await page.setContent(html, { waitUntil: 'load' });
  const bytes = await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged });
  return new Uint8Array(withFixedTimes(bytes));
}

/** The same page is the same file whenever it is printed: its dates stand in its text. As many characters as before, for the file counts them. */
function withFixedTimes(pdf: Buffer): Buffer {
  const text = pdf.toString('latin1');
  const fixed = text.replace(/\/(CreationDate|ModDate) \(D:\d{14}/g, '/$1 (D:20000101000000');
  return Buffer.from(fixed, 'latin1');
}
