import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { refuseImport } from './rooms.ts';
import { type SourceFile, sourceFiles } from './source-files.ts';

const FUNCTION_LINES_MAX = 70;
/** A component is a function of a `.tsx` file whose name begins with a capital: half of it is markup. */
const COMPONENT_LINES_MAX = 100;
const FILE_LINES_MAX = 400;
const TEST_FILE_LINES_MAX = 600;

const files = ['src', 'migrations', 'tools', 'bench', 'test', 'console'].flatMap((folder) =>
  sourceFiles(folder, ['.ts', '.tsx', '.mjs']),
);
const handWritten = files.filter((file) => !file.path.includes('.generated.'));

interface ParsedImport {
  readonly target: string;
  readonly typeOnly: boolean;
}

function importsOf(file: SourceFile): ParsedImport[] {
  const { module } = parseSync(file.path, file.text);
  const found = [
    ...module.staticImports.map((each) => ({
      target: each.moduleRequest.value,
      typeOnly: each.entries.length > 0 && each.entries.every((entry) => entry.isType),
    })),
    ...module.staticExports.flatMap((each) =>
      each.entries.flatMap((entry) =>
        entry.moduleRequest ? [{ target: entry.moduleRequest.value, typeOnly: entry.isType }] : [],
      ),
    ),
    ...module.dynamicImports.flatMap((each) => {
      const literal = /^['"](.+)['"]$/.exec(
        file.text.slice(each.moduleRequest.start, each.moduleRequest.end),
      );
      return literal ? [{ target: literal[1]!, typeOnly: false }] : [];
    }),
  ];
  return found
    .filter((each) => each.target.startsWith('.'))
    .map((each) => ({ ...each, target: normalize(join(dirname(file.path), each.target)) }));
}

const isTest = (path: string): boolean =>
  path.endsWith('.test.ts') ||
  path.startsWith('test/') ||
  path.startsWith('bench/') ||
  path.startsWith('tools/');

describe('rooms', () => {
  it('no file imports a room that it may not', () => {
    const refused = files
      .filter((file) => file.path.startsWith('src/') && !isTest(file.path))
      .flatMap((file) =>
        importsOf(file)
          .filter((each) => each.target.startsWith('src/'))
          .flatMap((each) => {
            const why = refuseImport(file.path.slice(4), each.target.slice(4));
            return why ? [`${file.path} → ${each.target}: ${why}`] : [];
          }),
      );
    expect(refused).toEqual([]);
  });

  it('pure rooms use no network, disk, clock or randomness', () => {
    const pure = /^src\/(derive|indicators|scoring|domain)\//;
    const forbidden =
      /from ['"](node:(?!crypto|util)|undici|fastify|kysely|pg|playwright)|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bfetch\(/;
    const found = files
      .filter((file) => pure.test(file.path) && !isTest(file.path) && forbidden.test(file.text))
      .map((file) => file.path);
    expect(found).toEqual([]);
  });

  it('the console imports only itself, and nothing of ours imports it', () => {
    const crossed = files
      .filter((file) => !isConfig(file.path) && !file.path.startsWith('tools/'))
      .flatMap((file) =>
        importsOf(file)
          .filter(({ target }) => /^console\//.test(file.path) !== /^console\//.test(target))
          .map(({ target }) => `${file.path} → ${target}`),
      );
    expect(crossed).toEqual([]);
  });

  it('there is no cycle of imports', () => {
    const graph = new Map(
      files.map((file) => [
        file.path,
        importsOf(file)
          .filter((each) => !each.typeOnly)
          .map((each) => each.target),
      ]),
    );
    expect(findCycle(graph)).toEqual([]);
  });
});

function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (node: string): string[] => {
    const at = path.indexOf(node);
    if (at >= 0) return [...path.slice(at), node];
    if (done.has(node)) return [];
    path.push(node);
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next);
      if (cycle.length > 0) return cycle;
    }
    path.pop();
    done.add(node);
    return [];
  };
  for (const node of graph.keys()) {
    const cycle = visit(node);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

describe('lengths', () => {
  it(`files have at most ${FILE_LINES_MAX} lines (tests ${TEST_FILE_LINES_MAX})`, () => {
    const long = handWritten
      .map((file) => ({ path: file.path, lines: file.text.split('\n').length - 1 }))
      .filter(
        ({ path, lines }) =>
          lines > (path.endsWith('.test.ts') ? TEST_FILE_LINES_MAX : FILE_LINES_MAX),
      );
    expect(long).toEqual([]);
  });

  it(`functions have at most ${FUNCTION_LINES_MAX} lines, components ${COMPONENT_LINES_MAX}`, () => {
    const long = handWritten
      .filter((file) => !file.path.endsWith('.test.ts'))
      .flatMap((file) => longFunctions(file));
    expect(long).toEqual([]);
  });
});

function longFunctions(file: SourceFile): string[] {
  const lineOf = lineIndex(file.text);
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const each of node) walk(each);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const { type, start, end } = node as { type?: string; start?: number; end?: number };
    if (
      type &&
      /Function/.test(type) &&
      !/Type/.test(type) &&
      start !== undefined &&
      end !== undefined
    ) {
      const lines = lineOf(end) - lineOf(start) + 1;
      if (lines > (isComponent(file, node) ? COMPONENT_LINES_MAX : FUNCTION_LINES_MAX))
        found.push(`${file.path}:${lineOf(start)} has ${lines} lines`);
    }
    for (const value of Object.values(node)) walk(value);
  };
  walk(parseSync(file.path, file.text).program);
  return found;
}

function isComponent(file: SourceFile, node: object): boolean {
  const name = (node as { id?: { name?: string } | null }).id?.name ?? '';
  return file.path.endsWith('.tsx') && /^[A-Z]/.test(name);
}

function lineIndex(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

/** Words that may not stand in the code: unfinished work, silenced checks, and the names of a workplace. */
const BANNED: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /\b(TODO|FIXME|XXX)\b/, why: '未完成的工作写进问题单，不写进代码' },
  { pattern: /\bas any\b|@ts-(ignore|nocheck|expect-error)/, why: '不要让类型检查闭嘴' },
  { pattern: /\bexport default\b/, why: '不用默认导出' },
  { pattern: /\b(it|test|describe)\.(only|todo)\b/, why: '不留只跑一个的测试' },
  { pattern: /catch\s*(\([^)]*\))?\s*\{\s*\}/, why: '空的 catch 会吞掉失败' },
  { pattern: /\bclass \w*(Manager|Helper|Util)s?\b/, why: '名字要说出它做什么' },
];

describe('words', () => {
  it('no banned word stands in the code', () => {
    const found = handWritten
      .filter((file) => file.path !== 'tools/tidy.test.ts')
      .flatMap((file) =>
        BANNED.filter((ban) => ban.pattern.test(file.text) && !isConfig(file.path)).map(
          (ban) => `${file.path}: ${ban.why}`,
        ),
      );
    expect(found).toEqual([]);
  });

  it('process.env is read in one place', () => {
    const found = files
      .filter(
        (file) =>
          file.path.startsWith('src/') && !isTest(file.path) && file.path !== 'src/main/config.ts',
      )
      .filter((file) => /process\.env\b/.test(file.text) && !file.path.startsWith('src/testing/'))
      .map((file) => file.path);
    expect(found).toEqual([]);
  });
});

const isConfig = (path: string): boolean => path.endsWith('.config.ts');
