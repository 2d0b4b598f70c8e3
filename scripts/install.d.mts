export const WASM_FLAGS: readonly string[];
export const NODE_FLAGS: readonly string[];
export function runtimeNode(root: string): string;
export function runtimeEnv(root: string, extra?: Record<string, string>): NodeJS.ProcessEnv;
export function ensureInstalled(root: string): Promise<void>;
export function withLock<T>(path: string, work: () => Promise<T>): Promise<T>;
