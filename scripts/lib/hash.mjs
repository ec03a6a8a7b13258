// Has anything changed since last time? Content hashes of files and folders: never trust modification times.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** @param {...(string | Buffer)} parts @returns {string} 16 hex digits */
export function shortHash(...parts) {
	const hash = createHash('sha256');
	for (const part of parts) hash.update(part).update('\0');
	return hash.digest('hex').slice(0, 16);
}

/** Hash over names and contents of the given files and folders (missing ones count as missing). */
export function hashFiles(root, paths) {
	const parts = [];
	for (const path of paths) {
		for (const file of filesUnder(join(root, path))) parts.push(relative(root, file), readFileSync(file));
	}
	return shortHash(...parts);
}

function filesUnder(path) {
	if (!existsSync(path)) return [];
	if (statSync(path).isFile()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => filesUnder(join(path, name)));
}
