import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { CaseFile, FailingAccountRow, FailingSiteRow } from '../../src/domain/case-file.ts';
import { ROOT } from '../../tools/source-files.ts';

/** `bulletin.json` as an outside reader sees it: the case file's names and what the platform adds. */
export interface BuiltBulletin extends Omit<CaseFile, 'failingSites' | 'failingAccounts'> {
  readonly failingSites: readonly (FailingSiteRow & { readonly rules: readonly string[] })[];
  readonly failingAccounts: readonly (FailingAccountRow & {
    readonly rules: readonly string[];
    readonly accountId: string;
  })[];
  readonly undetermined: readonly {
    readonly kind: string;
    readonly unit: string;
    readonly name: string;
    readonly rule: string;
    readonly reason: string;
  }[];
  readonly replay: boolean;
  readonly reviewWaived: unknown;
}

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const NODE_FLAGS = ['--disable-warning=ExperimentalWarning'];

/** Where an installation keeps its data: a folder, or a PostgreSQL with a folder for its evidence. */
export type Place =
  | { readonly data: string }
  | { readonly databaseUrl: string; readonly evidence: string };

/** One data folder, one served province, and the command line between them: what an office and the web would be. */
export class CaseInspection {
  readonly folder: string;
  readonly #province: ChildProcess;
  readonly #host: string;
  readonly #port: number;
  readonly #place: Place;

  private constructor(
    folder: string,
    province: ChildProcess,
    ready: { host: string; port: number },
    place: Place = { data: join(folder, 'data') },
  ) {
    this.folder = folder;
    this.#place = place;
    this.#province = province;
    this.#host = ready.host;
    this.#port = ready.port;
  }

  /** Serves a case file in a process of its own, in a folder with an awkward name. */
  static async serve(casePath: string): Promise<CaseInspection> {
    const folder = await mkdtemp(join(tmpdir(), '巡鉴 测试-'));
    const script = join(ROOT, 'src/testing/province/main.ts');
    const province = spawn(
      process.execPath,
      [
        ...[...NODE_FLAGS, script, 'serve', casePath, '--port', '0', '--out', folder],
        ...['--access-log', join(folder, 'access.log')],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    return new CaseInspection(
      folder,
      province,
      JSON.parse(await firstLine(province)) as { host: string; port: number },
    );
  }

  get port(): number {
    return this.#port;
  }

  /** The same province and files for an installation elsewhere. */
  at(place: Place): CaseInspection {
    return new CaseInspection(
      this.folder,
      this.#province,
      { host: this.#host, port: this.#port },
      place,
    );
  }

  /** Runs one command of the contract with `--json` in a foreign time zone and locale. */
  run(...argv: string[]): Promise<CommandResult> {
    return this.runWatched(() => undefined, ...argv);
  }

  /** Like `run`; what the command says on the way is told as it comes. */
  runWatched(onSaid: (text: string) => void, ...argv: string[]): Promise<CommandResult> {
    return new Promise((resolve, reject) => {
      const child = this.#spawn(argv);
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
        onSaid(text);
      });
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    });
  }

  /** Starts a command and kills it (-9) after so many milliseconds; whether it was still running then. */
  async runKilled(afterMs: number, ...argv: string[]): Promise<boolean> {
    const child = this.#spawn(argv);
    child.stdout.resume();
    child.stderr.resume();
    const closed = once(child, 'close');
    const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
    await closed;
    clearTimeout(timer);
    return child.signalCode === 'SIGKILL';
  }

  /** Starts a command that goes on until it is stopped, such as `worker`. */
  start(...argv: string[]): ChildProcessByStdio<null, Readable, Readable> {
    const child = this.#spawn(argv);
    child.stderr.resume();
    return child;
  }

  #spawn(argv: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
    const place = this.#place;
    const env = {
      ...process.env,
      TZ: 'America/St_Johns',
      LC_ALL: 'C',
      ...('data' in place
        ? {}
        : {
            DATABASE_URL: place.databaseUrl,
            XUNJIAN_EVIDENCE_DIR: place.evidence,
            XUNJIAN_DATA: `${place.evidence}.data`,
          }),
    };
    const args = [
      ...NODE_FLAGS,
      join(ROOT, 'src/main/cli.ts'),
      ...argv,
      ...('data' in place ? ['--data', place.data] : []),
      '--json',
    ];
    return spawn(process.execPath, args, {
      cwd: this.folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  mustRun(...argv: string[]): Promise<CommandResult> {
    return this.#must(() => undefined, ...argv);
  }

  async #must(onSaid: (text: string) => void, ...argv: string[]): Promise<CommandResult> {
    const result = await this.runWatched(onSaid, ...argv);
    if (result.code !== 0)
      throw new Error(
        `xunjian ${argv.join(' ')} 退出码 ${result.code}\n${result.stderr.slice(-4000)}`,
      );
    return result;
  }

  /** Imports, inspects, freezes and builds; returns `bulletin.json` and the last line of the run. */
  async inspect(
    options: InspectOptions,
  ): Promise<{ bulletin: BuiltBulletin; stats: Record<string, number> }> {
    const { period, window } = options;
    await this.mustRun('registry', 'import', 'registry.xlsx');
    await this.mustRun('observation', 'import', 'observations.csv');
    await this.mustRun('round', 'import-history', 'history.json');
    const onSaid = options.onSaid ?? (() => undefined);
    const run = await this.#must(
      onSaid,
      ...[
        'round',
        'run',
        '--period',
        period,
        '--window',
        window.join('..'),
        '--at',
        window[1],
        '--ruleset',
        options.ruleset ?? 'hunan-2020',
      ],
      ...[
        '--clock',
        'replay',
        '--resolve',
        `${this.#host}=127.0.0.1:${this.#port}`,
        ...(options.more ?? []),
      ],
    );
    await this.mustRun(
      'round',
      'freeze',
      '--period',
      period,
      '--confirm-all',
      '测试',
      '--leave-undetermined',
      '测试',
    );
    const text = await this.build(period, options.out ?? 'bulletin');
    const bulletin = JSON.parse(text) as BuiltBulletin;
    return {
      bulletin,
      stats: JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '{}') as Record<string, number>,
    };
  }

