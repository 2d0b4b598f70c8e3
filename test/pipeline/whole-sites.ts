import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SiteReport } from '../../src/inspection/structure/site-report.ts';
import type { TruthRow } from '../../src/testing/province/whole/truth-row.ts';
import { ROOT } from '../../tools/source-files.ts';
import { type FalseAccusation, isOldPlace, scoreStructure } from './score-structure.ts';

const NODE_FLAGS = ['--disable-warning=ExperimentalWarning'];

/** What the two commands said of one link, or of some words. */
export interface LinkLine {
  readonly url: string;
  readonly from: string;
  readonly class: string;
  readonly reason: string;
}
export interface TextLine {
  readonly url: string;
  readonly class: string;
  readonly text: string;
  readonly severity: string;
  readonly reason: string;
}

/** What one kind came to. `wrong` lists what was said of a trap or of nothing planted. */
export interface KindScore {
  readonly kind: string;
  readonly planted: number;
  readonly found: number;
}
export interface WholeScore {
  /** Pages whose words were read. */
  readonly pages: number;
  readonly kinds: readonly KindScore[];
  readonly missed: readonly TruthRow[];
  readonly wrong: readonly (LinkLine | TextLine | FalseAccusation)[];
}

/** Classes that accuse a site. The others say what we met, or that the link works. */
const ACCUSING = ['dead', 'soft404', 'redirectHome', 'wrongTarget'];
const LINK_FAULTS = new Set(ACCUSING);

/** Grown sites of a case in a process of their own, and the commands that look at them in others. */
export class WholeSites {
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #port: number;
  /** Last day of the case's sampling window: what the sites were made for. */
  readonly #on: string;
  readonly truth: readonly TruthRow[];

  private constructor(
    folder: string,
    child: ChildProcess,
    port: number,
    on: string,
    truth: readonly TruthRow[],
  ) {
    this.#folder = folder;
    this.#process = child;
    this.#port = port;
    this.#on = on;
    this.truth = truth;
  }

  static async serve(casePath: string, pages: number): Promise<WholeSites> {
    const folder = await mkdtemp(join(tmpdir(), '全站 测试-'));
    const truthFile = join(folder, 'truth.jsonl');
    const script = join(ROOT, 'src/testing/province/main.ts');
    const child = spawn(
      process.execPath,
      [
        ...[...NODE_FLAGS, script, 'serve', casePath, '--port', '0'],
        ...['--out', join(folder, 'out'), '--pages', String(pages), '--truth', truthFile],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const truth = (await readFile(truthFile, 'utf8')).trimEnd().split('\n');
    const { port } = JSON.parse(line) as { port: number };
    return new WholeSites(
      folder,
      child,
      port,
      (JSON.parse(await readFile(casePath, 'utf8')) as { samplingWindow: [string, string] })
        .samplingWindow[1],
      truth.map((row) => JSON.parse(row) as TruthRow),
    );
  }

  get port(): number {
    return this.#port;
  }

  /** The first `count` hosts of the truth. */
  hosts(count: number): string[] {
    return [...new Set(this.truth.map((row) => row.host))].slice(0, count);
  }

  async close(): Promise<void> {
    this.#process.kill('SIGTERM');
    await once(this.#process, 'close');
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Looks at one site once as `site inspect` does, without a browser, and holds what was said against the truth. */
  async inspect(host: string): Promise<WholeScore> {
    const { lines } = await this.#run('site', 'inspect', host, '--static', '--at', this.#on);
    const truth = this.truth.filter((row) => row.host === host && row.by === 'inspect');
    const [report] = lines as [SiteReport];
    const { missed, wrong } = scoreStructure(report, truth);
    return { pages: report.pages, kinds: kindScores(truth, missed), missed, wrong };
  }

  /** Walks one site twice, for its links and for its words, and holds what was said against the truth. */
  async examine(host: string): Promise<WholeScore> {
    const links = (await this.#run('site', 'links', host)).lines as LinkLine[];
    const { lines, notes } = await this.#run('site', 'text', host);
    const pages = Number(/读了 (\d+) 页/.exec(notes)?.[1] ?? 0);
    return { pages, ...this.scoreOf(host, { links, texts: lines as TextLine[] }) };
  }

  /** Holds what was said of one site against the truth. */
  scoreOf(
    host: string,
    said: { readonly links: readonly LinkLine[]; readonly texts: readonly TextLine[] },
  ): Omit<WholeScore, 'pages'> {
    return score(
      host,
      this.truth.filter((row) => row.host === host),
      said,
    );
  }

  async #run(
    verb: string,
    noun: string,
    host: string,
    ...more: string[]
  ): Promise<{ lines: unknown[]; notes: string }> {
    const child = spawn(
      process.execPath,
      [
        ...[...NODE_FLAGS, join(ROOT, 'src/main/cli.ts'), verb, noun, `http://${host}/`],
        ...['--resolve', `*.province.test=127.0.0.1:${this.#port}`, '--json'],
        ...more,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], cwd: this.#folder },
    );
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`${verb} ${noun} ${host}：${code}\n${stderr}`);
    const lines = stdout.split('\n').filter((line) => line !== '');
    return { lines: lines.map((line) => JSON.parse(line)), notes: stderr };
  }
}

const pathOf = (url: string): string => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

function score(
  host: string,
  truth: readonly TruthRow[],
  said: { readonly links: readonly LinkLine[]; readonly texts: readonly TextLine[] },
): Omit<WholeScore, 'pages'> {
  const own = said.links.filter((line) => new URL(line.url).host === host);
  const saidOf = (row: TruthRow): string[] =>
    row.target === null
      ? said.texts.filter((line) => sameWords(line, row)).map((line) => line.class)
      : own.filter((line) => pathOf(line.url) === row.target).map((line) => line.class);
  const faults = truth.filter((row) => row.expected !== null && row.by !== 'inspect');
  // A form that does not open is a dead link as well.
  const files = truth.filter((row) => row.expected === 'broken');
  const isFound = (row: TruthRow): boolean => saidOf(row).includes(row.expected!);
  const missed = faults.filter((row) => !isFound(row));
  return {
    kinds: kindScores(faults, missed),
    missed,
    wrong: [
      ...said.links.filter(
        (line) => LINK_FAULTS.has(line.class) && !isPlantedLink(line, [...faults, ...files]),
      ),
      ...said.texts.filter(
        (line) =>
          line.severity !== 'notice' &&
          !faults.some((row) => row.target === null && sameWords(line, row)),
      ),
    ],
  };
}

function kindScores(truth: readonly TruthRow[], missed: readonly TruthRow[]): KindScore[] {
  const faults = truth.filter((row) => row.expected !== null);
  return [...Map.groupBy(faults, (row) => row.kind)].map(([kind, rows]) => {
    const lost = rows.filter((row) => missed.includes(row)).length;
    return { kind, planted: rows.length, found: rows.length - lost };
  });
}

/** Personal data are covered in what is said, so the first four characters must do. */
function sameWords(line: TextLine, row: TruthRow): boolean {
  if (pathOf(line.url) !== row.page) return false;
  return row.kind === 'identityNumber'
    ? line.class === 'personalData'
    : row.words.includes(line.text) || line.text.includes(row.words);
}

/** A section that answers 404 is dead, as planted by the case itself. */
function isPlantedLink(line: LinkLine, faults: readonly TruthRow[]): boolean {
  const path = pathOf(line.url);
  return faults.some((row) => row.target === path) || isOldPlace(line.url);
}
