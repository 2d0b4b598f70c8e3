import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { StoreDeps } from '../store/store.ts';
import { findBulletin } from './bulletin.repository.ts';

const Period = z.object({ period: z.string().min(1).max(40) });
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  'bulletin.json': 'application/json; charset=utf-8',
  'bulletin.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'annexes.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'bulletin.pdf': 'application/pdf',
};

/** Read endpoints of built bulletins: the content, and the files by the names that the row lists. */
export function registerBulletinRoutes(app: HttpServer, { store }: StoreDeps): void {
  const built = async (period: string) => {
    const found = await findBulletin(store.db, period);
    if (!found) throw new UserError('bulletin.unknown', `${period} 还没有生成通报。`);
    return found;
  };
  app.get(
    '/api/bulletins/:period',
    { config: { access: 'bulletin.read' }, schema: { summary: '一期通报', params: Period } },
    async ({ params }) => {
      const { content, files, builtAt } = await built(params.period);
      return { ...content, files, builtAt };
    },
  );
  app.get(
    '/api/bulletins/:period/files/:name',
    {
      config: { access: 'bulletin.read' },
      schema: { summary: '下载通报文件', params: Period.extend({ name: z.string().max(60) }) },
    },
    async ({ params }, reply) => {
      const { files, folder } = await built(params.period);
      const type = MEDIA_TYPES[params.name];
      if (!files.includes(params.name) || type === undefined)
        throw new UserError('bulletin.file.unknown', '这期通报没有这个文件。');
      const bytes = await readFile(join(folder, params.name)).catch((cause: unknown) => {
        throw new UserError('bulletin.file.unknown', '文件已被移走，请重新运行 bulletin build。', {
          cause,
        });
      });
      return reply
        .headers({
          'content-type': type,
          'content-disposition': `attachment; filename="${params.name}"`,
        })
        .send(bytes);
    },
  );
}