  /** Builds the bulletin of a frozen round; returns the text of `bulletin.json`. */
  async build(period: string, out: string): Promise<string> {
    await this.mustRun('bulletin', 'build', '--period', period, '--out', out);
    return readFile(join(this.folder, out, 'bulletin.json'), 'utf8');
  }

  async stop(): Promise<void> {
    this.#province.kill('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }
}

export interface InspectOptions {
  readonly period: string;
  readonly window: readonly [string, string];
  readonly ruleset?: string;
  readonly more?: readonly string[];
  /** Folder of the bulletin. */
  readonly out?: string;
  /** What `round run` says on its way. */
  readonly onSaid?: (text: string) => void;
}

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) return line;
  throw new Error('模拟省没有启动');
}

/** What two bulletins must agree on: counts, ratios, who fails with what. Names of units by their print names. */
export function tablesOf(
  source: CaseFile | BuiltBulletin,
  unitName: (unit: string) => string = (unit) => unit,
) {
  return {
    sitesByUnit: source.sitesByUnit.map(({ unit, running, checked, failing, ratio }) => ({
      unit: unitName(unit),
      running,
      checked,
      failing,
      ratio,
    })),
    sitesTotal: pick(source.sitesTotal),
    failingSites: source.failingSites.map(({ unit, name, siteCode }) => ({
      unit: unitName(unit),
      name,
      siteCode,
    })),
    accountsByUnit: source.accountsByUnit.map(({ unit, running, checked, failing, ratio }) => ({
      unit: unitName(unit),
      running,
      checked,
      failing,
      ratio,
    })),
    accountsTotal: pick(source.accountsTotal),
    failingAccounts: source.failingAccounts.map(
      ({ unit, name, operator, platform, lastUpdated, lastUpdatedPrinted }) => ({
        unit: unitName(unit),
        name,
        operator,
        platform,
        lastUpdated,
        lastUpdatedPrinted,
      }),
    ),
  };
}

function pick(row: CaseFile['sitesTotal']) {
  return { running: row.running, checked: row.checked, failing: row.failing, ratio: row.ratio };
}
