/** Hooks for Node's loader that find no module which computes, as if those folders were not there. */
const COMPUTES =
  /\/dist\/(?:(?:networks|losses|flows|tensors|training|native)\/|experiments\/run-)/;

interface Resolved {
  readonly url: string;
}

export async function resolve(
  specifier: string,
  context: object,
  next: (specifier: string, context: object) => Promise<Resolved>,
): Promise<Resolved> {
  const found = await next(specifier, context);
  if (COMPUTES.test(found.url)) throw new Error(`${found.url} computes`);
  return found;
}
