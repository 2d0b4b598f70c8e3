import type { FastifyReply } from 'fastify';
import { z } from 'zod';

export const XLSX = z.unknown().meta({ description: '文件的字节', example: '…' });

export function sendXlsx(reply: FastifyReply, name: string, bytes: Uint8Array): FastifyReply {
  return reply
    .headers({
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="${name}.xlsx"`,
    })
    .send(Buffer.from(bytes));
}
