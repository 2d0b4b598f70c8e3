import process from 'node:process';
import { createOutput } from '../cli/output.ts';
import { EXIT, reportError } from '../cli/run-command.ts';
import { keepCollecting } from '../discovery/index.ts';
import { keepDuty } from '../duty/index.ts';
import { keepChasing } from '../finderror/index.ts';
import { keepClock } from '../jobs/clock/keep-clock.ts';
import { createLog, log, setLog } from '../lib/node/log.ts';
import { UserError } from '../lib/pure/errors.ts';
import { keepWatch } from '../matrix/index.ts';
import { keepDelivering } from '../notify/index.ts';
import { keepRectification } from '../rectification/index.ts';
import { keepRegister } from '../registry/index.ts';
import { readLock } from '../store/open-embedded-store.ts';
import { type AppDeps, openApp, placeOf } from './app-deps.ts';
import { clocksOf } from './clocks.ts';
import { type Config, effectiveSettings, readConfig, unknownSettings } from './config.ts';
import { printSignInLink } from './first-sign-in.ts';
import { isSampleWanted, runSample } from './sample.ts';
import { startServer } from './serve.ts';
import { readStartOptions, START_USAGE } from './start-options.ts';
import { watchSignals } from './watch-signals.ts';

const terminal = process.stderr.isTTY === true;
const out = createOutput({
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  json: false,
  terminal,
});

/** `npm start`: open, serve, and with no data yet load and inspect the sample province. Ends 0 when asked to stop. */
async function main(): Promise<number> {
  const { isEmpty, data, wantsHelp } = readStartOptions(process.argv.slice(2));
  if (wantsHelp) {
    out.note(START_USAGE);
    return EXIT.done;
  }
  const config = readConfig();
  const place = placeOf(config, data, process.cwd());
  const { dataDir } = place;
  const signal = watchSignals();
  beginLog(config, data);
  const running = place.database === null ? readLock(dataDir)?.server : undefined;
  if (running) {
    const url = `http://127.0.0.1:${running.port}/`;
    out.result({ url }, `巡鉴已在运行：${url}`);
    return EXIT.done;
  }
  out.note('正在打开数据库……');
  const deps = await openApp(config, place);
  try {
    if (!signal.aborted)
      await serve(deps, dataDir, {
        port: config.port,
        publicOrigin: config.publicOrigin,
        signal,
        empty: isEmpty,
      });
    return EXIT.done;
  } finally {
    await deps.close();
    log.info('已停止');
  }
}

interface ServeOptions {
  readonly port: number;
  readonly publicOrigin: string | null;
  readonly signal: AbortSignal;
  readonly empty: boolean;
}

/** Serves until the signal is aborted; a sample under way then stops where the next start goes on. */
async function serve(deps: AppDeps, dataDir: string, options: ServeOptions): Promise<void> {
  const { signal } = options;
  const server = await startServer(deps, dataDir, options);
  try {
    out.result({ url: server.url }, `巡鉴已启动：${server.url}`);
    log.info('已启动', { url: server.url, pid: process.pid, node: process.version });
    const isSample = !options.empty && (await isSampleWanted(deps, dataDir));
    const isPublic = options.publicOrigin !== null;
    await printSignInLink(deps, { url: server.url, isSample, isPublic }, out);
    if (isSample) await runSample(deps, dataDir, { out, signal });
    const clocks = clocksOf(deps, server).map((clock) =>
      keepClock(deps.store, clock, {
        ...{ now, signal },
        onError: (error) =>
          log.error('定时任务没有办成，过一会儿再试', { clock: clock.words, error }),
      }),
    );
    const collecting = keepCollecting(deps, {
      ...{ now, signal },
      onError: (error) => log.error('系统外账号没有查完，十分钟后再试', { error }),
    });
    const watch = keepWatch(deps, {
      now,
      onError: (error) => log.error('账号矩阵没有更新成，十分钟后再试', { error }),
    });
    const rectification = keepRectification(deps, {
      ...{ now, signal },
      onError: (error) => log.error('整改的复核没有办成，稍后再试', { error }),
    });
    const findErrors = keepChasing(deps, {
      now: () => new Date().toISOString(),
      onError: (error) => log.error('找错留言没有催办成，一小时后再试', { error }),
    });
    const duty = keepDuty(deps, {
      now,
      onError: (error) => log.error('责任人员没有催办成，一小时后再试', { error }),
    });
    const delivering = keepDelivering(deps, {
      ...{ now: () => new Date().toISOString(), signal },
      onError: (error) => log.error('通知没有发完，一分钟后再试', { error }),
    });
    const register = keepRegister(deps, {
      now,
      onError: (error) => log.error('名录没有整理成，十分钟后再试', { error }),
    });
    await untilAborted(signal);
    const kept = [
      ...clocks,
      collecting,
      watch,
      rectification,
      findErrors,
      duty,
      delivering,
      register,
    ];
    await Promise.all(kept.map((each) => each.stop()));
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    log.info('正在停止');
    await server.close();
  }
}

const now = (): string => new Date().toISOString();

function beginLog(config: Config, dataOption: string | undefined): void {
  const write = (line: string): void => void process.stderr.write(line);
  // A terminal shows notes and a progress bar; below warnings the log would only tear them apart.
  const level = terminal && !config.isLogLevelGiven ? 'warn' : config.logLevel;
  setLog(createLog({ level, terminal, write, now: () => new Date() }));
  for (const warning of unknownSettings()) log.warn(warning);
  const settings = effectiveSettings(dataOption);
  // Names such as DATABASE_URL would be hidden whole; their values are already without secrets.
  log.info('生效的设置', {
    settings: settings.map(({ name, value, origin }) => `${name}=${value} (${origin})`),
  });
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
    process.exitCode = reportError(error, out);
    if (error instanceof UserError && error.code === 'store.locked') process.exitCode = EXIT.failed;
  },
);
