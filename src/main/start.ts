import process from 'node:process';
import { parseArgs } from 'node:util';
import { createOutput } from '../cli/output.ts';
import { EXIT, reportError } from '../cli/run-command.ts';
import { UserError } from '../lib/pure/errors.ts';
import { readLock } from '../store/open-embedded-store.ts';
import { openApp, placeOf } from './app-deps.ts';
import { readConfig } from './config.ts';
import { isSampleWanted, runSample } from './sample.ts';
import { startServer } from './serve.ts';

const out = createOutput({
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  json: false,
  terminal: process.stderr.isTTY === true,
});

/** `npm start`: open, serve, and with no data yet load and inspect the sample province. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { empty: { type: 'boolean' }, data: { type: 'string' } },
  });
  const config = readConfig();
  const place = placeOf(config, values.data, process.cwd());
  const { dataDir } = place;
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => abort.abort());
  const running = place.database === null ? readLock(dataDir)?.server : undefined;
  if (running) {
    out.result(
      { url: `http://127.0.0.1:${running.port}/` },
      `巡鉴已在运行：http://127.0.0.1:${running.port}/`,
    );
    return EXIT.done;
  }
  out.note('正在打开数据库……');
  const deps = await openApp(config, place);
  try {
    const server = await startServer(deps, dataDir, config.port);
    out.result({ url: server.url }, `巡鉴已启动：${server.url}`);
    if (values.empty !== true && (await isSampleWanted(deps, dataDir)))
      await runSample(deps, dataDir, { out, signal: abort.signal });
    await untilAborted(abort.signal);
    await server.close();
    return EXIT.done;
  } finally {
    await deps.close();
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof Error && error.name === 'AbortError') return;
    process.exitCode =
      error instanceof TypeError && 'code' in error ? EXIT.usage : reportError(error, out);
    if (error instanceof UserError && error.code === 'store.locked') process.exitCode = EXIT.failed;
  },
);
