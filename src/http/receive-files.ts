import type { FastifyRequest } from 'fastify';
import { UserError } from '../lib/pure/errors.ts';

export interface UploadLimits {
  readonly files: number;
  readonly fileBytes: number;
  /** Of all files together. */
  readonly bytes: number;
  /** Chinese; what a larger upload is told. */
  readonly tooLarge: string;
}

export interface UploadedFile {
  /** Without folders and control characters. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const NAME_CHARACTERS_MAX = 120;

/** The limits as the parser of multipart bodies takes them: files only, no fields. */
export const uploadParts = ({ files, fileBytes }: UploadLimits) => ({
  limits: { files, fileSize: fileBytes, fields: 0, parts: files, headerPairs: 20 },
});

/** The files of a multipart body. Throws {@link UserError} `http.bad-request`, `http.too-large`. */
export async function receiveFiles(
  request: FastifyRequest,
  limits: UploadLimits,
): Promise<UploadedFile[]> {
  if (!request.isMultipart())
    throw new UserError('http.bad-request', '请用 multipart/form-data 上传文件。');
  const tooLarge = (): UserError =>
    new UserError('http.too-large', limits.tooLarge, { field: 'files' });
  const files: UploadedFile[] = [];
  let bytes = 0;
  try {
    for await (const part of request.files()) {
      const content = await part.toBuffer();
      bytes += content.byteLength;
      if (bytes > limits.bytes) throw tooLarge();
      files.push({ name: cleanName(part.filename), bytes: content });
    }
  } catch (error) {
    const { code = '', statusCode } = error as { code?: string; statusCode?: number };
    if (statusCode === 413) throw tooLarge();
    if (code.startsWith('FST_') || /multipart|Unexpected end/i.test(String(error)))
      throw new UserError('http.bad-request', '上传的内容不完整，请再试一次。', { cause: error });
    throw error;
  }
  return files;
}

/** A file's own name, without folders and what steers a terminal. */
function cleanName(name: string): string {
  const own = name.split(/[\\/]/).at(-1) ?? '';
  const clean = own.toWellFormed().replace(/\p{C}/gu, '');
  return clean.slice(-NAME_CHARACTERS_MAX) || '未命名';
}
