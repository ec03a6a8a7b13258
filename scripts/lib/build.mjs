// Compiles the project into dist/. Skips the work when no source has changed since the last build.
// The new dist/ is made beside the old one and swapped in whole: whoever is reading never sees half a build.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectEnv } from './bootstrap.mjs';
import { CommandFailed, run } from './command.mjs';
import { hashFiles } from './hash.mjs';
import { withLock } from './lock.mjs';
import { LOCAL_CACHE, ROOT } from './paths.mjs';
import { step } from './progress.mjs';

const SOURCES = ['engine', 'nodes', 'credentials', 'simulator', 'icons'];
const SETTINGS = ['tsconfig.json', 'tsconfig.build.json', 'gulpfile.js', 'package-lock.json', 'scripts/lib/build.mjs'];
const DIST = join(ROOT, 'dist');
const STAMP = join(LOCAL_CACHE, 'build-stamp');

/** @param {{ force?: boolean }} [options] */
export async function build({ force = false } = {}) {
	await withLock(join(LOCAL_CACHE, 'build.lock'), async () => {
		const wanted = hashFiles(ROOT, [...SOURCES, ...SETTINGS]);
		if (!force && existsSync(DIST) && (await lastBuild()) === wanted) return;
		await step('Building', async ({ log }) => {
			const fresh = join(LOCAL_CACHE, 'dist');
			await rm(fresh, { recursive: true, force: true });
			await rm(STAMP, { force: true });
			await mkdir(fresh, { recursive: true });
			await compile(fresh, log);
			const gulp = ['--silent', '--gulpfile', join(ROOT, 'gulpfile.js')];
			await run('gulp', gulp, {
				cwd: ROOT,
				env: projectEnv({ BUILD_DIR: fresh }),
				log,
				what: 'Copying icons and pages (gulp)',
			});
			await replaceDist(fresh);
			await writeFile(STAMP, wanted);
		});
	});
}

async function compile(outDir, log) {
	await run('tsc', ['-p', 'tsconfig.build.json', '--outDir', outDir, '--pretty', 'false'], {
		cwd: ROOT,
		env: projectEnv(),
		log,
		what: 'The compiler (tsc)',
		show: 40,
	}).catch((error) => {
		// tsc names file, line and cause by itself: all of it is worth showing
		throw error instanceof CommandFailed
			? new CommandFailed('The sources do not compile:', { log, tail: error.tail })
			: error;
	});
}

async function replaceDist(fresh) {
	const old = join(LOCAL_CACHE, 'dist-old');
	await rm(old, { recursive: true, force: true });
	if (existsSync(DIST)) await rename(DIST, old);
	await rename(fresh, DIST);
	await rm(old, { recursive: true, force: true });
}

const lastBuild = () => readFile(STAMP, 'utf8').catch(() => undefined);
