/** A refusal as the platform words it: the request id at the end of errmsg is for its support. */
export function refuse(
  errcode: number,
  errmsg: string,
): { readonly errcode: number; readonly errmsg: string } {
  return { errcode, errmsg: `${errmsg} rid: 5f62e1c4-3d7a91b2-60a4c7ff` };
}
