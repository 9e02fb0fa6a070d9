/** Hooks of Node's loader: what a reloaded module of the kit imports from the kit is reloaded with it. */
import type { InitializeHook, ResolveHook } from 'node:module';

let dist = '';

export const initialize: InitializeHook<{ dist: string }> = ({ dist: given }) => {
  dist = `${given}/`;
};

export const resolve: ResolveHook = async (specifier, context, next) => {
  const resolved = await next(specifier, context);
  const generation = /\?generation=\d+$/.exec(context.parentURL ?? '')?.[0];
  const isKits = resolved.url.startsWith(dist) && !resolved.url.includes('?');
  return generation && isKits ? { ...resolved, url: resolved.url + generation } : resolved;
};
