import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

/**
 * Makes ready what tests want beside npm packages: a Chromium for PDFs. Installs it where the machine allows (root on a
 * Debian-like system) and says loudly when it could not: the tests that need it then fail by name, they are not skipped.
 */
const CHROMIUM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const PACKAGES = ['chromium', 'fonts-noto-cjk'];
const INSTALL_LIMIT_MS = 10 * 60_000;

const hasChromium = (): boolean =>
  [process.env.CHROMIUM_PATH, ...CHROMIUM_PATHS].some(
    (path) => path !== undefined && existsSync(path),
  );

function install(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return '需要 root 才能安装';
  if (!existsSync('/usr/bin/apt-get')) return '这台机器没有 apt-get';
  const run = (args: readonly string[]) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: INSTALL_LIMIT_MS,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status;
  if (run(['update', '-qq']) !== 0) return 'apt-get update 失败';
  return run(['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES]) === 0
    ? null
    : 'apt-get install 失败';
}

if (!hasChromium()) {
  process.stderr.write('没有 Chromium，正在安装（PDF 测试要用）……\n');
  const problem = install();
  if (problem !== null || !hasChromium()) {
    process.stderr.write(
      `\n**** 装不上 Chromium：${problem ?? '安装后仍找不到'}。要用浏览器的测试会失败。\n**** 请手工安装 chromium 与 fonts-noto-cjk，或用 CHROMIUM_PATH 指明它的位置。\n\n`,
    );
  }
}
