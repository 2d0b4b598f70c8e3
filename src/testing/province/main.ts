import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { UserError } from '../../lib/pure/errors.ts';
import { logAccess } from './access-log.ts';
import { planProvince } from './plan/plan-province.ts';
import { readCase } from './read-case.ts';
import { serveProvince } from './serve-province.ts';
import { growProvince, writeTruth } from './whole/grow-province.ts';
import { writeFiles } from './write-files.ts';

const USAGE =
  '用法：xunjian province serve CASE.json --port 端口|0 --out 目录 [--access-log 文件] [--pages 每站页数 [--truth 文件]]';
/** A province of hundreds of sites with more would not fit the memory of the machines that run it. */
const PAGES_MAX = 20_000;

/** Entry of `xunjian province serve`: a process of its own (decision 0004). */
async function main(): Promise<number> {
  const { casePath, port, out, accessLog, pages, truth } = readArguments(process.argv.slice(2));
  const text = await readFile(casePath, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UserError(
      'case.unreadable',
      `读不了案例文件 ${casePath}（${cause.code ?? '未知原因'}）。`,
      { cause },
    );
  });
  const planned = planProvince(readCase(text));
  const plan = pages === undefined ? planned : growProvince(planned, pages);
  if (truth !== undefined) await writeTruth(plan, truth);
  await writeFiles(plan, out);
  const server = serveProvince(plan);
  if (accessLog !== undefined) logAccess(server, accessLog);
  await new Promise<void>((resolveListening, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolveListening);
  });
  // Before it is said to be ready: who reads that may end it at once.
  const stopped = new Promise<void>((stop) => {
    process.once('SIGTERM', () => stop());
    process.once('SIGINT', () => stop());
  });
  process.stdout.write(
    `${JSON.stringify({ ready: true, port: (server.address() as AddressInfo).port, host: '*.province.test' })}\n`,
  );
  await stopped;
  server.closeAllConnections();
  server.close();
  return 0;
}

interface ServeArguments {
  readonly casePath: string;
  readonly port: number;
  readonly out: string;
  readonly accessLog: string | undefined;
  /** Pages of every site; undefined = ordinary sites. */
  readonly pages: number | undefined;
  readonly truth: string | undefined;
}

function readArguments(argv: readonly string[]): ServeArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        out: { type: 'string' },
        'access-log': { type: 'string' },
        pages: { type: 'string' },
        truth: { type: 'string' },
        json: { type: 'boolean' },
        data: { type: 'string' },
        help: { type: 'boolean' },
      },
      allowPositionals: true,
    });
    const [verb, casePath, ...rest] = positionals;
    const port = Number(values.port ?? '0');
    if (verb !== 'serve' || !casePath || rest.length > 0 || !values.out)
      throw new Error('缺少参数');
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error(`端口“${values.port}”不对`);
    const log = values['access-log'];
    const pages = values.pages === undefined ? undefined : Number(values.pages);
    if (pages !== undefined && !(Number.isInteger(pages) && pages >= 50 && pages <= PAGES_MAX))
      throw new Error(`每站页数“${values.pages}”不对，应在 50 到 ${PAGES_MAX} 之间`);
    if (values.truth !== undefined && pages === undefined)
      throw new Error('--truth 要和 --pages 一起用');
    return {
      casePath: resolve(casePath),
      port,
      out: resolve(values.out),
      accessLog: log === undefined ? undefined : resolve(log),
      pages,
      truth: values.truth === undefined ? undefined : resolve(values.truth),
    };
  } catch (error) {
    throw new UserError(
      'usage.province',
      `${error instanceof Error ? error.message : ''}\n${USAGE}`,
    );
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (error instanceof UserError) {
      process.stderr.write(
        `错误：${error.message}\n${error.details.map((detail) => `  ${detail}\n`).join('')}`,
      );
      process.exit(2);
    }
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(1);
  },
);
