import { installNativeLinearAlgebra, type NativeInstallation } from '../native/index.js';

/** Installs native linear algebra, and says on stderr what the environment asks for in vain. */
export function nativeAlgebraAloud(): NativeInstallation {
  const installation = installNativeLinearAlgebra();
  for (const warning of installation.warnings) console.error(warning);
  return installation;
}
