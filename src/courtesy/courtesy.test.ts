import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { createServer } from '../http/create-server.ts';
import { aboutPage } from './about-page.ts';
import { kitFiles } from './allow-kit.ts';
import { allowKitCommand } from './commands.ts';
import type { CrawlerIdentity } from './crawler-identity.ts';
import { ABOUT_PATH, registerCourtesyRoutes } from './routes.ts';

const WHO: CrawlerIdentity = {
  operator: '某省政务管理服务局',
  contact: '张三 0731-88888888',
  addresses: ['203.0.113.8', '2001:db8::/64'],
  userAgent: 'Mozilla/5.0 (compatible; Xunjian/0.1; +https://x.example/about-crawler)',
  contactUrl: 'https://x.example/about-crawler',
};
const MANNERS = { visitsPerDay: 20, visitDays: 7, paceMs: 250 };

describe('the contact page', () => {
  it('is open to everybody, in Chinese, and says who, whence and how', async () => {
    const app = await createServer(async () => null);
    registerCourtesyRoutes(app, WHO);
    const answer = await app.inject({ method: 'GET', url: ABOUT_PATH });
    await app.close();
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'/);
    const words = [
      WHO.operator,
      WHO.contact,
      ...WHO.addresses,
      WHO.userAgent,
      '每天访问首页 20 次',
    ];
    for (const word of words) expect(answer.body).toContain(word);
  });

  it('writes settings as text, and says what is not set', () => {
    const page = aboutPage(
      { ...WHO, operator: '<script>"甲"&', contact: null, addresses: [] },
      MANNERS,
    );
    expect(page).toContain('&lt;script&gt;&quot;甲&quot;&amp;');
    expect(page).not.toContain('<script>');
    expect(page.match(/（尚未填写）/g)).toHaveLength(2);
  });
});

describe('rules for firewalls', () => {
  const nginx = (who: Partial<CrawlerIdentity>) =>
    kitFiles({ ...WHO, ...who }, MANNERS).find(({ name }) => name === 'nginx.conf')!.text;

  it('ask for address and agent together', () => {
    expect(nginx({})).toContain('    203.0.113.8 1;\n    2001:db8::/64 1;');
    expect(nginx({})).toContain(`    "${WHO.userAgent}" 1;`);
    expect(nginx({})).toContain('"11" "";');
  });

  it('a quote in the agent string stays inside its quotes', () => {
    expect(nginx({ userAgent: 'a"; deny all; \\' })).toContain('    "a\\"; deny all; \\\\" 1;');
  });

  it('without addresses say so, and allow nobody', () => {
    const text = nginx({ addresses: [] });
    expect(text).toContain('# 出口地址没有填写');
    expect(text).not.toMatch(/^\s+[\d.]+ 1;$/m);
  });
});

describe('site allow-kit', () => {
  let folder = '';
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function run(who: CrawlerIdentity, addresses: readonly string[] = []) {
    folder = await mkdtemp(join(tmpdir(), '巡鉴 放行-'));
    const notes: string[] = [];
    const results: unknown[] = [];
    const code = await allowKitCommand(() => who).run({
      args: {
        positionals: [],
        text: (name) => (name === 'out' ? '材料' : undefined),
        flag: () => false,
        many: () => addresses,
      },
      out: {
        json: true,
        result: (value) => void results.push(value),
        note: (note) => void notes.push(note),
        progress: () => undefined,
      },
      deps: undefined,
      cwd: folder,
      dataDir: folder,
      signal: new AbortController().signal,
      now: () => '2026-11-29T04:00:00.000Z',
      actor: '张三',
    });
    return { code, notes, files: (results[0] as { files: string[] }).files };
  }

  it('writes the files and a letter that names us', async () => {
    const { code, notes, files } = await run(WHO);
    expect([code, notes]).toEqual([0, []]);
    expect(files).toHaveLength(6);
    const list = JSON.parse(await readFile(join(folder, '材料', '放行清单.json'), 'utf8'));
    expect(list).toMatchObject({ ...WHO, ...MANNERS });
    const letter = await readFile(files.find((name) => name.endsWith('.docx'))!);
    const xml = Buffer.from(unzipSync(letter)['word/document.xml']!).toString();
    const words = xml.replace(/<[^>]+>/g, '');
    for (const word of [WHO.operator, '203.0.113.8', '2026年11月29日', '不登录、不提交'])
      expect(words).toContain(word);
  });

  it('says what is not set; an address of the command line stands in for it', async () => {
    const bare = { ...WHO, operator: null, contact: null, addresses: [] };
    expect((await run(bare)).notes).toHaveLength(3);
    await rm(folder, { recursive: true });
    expect((await run(bare, ['198.51.100.7'])).notes).toHaveLength(2);
    expect(await readFile(join(folder, '材料', '出口地址.txt'), 'utf8')).toBe('198.51.100.7\n');
  });

  it.each(['网关', '1.2.3', '1.2.3.4/33', '1.2.3.4; deny all'])(
    'refuses %s as an address',
    async (address) => {
      await expect(run(WHO, [address])).rejects.toMatchObject({ code: 'allow-kit.address' });
    },
  );
});
