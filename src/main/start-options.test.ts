import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from './config.ts';
import { readStartOptions, START_USAGE } from './start-options.ts';

describe('npm start', () => {
  it.each([
    [[], { isEmpty: false, data: undefined, wantsHelp: false }],
    [['--empty', '--data', '数据'], { isEmpty: true, data: '数据', wantsHelp: false }],
    [['--help'], { isEmpty: false, data: undefined, wantsHelp: true }],
  ])('understands %j', (argv, options) => {
    expect(readStartOptions(argv)).toEqual(options);
  });

  it.each([
    [['--emtpy'], '没有“--emtpy”这个选项。'],
    [['--empty=yes'], '“--empty”后面不能带值。'],
    [['--data'], '“--data”后面缺少值；值以 - 开头时写成 --data=值。'],
    [['数据'], '多出的参数：数据。'],
  ])('refuses %j in words, with what exists', (argv, message) => {
    expect(() => readStartOptions(argv)).toThrow(
      expect.objectContaining({ code: 'usage.options', message, details: START_USAGE.split('\n') }),
    );
  });

  it('says so on standard error and exits with 2, before it opens anything', () => {
    const start = join(PACKAGE_ROOT, 'src', 'main', 'start.ts');
    const done = spawnSync(process.execPath, [start, '--emtpy'], { encoding: 'utf8' });
    expect([done.status, done.stdout]).toEqual([2, '']);
    expect(done.stderr).toContain('错误：没有“--emtpy”这个选项。');
    expect(done.stderr).toContain('--empty      名录还是空的时，不载入样例省');
  });
});
