import { describe, expect, it } from 'vitest';
import { Secret } from '../pure/secret.ts';
import { createLog, LINE_CHARACTERS_MAX, type Log, type LogLevel, withLogFields } from './log.ts';

function recorded(level: LogLevel = 'debug', terminal = false): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const now = () => new Date('2026-01-02T03:04:05.678Z');
  return { lines, log: createLog({ level, terminal, now, write: (line) => lines.push(line) }) };
}
const only = (lines: readonly string[]): Record<string, unknown> => {
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0]!) as Record<string, unknown>;
};

describe('a log line', () => {
  it('is one JSON object with time, level, message and fields', () => {
    const { log, lines } = recorded();
    log.info('批次开始', { round: '2026Q4', done: 3, text: '一\n二', gone: undefined });
    expect(lines[0]!.indexOf('\n')).toBe(lines[0]!.length - 1);
    expect(only(lines)).toEqual({
      time: '2026-01-02T03:04:05.678Z',
      level: 'info',
      message: '批次开始',
      round: '2026Q4',
      done: 3,
      text: '一\n二',
    });
  });

  it('is words on a terminal, still one line, and steers no terminal', () => {
    const { log, lines } = recorded('info', true);
    log.warn('抓取\u001b[2J慢', { outcome: 'failed\nx' });
    expect(lines).toEqual(['2026-01-02T03:04:05.678Z warn  抓取�[2J慢 outcome=failed\\nx\n']);
  });

  it.each([
    ['debug', 4],
    ['info', 3],
    ['warn', 2],
    ['error', 1],
    ['silent', 0],
  ] as const)('at level %s, %i of four are written', (level, count) => {
    const { log, lines } = recorded(level);
    for (const each of ['debug', 'info', 'warn', 'error'] as const) log[each](each);
    expect(lines).toHaveLength(count);
  });

  it('has a limit, whatever is in it', () => {
    const { log, lines } = recorded();
    const long = '长'.repeat(100_000);
    log.info(long, {
      requestId: 'r',
      ...Object.fromEntries([...'abcdefgh'].map((k) => [k, long])),
    });
    expect(lines[0]!.length).toBeLessThanOrEqual(LINE_CHARACTERS_MAX + 1);
    expect(only(lines)).toMatchObject({ requestId: 'r', level: 'info' });
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    log.info('自指', { loop });
    expect(lines).toHaveLength(2);
  });
});

describe('secrets', () => {
  it.each([
    ['a Secret', { key: new Secret('hunter2') }],
    ['a Secret deep down', { config: { list: [{ it: new Secret('hunter2') }] } }],
    ['a secret name', { appSecret: 'hunter2' }],
    ['a secret name deep down', { headers: { Authorization: 'hunter2', 'Set-Cookie': 'hunter2' } }],
    ['an address', { url: 'postgres://me:hunter2@db/x' }],
    ['an error with an address', { error: new Error('cannot reach postgres://me:hunter2@db/x') }],
  ])('%s never prints', (_what, fields) => {
    for (const terminal of [false, true]) {
      const { log, lines } = recorded('debug', terminal);
      log.error('出错', fields);
      expect(lines.join()).not.toContain('hunter2');
      expect(lines.join()).toContain('[secret]');
    }
  });
});

it('fields of what is under way stand in every line, also after waiting, and never in another’s', async () => {
  const { log, lines } = recorded();
  await Promise.all(
    ['甲', '乙'].map((round) =>
      withLogFields({ round }, async () => {
        await Promise.resolve();
        withLogFields({ job: `${round}1` }, () => log.info(round));
      }),
    ),
  );
  log.info('外');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ message: '甲', round: '甲', job: '甲1' }),
    expect.objectContaining({ message: '乙', round: '乙', job: '乙1' }),
    expect.not.objectContaining({ round: expect.anything() }),
  ]);
});
