/** What an interface said: data, a refusal with the platform's errcode, or no answer. */
export type WechatAnswer =
  | { readonly ok: true; readonly data: Readonly<Record<string, unknown>> }
  | WechatRefusal;

export interface WechatRefusal {
  readonly ok: false;
  readonly errcode: number;
  /** The platform's errmsg without our secrets, or Chinese words of ours; at most 200 characters. */
  readonly message: string;
}

/** An answer that never came (network, HTTP error, no JSON) is given this errcode: the platform's own are never below −1. */
export const NO_ANSWER = -1000;
/** We did not ask: a limit of ours or of the platform would have been passed, or the account has to be left alone. */
export const NOT_ASKED = -1001;

export const refusal = (errcode: number, message: string): WechatRefusal => ({
  ok: false,
  errcode,
  message,
});
