import fastifyMultipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest, FastifySchemaCompiler } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { UserError } from '../lib/pure/errors.ts';
import type { HttpServer } from './create-server.ts';
import {
  receiveFiles,
  type UploadedFile,
  type UploadLimits,
  uploadParts,
} from './receive-files.ts';

/** What the routes of attached files share, whatever they are attached to. */
export const FILE_BYTES = z.unknown().meta({ description: '文件的字节', example: '…' });

/** The body of an upload of one file, for readers: the server takes it as a stream. */
export const uploadOf = (example: string) =>
  z
    .object({ files: z.array(z.string().meta({ format: 'binary' })).max(1) })
    .meta({ example: { files: [example] } });

/** Limits of one attached file at a time. */
export const oneFileOf = (bytes: number): UploadLimits => ({
  ...{ files: 1, fileBytes: bytes, bytes },
  tooLarge: `一个附件最多 ${bytes / 1_048_576} MB；请缩小或分开再传。`,
});

const passBody: FastifySchemaCompiler<unknown> = (part) =>
  part.httpPart === 'body' ? () => true : validatorCompiler(part as never);
/** Of a route that takes an upload: the body is a stream of files, and its schema is for readers only. */
export const STREAMED_BODY = { validatorCompiler: passBody };

/** Registers routes that take uploads: nothing else of the server reads multipart bodies. */
export function registerUploads(
  app: HttpServer,
  limits: UploadLimits,
  register: (inner: HttpServer) => void,
): void {
  app.register(async (inner) => {
    await inner.register(fastifyMultipart, uploadParts(limits));
    register(inner.withTypeProvider<ZodTypeProvider>() as HttpServer);
  });
}

/** The file of an upload. Throws {@link UserError} `http.bad-request`, `http.too-large`. */
export async function receiveFile(
  request: FastifyRequest,
  limits: UploadLimits,
): Promise<UploadedFile> {
  const [file] = await receiveFiles(request, limits);
  if (file === undefined)
    throw new UserError('http.bad-request', '没有收到文件。', { field: 'files' });
  return file;
}

/** Hands a file out. It is never shown in our own page: what somebody uploaded stays a file. */
export function sendFile(
  reply: FastifyReply,
  file: { readonly name: string; readonly mediaType: string; readonly content: Uint8Array },
): FastifyReply {
  return reply
    .headers({
      'content-type': file.mediaType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
    })
    .send(Buffer.from(file.content));
}
