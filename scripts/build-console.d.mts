export function ensureConsole(root: string): Promise<void>;
