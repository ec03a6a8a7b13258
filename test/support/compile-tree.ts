// A plain copy of the sources for child processes: compiled once, so that a child is up in a fraction of a second.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transformFileSync } from '@swc/core';

const ROOT = join(__dirname, '../..');

export interface CompiledTree {
	/** Where `path` (from the project's root, without extension) was compiled to. */
	file(path: string): string;
	/** What a child needs in its environment to find the packages. */
	env: NodeJS.ProcessEnv;
	remove(): void;
}

export function compileTree(folders: readonly string[]): CompiledTree {
	const target = mkdtempSync(join(tmpdir(), 'desk-tree-'));
	for (const folder of folders) {
		for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
			if (!name.endsWith('.ts')) continue;
			const { code } = transformFileSync(join(ROOT, folder, name), {
				jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
				module: { type: 'commonjs' },
				swcrc: false,
			});
			const file = join(target, folder, name.replace(/\.ts$/, '.js'));
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, code);
		}
	}
	return {
		file: (path) => join(target, `${path}.js`),
		env: { ...process.env, NODE_PATH: join(ROOT, 'node_modules') },
		remove: () => rmSync(target, { recursive: true, force: true }),
	};
}
