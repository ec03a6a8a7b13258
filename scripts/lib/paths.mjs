// Where do the scripts keep things? In the clone what belongs to the clone, in the user's cache what all clones share.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(fileURLToPath(new URL('../..', import.meta.url)));
export const PACKAGE_NAME = 'n8n-nodes-whatsapp-desk';

/** Build stamps, logs and locks of this clone. Ignored by git; may be deleted at any time. */
export const LOCAL_CACHE = join(ROOT, '.cache');
export const LOGS = join(LOCAL_CACHE, 'logs');

/** The n8n runtime and the installed packs: large, and the same for every clone of this user. */
export const SHARED_CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), PACKAGE_NAME);
