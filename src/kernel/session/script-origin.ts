import { fileURLToPath } from 'node:url';

/** The kernel's own code, compiled. */
const own = fileURLToPath(new URL('..', import.meta.url));

/** Whether a script, by its name, is the kernel's or a part of tslab. */
export const isKernels = (script: string): boolean =>
  script.includes(own) || /[\\/]node_modules[\\/]@?tslab[\\/]/.test(script);

/** Whether it is Node's own. */
export const isNodes = (script: string): boolean => script.startsWith('node:');
