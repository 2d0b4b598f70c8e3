import fastifyMultipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { HttpServer } from '../http/create-server.ts';
import { describeRefusals } from '../http/describe-refusals.ts';
import { DONE, Problem, REFUSALS, REFUSALS_OF_ONE } from '../http/problem.ts';
import { receiveFiles, type UploadLimits, uploadParts } from '../http/receive-files.ts';
import { UserError } from '../lib/pure/errors.ts';
import { sniffUpload } from '../registry/index.ts';
import { registerIgnoreRoutes } from './ignore-routes.ts';
import {
  activateLexicon,
  disableLexicon,
  keepLexicon,
  listLexicons,
  readLexicon,
  type WordingDeps,
} from './keep-lexicon.ts';
import { listEntries } from './list-entries.ts';
import { readSeedLexicon } from './load-resources.ts';
import { type LexiconReading, parseLexicon, readLexiconFile } from './parse-lexicon.ts';
import {
  EntriesQuery,
  EntryList,
  FilesBody,
  ImportedLexicon,
  ImportQuery,
  LexiconList,
  LexiconParams,
  LexiconPreview,
  Nothing,
  Page,
  VersionBody,
} from './schemas.ts';

const TAGS = ['词库'];
const READ = { access: 'ruleset.read' } as const;
const CHANGE = { access: 'ruleset.change' } as const;
const UNKNOWN = { 'lexicon.unknown': '没有这个词库，或没有这一版' };
const FILE = {
  'registry.import.type': '不是 .json、.csv、.xlsx，或内容与名称不符',
  'lexicon.file': '没有文件',
  'lexicon.empty': '文件里没有认得的条目',
  'lexicon.json': '不是完整的 JSON，或格式不对',
  'lexicon.too-many': '超过 20 万条',
  'http.too-large': '文件超过 16 MB',
};
const UPLOAD: UploadLimits = {
  ...{ files: 1, fileBytes: 16 * 1024 * 1024, bytes: 16 * 1024 * 1024 },
  tooLarge: '一次上传一个词库文件，不超过 16 MB。',
};
/** Faulty rows shown; whoever mends these uploads again. */
const ERRORS_SHOWN = 200;

/** Lexicons: versions, entries, import with a preview, which version counts; and what people ignore. */
export function registerWordingRoutes(app: HttpServer, deps: WordingDeps): void {
  registerReadRoutes(app, deps);
  registerVersionRoutes(app, deps);
  app.register(async (inner) => {
    await inner.register(fastifyMultipart, uploadParts(UPLOAD));
    registerUploadRoutes(inner.withTypeProvider<ZodTypeProvider>() as HttpServer, deps);
  });
  registerIgnoreRoutes(app, deps);
}

function registerReadRoutes(app: HttpServer, deps: WordingDeps): void {
  app.get(
    '/api/v1/lexicons',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '各词库的各版，哪一版在用；第一个是随软件提供的',
        querystring: Page,
        response: { 200: LexiconList, ...REFUSALS },
      },
    },
    async ({ query: { limit, offset } }) => {
      const kept = await listLexicons(deps);
      const all = [await shippedHead(), ...kept.map((one) => ({ ...one, isShipped: false }))];
      return { items: all.slice(offset, offset + limit), total: all.length, totalIsExact: true };
    },
  );
  app.get(
    '/api/v1/lexicons/:name/entries',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '一版词库的条目，可按种类和文字查找；不写版本是在用的一版',
        description: describeRefusals(UNKNOWN),
        params: LexiconParams,
        querystring: EntriesQuery,
        response: { 200: EntryList, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params: { name }, query: { limit, offset, version, ...sought } }) => {
      const isShipped = name === 'seed' && (version ?? 1) === 1;
      const lexicon = isShipped
        ? await readSeedLexicon()
        : await readLexicon(deps, name, version ?? null);
      const found = listEntries(lexicon, sought);
      return {
        ...{ id: lexicon.id, version: Number(lexicon.version) },
        items: found
          .slice(offset, offset + limit)
          .map((entry) => ({ ...entry, exceptions: [...entry.exceptions] })),
        ...{ total: found.length, totalIsExact: true },
      };
    },
  );
}

