import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import process from 'node:process';
import { readPlain } from '../src/derive/text/readable-text.ts';
import { buildTermAutomaton, scanTerms } from '../src/derive/text/term-automaton.ts';
import { readCleanText } from '../src/testing/labelled/text/clean-text.ts';
import {
  measureClean,
  measureSentences,
  readLegalSentences,
  type SentenceFigures,
} from '../src/testing/labelled/text/measure-text.ts';
import { openTextChecker, readSeedLexicon } from '../src/wording/index.ts';

const TERMS = 50_000;
const ROUNDS = 5;
/** Characters scanned in a round; slow peers get a hundredth and are scaled. */
const SCANNED = 4_000_000;
const SCANNED_BY_PEERS = 40_000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1]!;

interface Matcher {
  readonly name: string;
  readonly buildMs: number;
  readonly size: number;
  count(text: string): number;
}

/** `npm run bench -- text [--peers]`: the dictionary layer against the packages of npm, the layers of the check, and its figures. */
export async function benchText(args: readonly string[]): Promise<void> {
  const text = (await readCleanText()).map((one) => one.text).join('\n');
  await benchMatchers(text, args.includes('--peers'));
  await benchCheck(text);
  await printFigures();
}

async function benchMatchers(text: string, peers: boolean): Promise<void> {
  const terms = await someTerms();
  const matchers = [await ownMatcher(terms), ...(peers ? await peerMatchers(terms) : [])];
  const rates = matchers.map((): number[] => []);
  const hits = matchers.map(() => 0);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [index, matcher] of matchers.entries()) {
      const part = text.repeat(Math.ceil(matcher.size / text.length)).slice(0, matcher.size);
      const started = process.cpuUsage();
      hits[index] = matcher.count(part);
      const { user, system } = process.cpuUsage(started);
      rates[index]!.push(part.length / (user + system));
    }
  print(
    `词库匹配：${terms.length} 个词，${ROUNDS} 轮交替，取中位数（每核每秒百万字，按 CPU 时间）`,
  );
  for (const [index, { name, buildMs, size }] of matchers.entries()) {
    const rate = median(rates[index]!);
    const ratio = median(rates[0]!) / rate;
    print(
      `  ${name.padEnd(24)}${rate.toFixed(1).padStart(8)}  建 ${buildMs.toFixed(0)} 毫秒  每百字命中 ${((100 * hits[index]!) / size).toFixed(2)}  我们是它的 ${ratio.toFixed(1)} 倍`,
    );
  }
}

/** Every n-th word of the dictionary that has two to six characters. */
async function someTerms(): Promise<string[]> {
  const file = createRequire(import.meta.url).resolve('@node-rs/jieba/dict.txt');
  const words = (await readFile(file, 'utf8'))
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')
    .filter((word) => /^[\u3400-\u9fff]{2,6}$/.test(word));
  const every = Math.floor(words.length / TERMS);
  return [...new Set(words.filter((_, at) => at % every === 0))].slice(0, TERMS);
}

async function ownMatcher(terms: readonly string[]): Promise<Matcher> {
  const started = performance.now();
  const automaton = buildTermAutomaton(terms);
  return {
    name: '自有双数组自动机',
    buildMs: performance.now() - started,
    size: SCANNED,
    count: (text) => {
      let hits = 0;
      scanTerms(automaton, text, () => {
        hits += 1;
      });
      return hits;
    },
  };
}

type Search = { search(text: string): readonly unknown[] };
type Class = new (terms: string[]) => Search;

/** How many terms a peer's answer holds: one entry each, or a list of them at each end. */
const countOf = (search: Search) => (text: string) =>
  search.search(text).reduce<number>((sum, one) => {
    const terms = Array.isArray(one) ? (one[1] as unknown) : one;
    return sum + (Array.isArray(terms) ? terms.length : 1);
  }, 0);

/** Packages to install beside the repository before the comparison; what is not there is said to be so. */
const PEERS = ['fastscan', 'ahocorasick', 'modern-ahocorasick'];

async function peerMatchers(terms: readonly string[]): Promise<Matcher[]> {
  const found: Matcher[] = [];
  for (const name of PEERS) {
    const module = (await import(name).catch(() => null)) as { readonly default: unknown } | null;
    if (module === null) {
      print(`  ${name}：没有安装（npm install --no-save ${name}）`);
      continue;
    }
    const started = performance.now();
    const Peer = (module.default as { default?: Class }).default ?? (module.default as Class);
    const count = countOf(new Peer([...terms]));
    found.push({ name, buildMs: performance.now() - started, size: SCANNED_BY_PEERS, count });
  }
  return found;
}

async function benchCheck(text: string): Promise<void> {
  const started = performance.now();
  const checker = await openTextChecker([await readSeedLexicon()]);
  const openMs = performance.now() - started;
  const rates = { readable: [] as number[], check: [] as number[] };
  const rate = (work: () => void): number => {
    const from = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(from);
    return (1000 * text.length) / (user + system);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.readable.push(rate(() => void readPlain(text)));
    rates.check.push(rate(() => void checker.check({ raw: text, at: '2021-10-01' })));
  }
  print(`整个检查：打开 ${openMs.toFixed(0)} 毫秒（词典、字表、自动机）`);
  print(
    `  整理文字 ${median(rates.readable).toFixed(0)} 千字/秒·核，全部检查（含错别字）${median(rates.check).toFixed(0)} 千字/秒·核`,
  );
}

async function printFigures(): Promise<void> {
  const checker = await openTextChecker([await readSeedLexicon()]);
  const { characters, sentences, alarms } = await measureClean(checker);
  print(`正确的公文：${characters} 字、${sentences} 句，误报 ${JSON.stringify(alarms)}`);
  const legal = await readLegalSentences();
  if (legal === null) print('EC-LAW：../shared/data/text 里没有，跳过');
  else {
    print(`EC-LAW 选阈值的一半：${words(measureSentences(checker, legal.chosenOn))}`);
    print(`EC-LAW 只报告的一半：${words(measureSentences(checker, legal.reportedOn))}`);
  }
}

function words(figures: SentenceFigures): string {
  const { unchanged, changed, mended, wronglyMended, falseAlarms } = figures;
  const percent = (value: number): string => value.toFixed(3);
  return `未改 ${unchanged} 句误报 ${falseAlarms}（${percent(figures.falseAlarmRate)}），有错 ${changed} 句改对 ${mended}、改错 ${wronglyMended}；P ${percent(figures.precision)} R ${percent(figures.recall)} F1 ${percent(figures.f1)}，从严 F1 ${percent(figures.strictF1)}`;
}
