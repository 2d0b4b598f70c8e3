import type { FastifyReply } from 'fastify';

/** Hands a table out under an English name, given without its ending: readers' systems differ in how they take others. */
export function sendXlsx(reply: FastifyReply, name: string, bytes: Uint8Array): FastifyReply {
  return reply
    .headers({
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="${name}.xlsx"`,
    })
    .send(Buffer.from(bytes));
}
