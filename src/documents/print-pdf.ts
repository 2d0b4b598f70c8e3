import { existsSync } from 'node:fs';

/** A printed PDF, or why there is none. */
export type PrintResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: string };

const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];
const LAUNCH_LIMIT_MS = 30_000;
/** A browser that only prints: no network of its own, no extras. */
const FLAGS = [
  '--headless',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-extensions',
];

/** Prints a self-contained page as A4 with page numbers, by the Chromium that is there. Never throws for want of a browser. */
export async function printPdf(
  html: string,
  chromiumPath: string | undefined,
): Promise<PrintResult> {
  const executablePath = [chromiumPath, ...USUAL_PATHS].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (executablePath === undefined)
    return { ok: false, reason: '没有找到 Chromium；装好后再运行一次 bulletin build 即可得到 PDF' };
  const { chromium } = await import('playwright-core');
  try {
    const args = process.getuid?.() === 0 ? [...FLAGS, '--no-sandbox'] : FLAGS;
    const browser = await chromium.launch({ executablePath, args, timeout: LAUNCH_LIMIT_MS });
    try {
      const page = await browser.newPage({ javaScriptEnabled: false });
      await page.route('**/*', (route) => route.abort());
      await page.setContent(html, { waitUntil: 'load' });
      const footerTemplate =
        '<div style="width:100%;text-align:center;font-size:14pt;font-family:serif">— <span class="pageNumber"></span> —</div>';
      const bytes = await page.pdf({
        format: 'A4',
        preferCSSPageSize: true,
        displayHeaderFooter: true,
        headerTemplate: '<span></span>',
        footerTemplate,
        printBackground: true,
      });
      return { ok: true, bytes: new Uint8Array(bytes) };
    } finally {
      await browser.close();
    }
  } catch (error) {
    return {
      ok: false,
      reason: `Chromium 没有打印成功：${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
    };
  }
}
