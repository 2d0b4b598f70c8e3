/**
 * The nonce of this page's content security policy, which antd's generated styles must carry. A few style elements of its
 * parts (the scroll lock of dialogs) are made without it, and the policy would refuse them: so every style element that our
 * own code makes gets the nonce. Markup cannot use this way, only running script, which the policy lets in from us alone.
 */
export function allowStyles(): string | undefined {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
  if (!nonce) return undefined;
  const create = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  }) as typeof document.createElement;
  return nonce;
}
