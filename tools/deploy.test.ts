import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { COMMANDS } from '../src/main/commands.ts';
import { SETTINGS } from '../src/main/settings.ts';
import { ROOT } from './source-files.ts';

const FOLDERS = ['systemd', 'container', 'monitoring'];

async function deployFiles(): Promise<{ name: string; text: string }[]> {
  const files = await Promise.all(
    FOLDERS.map(async (folder) => {
      const names = await readdir(join(ROOT, 'deploy', folder));
      return names.map((name) => join('deploy', folder, name));
    }),
  );
  return Promise.all(
    files.flat().map(async (name) => ({ name, text: await readFile(join(ROOT, name), 'utf8') })),
  );
}

it('units and the container file name files, settings and commands that exist', async () => {
  for (const { name, text } of await deployFiles()) {
    for (const [, path] of text.matchAll(/\/opt\/xunjian\/([\w./-]*[\w-](?:\.\w+)?)/g))
      expect(existsSync(join(ROOT, path!)), `${name}: ${path}`).toBe(true);
    for (const [, path] of text.matchAll(/^COPY (?!--)([\w.-]+) \.\//gm))
      expect(existsSync(join(ROOT, path!)), `${name}: ${path}`).toBe(true);
    for (const [setting] of text.matchAll(/\bXUNJIAN_[A-Z_]+\b/g))
      expect(SETTINGS.shape, `${name}: ${setting}`).toHaveProperty(setting);
    for (const [, command] of text.matchAll(/bin\/xunjian (\w+)$/gm))
      expect(COMMANDS.map(({ words }) => words[0])).toContain(command);
  }
});

it('alerts watch metrics that the program has', async () => {
  const alerts = await readFile(join(ROOT, 'deploy', 'monitoring', 'alerts.yml'), 'utf8');
  const sources = await Promise.all(
    [
      'src/inspection/round-metrics.ts',
      'src/http/observe-requests.ts',
      'src/store/query-metrics.ts',
    ].map((path) => readFile(join(ROOT, path), 'utf8')),
  );
  const named = [...alerts.matchAll(/\bxunjian_[a-z_]+/g)].map(([name]) =>
    name.replace(/_bucket$/, ''),
  );
  expect(named.length).toBeGreaterThan(3);
  for (const name of named) expect(sources.join('\n')).toContain(`'${name}'`);
});