async function shippedHead() {
  const { id, version, terms, names, roles, words } = await readSeedLexicon();
  return {
    ...{ id, version: Number(version), label: version, terms: terms.length, names: names.length },
    ...{ roles: roles.length, words: words.length, isActive: true, isShipped: true },
    ...{ reason: null, importedBy: null, importedAt: null },
  };
}

function registerVersionRoutes(app: HttpServer, deps: WordingDeps): void {
  const forOne = { tags: TAGS, params: LexiconParams, querystring: Nothing };
  app.put(
    '/api/v1/lexicons/:name/active',
    {
      config: CHANGE,
      schema: {
        ...{ ...forOne, summary: '改用一版，从下一次检查起' },
        description: describeRefusals(UNKNOWN),
        body: VersionBody,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { name }, body: { version } }, reply) => {
      const at = new Date().toISOString();
      await activateLexicon(deps, actor, { id: name, version, at });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/api/v1/lexicons/:name/active',
    {
      config: CHANGE,
      schema: {
        ...{ ...forOne, summary: '停用一个词库，各版仍保存' },
        description: describeRefusals(UNKNOWN),
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { name } }, reply) => {
      await disableLexicon(deps, actor, name);
      return reply.code(204).send(null);
    },
  );
}

function registerUploadRoutes(app: HttpServer, deps: WordingDeps): void {
  const upload = {
    config: CHANGE,
    // The body is a stream of files: its schema is for readers only.
    validatorCompiler: (part: { httpPart?: string }) =>
      part.httpPart === 'body' ? () => true : validatorCompiler(part as never),
  } as const;
  const taken = { tags: TAGS, consumes: ['multipart/form-data'], body: FilesBody };
  app.post(
    '/api/v1/lexicons/previews',
    {
      ...upload,
      schema: {
        ...{ ...taken, summary: '看一个词库文件里有什么、哪几行不对（不保存）' },
        description: `multipart/form-data，一个文件。${describeRefusals(FILE)}`,
        querystring: Nothing,
        response: { 200: LexiconPreview, ...REFUSALS, 413: Problem },
      },
    },
    async (request) => {
      const { name, bytes } = await receiveOne(request);
      return previewOf(await readLexiconFile(bytes, name));
    },
  );
  app.post(
    '/api/v1/lexicons',
    {
      ...upload,
      schema: {
        ...{ ...taken, summary: '导入词库为新的一版，从下一次检查起用它' },
        description: `multipart/form-data，一个文件。${describeRefusals({
          ...FILE,
          'lexicon.rows': '有几行不对，details 逐行说明；没有导入',
          'lexicon.id': '词库名不行',
        })}`,
        querystring: ImportQuery,
        response: { 201: ImportedLexicon, ...REFUSALS, 413: Problem },
      },
    },
    async (request, reply) => {
      const { name, bytes } = await receiveOne(request);
      const parsed = await parseLexicon(bytes, name);
      const { reason, name: id = parsed.id } = request.query;
      const input = { lexicon: { ...parsed, id }, reason, at: new Date().toISOString() };
      return reply.code(201).send(await keepLexicon(deps, request.actor, input));
    },
  );
}

/** The one file, if it is what its name says. */
async function receiveOne(request: FastifyRequest): Promise<{ name: string; bytes: Uint8Array }> {
  const [file] = await receiveFiles(request, UPLOAD);
  if (file === undefined)
    throw new UserError('lexicon.file', '请选择一个词库文件。', { field: 'files' });
  sniffUpload(file.name, file.bytes);
  return file;
}

function previewOf({ lexicon, errors }: LexiconReading) {
  return {
    ...{ id: lexicon.id, label: lexicon.version, terms: lexicon.terms.length },
    ...{ names: lexicon.names.length, roles: lexicon.roles.length, words: lexicon.words.length },
    errors: errors.slice(0, ERRORS_SHOWN),
    errorsLeftOut: Math.max(0, errors.length - ERRORS_SHOWN),
  };
}
