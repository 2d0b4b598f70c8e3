import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer, type HttpServer } from '../http/create-server.ts';
import { registerConsoleFiles } from './console-files.ts';

let folder: string;
let app: HttpServer;
const host = '127.0.0.1:8080';
const page = { host, accept: 'text/html,application/xhtml+xml' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), '控制台 '));
  await mkdir(join(folder, 'assets'));
  const nonce = 'NONCE-OF-THIS-ANSWER';
  await writeFile(
    join(folder, 'index.html'),
    `<meta property="csp-nonce" nonce="${nonce}"><script nonce="${nonce}" src="/assets/a-1.js"></script>`,
  );
  await writeFile(join(folder, 'assets', 'a-1.js'), 'console.log("原文")');
  await writeFile(join(folder, 'assets', 'a-1.js.gz'), gzipSync('console.log("原文")'));
  await writeFile(join(folder, 'secret.txt'), '不给人看');
  app = await createServer(async () => null);
  app.get('/api/v1/thing', { config: { access: 'public' } }, async () => ({ is: 'api' }));
  await registerConsoleFiles(app, folder);
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the page', () => {
  it.each(['/', '/sites?page=2', '/findings/12'])(
    'answers %s, new for each answer',
    async (url) => {
      const [first, second] = await Promise.all([
        app.inject({ url, headers: page }),
        app.inject({ url, headers: page }),
      ]);
      const nonces = [first, second].map(
        ({ headers }) =>
          /'nonce-([^']{16,})'/.exec(String(headers['content-security-policy']))?.[1],
      );
      expect(first.statusCode).toBe(200);
      expect(nonces[0]).not.toBe(nonces[1]);
      expect(first.body).toContain(`script nonce="${nonces[0]}"`);
      expect(first.body).not.toContain('NONCE-OF-THIS-ANSWER');
      expect(first.headers['cache-control']).toBe('no-store');
    },
  );

  it('lets in no inline script and nothing from elsewhere', async () => {
    const { headers } = await app.inject({ url: '/', headers: page });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });

  it.each([
    ['an unknown address of the interface', '/api/v1/nothing', page],
    ['an asset of an older build', '/assets/a-0.js', page],
    ['what is no page', '/sites', { host, accept: 'application/json' }],
  ])('does not answer %s', async (_name, url, headers) => {
    const answer = await app.inject({ url, headers });
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'http.not-found']);
  });

  it('leaves the interface alone', async () => {
    expect((await app.inject({ url: '/api/v1/thing', headers: page })).json()).toEqual({
      is: 'api',
    });
  });
});

describe('assets', () => {
  it('are sent compressed where the browser takes it, and kept for a year', async () => {
    const packed = await app.inject({
      url: '/assets/a-1.js',
      headers: { host, 'accept-encoding': 'gzip' },
    });
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(packed.headers['content-type']).toMatch(/javascript/);
    const plain = await app.inject({ url: '/assets/a-1.js', headers: { host } });
    expect(plain.body).toBe('console.log("原文")');
  });

  it.each(['/assets/../secret.txt', '/assets/%2e%2e/secret.txt', '/secret.txt', '/.stamp'])(
    'no way leads out: %s',
    async (url) => {
      const answer = await app.inject({ url, headers: { host } });
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain('不给人看');
    },
  );
});

it('a console that is not built says how to build it', async () => {
  const bare = await createServer(async () => null);
  await registerConsoleFiles(bare, join(folder, 'assets'));
  const answer = await bare.inject({ url: '/', headers: page });
  expect(answer.body).toContain('npm run build');
  await bare.close();
});
