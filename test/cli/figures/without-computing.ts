import { register } from 'node:module';

/** Given to a process with --import: it cannot load networks, flows or what runs experiments. */
register('./refusing-hooks.js', import.meta.url);
