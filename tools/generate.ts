import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { architectureRooms } from './generate/architecture-rooms.ts';
import { BAD_INPUT, badInput } from './generate/bad-input.ts';
import { CONSOLE_CLIENT, consoleClient } from './generate/console-client.ts';
import { indicatorCatalogue } from './generate/indicator-catalogue.ts';
import { indicatorRegistry } from './generate/indicator-registry.ts';
import { HANDBOOK, settingsTable } from './generate/settings-table.ts';
import { ROOT } from './source-files.ts';

/** Every generated file: its path and how its text is made. `--check` only says which are stale. */
const GENERATED: readonly { readonly path: string; readonly make: () => Promise<string> }[] = [
  { path: 'src/indicators/index.generated.ts', make: async () => indicatorRegistry() },
  { path: 'docs/generated/indicators.md', make: indicatorCatalogue },
  { path: 'ARCHITECTURE.md', make: architectureRooms },
  { path: HANDBOOK, make: settingsTable },
  { path: BAD_INPUT, make: badInput },
  { path: CONSOLE_CLIENT, make: consoleClient },
];

const checking = process.argv.includes('--check');
const stale: string[] = [];
for (const { path, make } of GENERATED) {
  const before = await readFile(join(ROOT, path), 'utf8').catch(() => '');
  const after = await make();
  if (before === after) continue;
  stale.push(path);
  if (!checking) await writeFile(join(ROOT, path), after);
}
for (const path of stale) process.stdout.write(`${checking ? '已过时' : '已更新'}：${path}\n`);
process.exitCode = checking && stale.length > 0 ? 1 : 0;
